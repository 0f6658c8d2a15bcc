import { parse, stringify } from 'yaml';
import { isRecord, same } from '../yaml/same.ts';
import type { Fields, Shape } from './shape.ts';

/** Between what a file holds and what a form shows of it. */

/** The value as the form has it: lists in the place of names, YAML in the place of what it cannot show. */
export function toForm(shape: Shape, value: unknown): unknown {
  if (value === undefined) return undefined;
  switch (shape.kind) {
    case 'value':
      return value;
    case 'yaml':
      return stringify(value, { lineWidth: 0 }).trimEnd();
    case 'object':
      return isRecord(value) ? fieldsToForm(shape, value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => toForm(shape.of, item)) : value;
    case 'pairs':
      return entriesOf(value).map(([name, text]) => ({ name, text }));
    case 'named':
      return entriesOf(value).map(([name, item]) => ({
        [shape.key]: name,
        ...fieldsToForm(shape.of, isRecord(item) ? item : {}),
      }));
    case 'choice': {
      const is = isRecord(value) ? typeOf(shape, value) : null;
      return is && isRecord(value) ? { [shape.key]: is[0], ...fieldsToForm(is[1], value) } : value;
    }
  }
}

const entriesOf = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);

const fieldsToForm = (shape: Fields, value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape.fields).flatMap(([name, field]) =>
      Object.hasOwn(value, name) ? [[name, toForm(field, value[name])]] : [],
    ),
  );

type Choice = Extract<Shape, { kind: 'choice' }>;

/** Which of several it is: the one that is named, or the one whose fields are all known and whose needed ones are there. */
function typeOf(shape: Choice, value: Record<string, unknown>): [string, Fields] | null {
  const named = shape.isWritten ? String(value[shape.key]) : null;
  const found = Object.entries(shape.types).find(([name, { fields }]) =>
    named === null
      ? Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
        Object.entries(fields).every(([key, field]) => field.optional || Object.hasOwn(value, key))
      : name === named,
  );
  return found ?? null;
}

/**
 * What the file shall hold after the form was saved; undefined for what is left out. A form fills in every field:
 * what is empty, or what stands for a field that is left out, is written only where the file `before` had it.
 * Throws where a field of YAML does not hold YAML.
 */
export function fromForm(shape: Shape, form: unknown, before: unknown): unknown {
  const value = filled(shape, form, before);
  if (before !== undefined && (same(value, before) || (isEmpty(value) && isEmpty(before)))) return before;
  // A form has no third state of a yes-or-no: what nobody wrote down stays out.
  if (before === undefined && shape.optional && value === false && shape.fallback === undefined) return undefined;
  if (before === undefined && shape.fallback !== undefined && same(value, withFallbacks(shape, shape.fallback)))
    return undefined;
  return shape.optional && isEmpty(value) ? undefined : value;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);

/** A fallback as a form with all its fields would come back. */
const withFallbacks = (shape: Shape, fallback: unknown): unknown => filled(shape, toForm(shape, fallback), undefined);

function filled(shape: Shape, form: unknown, before: unknown): unknown {
  switch (shape.kind) {
    case 'value':
      return typeof form === 'string' ? likeBefore(form, before) : (form ?? undefined);
    case 'yaml':
      return typeof form === 'string' ? fromYaml(form) : undefined;
    case 'object':
      return isRecord(form) ? fieldsFrom(shape, form, before) : undefined;
    case 'list':
      return itemsOf(form).map((item, index) => fromForm(shape.of, item, itemBefore(form, before, index)));
    case 'pairs':
      return Object.fromEntries(
        itemsOf(form).flatMap((item) =>
          isRecord(item)
            ? [[String(item['name']), likeBefore(String(item['text'] ?? ''), at(before, item['name']))]]
            : [],
        ),
      );
    case 'named':
      return Object.fromEntries(
        itemsOf(form).flatMap((item) =>
          isRecord(item) ? [[String(item[shape.key]), fieldsFrom(shape.of, item, at(before, item[shape.key]))]] : [],
        ),
      );
    case 'choice':
      return isRecord(form) ? choiceFrom(shape, form, before) : undefined;
  }
}

const itemsOf = (form: unknown): unknown[] => (Array.isArray(form) ? form : []);
const at = (before: unknown, name: unknown): unknown => (isRecord(before) ? before[String(name)] : undefined);

/** Ends of lines that a form does not show are as they were. */
function likeBefore(text: string, before: unknown): string {
  const plain = text.replace(/\r\n?/g, '\n');
  if (typeof before !== 'string' || plain === '') return plain;
  return before.endsWith('\n') && !plain.endsWith('\n') ? plain + (/\n+$/.exec(before)?.[0] ?? '') : plain;
}

function fromYaml(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(`A field that is edited as YAML holds no YAML: ${why} Correct it, then save again.`, { cause });
  }
}

function fieldsFrom(shape: Fields, form: Record<string, unknown>, before: unknown): Record<string, unknown> {
  const known = Object.entries(shape.fields).flatMap(([name, field]) => {
    const value = fromForm(field, form[name], at(before, name));
    return value === undefined ? [] : [[name, value] as const];
  });
  // What the form does not know stays.
  const unknown = entriesOf(before).filter(([name]) => !Object.hasOwn(shape.fields, name));
  return Object.fromEntries([...known, ...unknown]);
}

function choiceFrom(shape: Choice, form: Record<string, unknown>, before: unknown): unknown {
  const name = String(form[shape.key] ?? '');
  const type = shape.types[name];
  if (!type) return undefined;
  const was = isRecord(before) ? typeOf(shape, before) : null;
  const rest = was?.[0] === name && isRecord(before) ? before : undefined;
  const { [shape.key]: _, ...value } = fieldsFrom(type, form, rest);
  return shape.isWritten ? { [shape.key]: name, ...value } : value;
}

const NAMES = ['id', 'ref', 'name', 'task', 'url', 'title'];

/** What an item was before: the one of the same name, else the one at its place where none came or went. */
function itemBefore(form: unknown, before: unknown, index: number): unknown {
  const items = itemsOf(form);
  const old = itemsOf(before);
  const item = items[index];
  const name = isRecord(item) ? NAMES.find((one) => typeof item[one] === 'string') : undefined;
  const namesake = name && old.find((one) => isRecord(one) && isRecord(item) && one[name] === item[name]);
  return namesake || (items.length === old.length ? old[index] : undefined);
}
