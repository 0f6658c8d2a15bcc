import { isRecord } from '../yaml/same.ts';
import type { Fields, Shape } from './shape.ts';

/** Shapes as fields of Sveltia CMS. */

/** A field of Sveltia CMS 0.221; a test holds them to the schema that its package brings. */
export interface Field {
  name: string;
  label?: string;
  widget: string;
  required?: boolean;
  hint?: string;
  [option: string]: unknown;
}

/** What a field is, without its name. */
type Widget = Omit<Field, 'name'> & { widget: string };

/** Where the values of a field are names of something else: by the path of the field, as `steps.runbook`. */
export type Relations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Place {
  name: string;
  path: string;
  relations: Relations;
}

/** The fields of a form, in the order of the schema. */
export const fieldsOf = ({ fields }: Fields, relations: Relations, within = ''): Field[] =>
  Object.entries(fields).map(([name, shape]) => {
    const path = within === '' ? name : `${within}.${name}`;
    return fieldOf(shape, { name, path, relations });
  });

function fieldOf(shape: Shape, place: Place): Field {
  const common = {
    name: place.name,
    label: labelOf(place.name),
    required: !shape.optional,
    ...(shape.hint ? { hint: shape.hint } : {}),
  };
  if (shape.kind === 'value' && shape.leaf.const !== undefined)
    return { name: place.name, label: common.label, widget: 'hidden', default: shape.leaf.const };
  switch (shape.kind) {
    case 'value':
      return { ...common, ...widgetOf(shape, place), ...fallbackOf(shape) };
    case 'yaml':
      return { ...common, widget: 'text', hint: [shape.hint, 'Written as YAML.'].filter(Boolean).join('. ') };
    case 'object':
      return { ...common, widget: 'object', collapsed: 'auto', fields: fieldsOf(shape, place.relations, place.path) };
    case 'list': {
      const options = listOf(shape, place);
      return { ...common, ...options, ...(options.widget === 'list' ? { label_singular: oneOf(common.label) } : {}) };
    }
    case 'pairs':
      return { ...common, widget: 'list', ...SHORT, summary: '{{fields.name}}', fields: PAIR };
    case 'named': {
      const key = { name: shape.key, label: 'Name', widget: 'string', pattern: NAME, hint: 'By which others name it' };
      const inner = fieldsOf(shape.of, place.relations, place.path);
      return {
        ...common,
        label_singular: oneOf(common.label),
        widget: 'list',
        ...SHORT,
        summary: `{{fields.${shape.key}}}`,
        fields: [key, ...inner],
      };
    }
    case 'choice':
      return { ...common, widget: 'object', typeKey: shape.key, types: typesOf(shape, place) };
  }
}

const SHORT = { collapsed: true, minimize_collapsed: 'auto' };
const NAME = ['/^[A-Za-z0-9][A-Za-z0-9._-]*$/', 'Write letters, digits, dots and hyphens.'];
const PAIR: Field[] = [
  { name: 'name', label: 'Name', widget: 'string' },
  { name: 'text', label: 'Text', widget: 'text', required: false },
];

function typesOf(shape: Extract<Shape, { kind: 'choice' }>, { path, relations }: Place) {
  return Object.entries(shape.types).map(([name, type]) => ({
    name,
    label: labelOf(name),
    fields: fieldsOf(type, relations, path),
  }));
}

type Value = Extract<Shape, { kind: 'value' }>;

function widgetOf({ leaf }: Value, { path, relations }: Place): Widget {
  const relation = relations[path];
  if (relation) return { widget: 'relation', ...relation };
  if (leaf.enum) return { widget: 'select', options: leaf.enum };
  if (leaf.type === 'boolean') return { widget: 'boolean' };
  if (leaf.type === 'integer' || leaf.type === 'number') {
    const limits = { min: limit(leaf.minimum), max: limit(leaf.maximum) };
    return { widget: 'number', value_type: leaf.type === 'integer' ? 'int' : 'float', ...defined(limits) };
  }
  if (leaf.format === 'date') return { widget: 'datetime', type: 'date', format: 'YYYY-MM-DD' };
  const says = leaf.patternErrorMessage ?? 'be of the form that is asked for';
  const pattern = leaf.pattern ? [`/${leaf.pattern}/`, sentence(says)] : undefined;
  const isLong = (leaf.maxLength ?? 0) >= LONG && !leaf.pattern;
  return {
    widget: isLong ? 'text' : 'string',
    ...(leaf.format === 'uri' ? { type: 'url' } : {}),
    ...defined({ minlength: leaf.minLength, maxlength: leaf.maxLength, pattern }),
    use_emoji_autocomplete: false,
  };
}

/** Characters from which a text gets a field of several lines. */
const LONG = 200;
/** zod names the bounds of whole numbers, which say nothing. */
const limit = (bound: number | undefined) =>
  bound !== undefined && Number.isSafeInteger(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
const defined = (options: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function listOf(shape: Extract<Shape, { kind: 'list' }>, place: Place): Widget {
  const limits = defined({ min: shape.min, max: shape.max });
  const { of } = shape;
  const relation = relationOf(of, place);
  if (relation) return { widget: 'relation', multiple: true, ...relation, ...limits };
  if (of.kind === 'value' && of.leaf.enum)
    return { widget: 'select', multiple: true, options: of.leaf.enum, ...limits };
  if (of.kind === 'object') {
    const fields = fieldsOf(of, place.relations, place.path);
    return { widget: 'list', ...SHORT, ...limits, summary: `{{fields.${titleOf(fields)}}}`, fields };
  }
  if (of.kind === 'choice') return { widget: 'list', ...limits, typeKey: of.key, types: typesOf(of, place) };
  return { widget: 'list', ...limits, field: { ...fieldOf(of, { ...place, name: 'item' }), label: 'Item' } };
}

const relationOf = (of: Shape, { path, relations }: Place) => (of.kind === 'value' ? relations[path] : undefined);

const TITLES = ['title', 'id', 'name', 'goal', 'ask', 'label', 'url', 'project', 'text'];
const titleOf = (fields: readonly Field[]): string =>
  TITLES.find((name) => fields.some((field) => field.name === name)) ?? fields[0]?.name ?? '';

/** What a new entry begins with; a form that is filled in by itself must say what the code takes in its place. */
function fallbackOf({ fallback }: Value): { default?: unknown } {
  return fallback === undefined || isRecord(fallback) || Array.isArray(fallback) ? {} : { default: fallback };
}

/** Of the list `Branches` one is a `Branch`. */
const oneOf = (label: string): string =>
  label
    .replace(/(?<=ch)es$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<!s)s$/, '');

/** `patternErrorMessage` to `Pattern error message`. */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
