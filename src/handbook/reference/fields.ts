import { z } from 'zod';

/** The fields of a schema as rows of a table: of a kind of the cluster, and of a public file of this site. */

export interface FieldRow {
  /** `spec.components[].name`; `*` stands for any name in a map. */
  path: string;
  /** Id on its page. */
  anchor: string;
  /** `string`, `object[]`, `map<string>`, `string | null`. */
  type: string;
  isRequired: boolean;
  /** Every value that is allowed; empty where they are not counted. */
  values: string[];
  /** What else a value must be, as the schema has it: `pattern ^[a-z]+$`. */
  rules: string[];
  /** As JSON. */
  byDefault: string | null;
  description: string | null;
}

/** What this table shows of a JSON Schema, or of the schema of a CustomResourceDefinition. */
const Node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).default([]),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.unknown()).default({}),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
  oneOf: z.array(z.unknown()).default([]),
});
type Node = z.infer<typeof Node>;

/** Every field below a schema, each after the one that holds it. */
export function fieldRows(schema: unknown): FieldRow[] {
  const rows = new Map<string, FieldRow>();
  for (const row of below(Node.parse(schema), '')) if (!rows.has(row.path)) rows.set(row.path, row);
  return [...rows.values()];
}

function* below(node: Node, path: string): Generator<FieldRow> {
  yield* ofChoices(choices(node).map((choice) => [...below(choice, path)]));
  for (const [name, inner] of Object.entries(node.properties))
    yield* rowsOf(Node.parse(inner), path === '' ? name : `${path}.${name}`, node.required.includes(name));
  if (isSchema(node.items)) yield* below(Node.parse(node.items), `${path}[]`);
  if (isSchema(node.additionalProperties)) yield* below(Node.parse(node.additionalProperties), `${path}.*`);
}

/** Rows of objects of which one is there: what one of them lacks is not required, and each may have values of its own. */
function ofChoices(all: readonly FieldRow[][]): FieldRow[] {
  const objects = all.filter((rows) => rows.length > 0);
  const byPath = Map.groupBy(objects.flat(), ({ path }) => path);
  return [...byPath.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const rows = [first, ...others];
    const isRequired = objects.every((some) => some.some((row) => row.path === first.path && row.isRequired));
    return [{ ...first, isRequired, values: [...new Set(rows.flatMap(({ values }) => values))] }];
  });
}

function* rowsOf(node: Node, path: string, isRequired: boolean): Generator<FieldRow> {
  const values = [node, ...choices(node), ...(isSchema(node.items) ? [Node.parse(node.items)] : [])].flatMap(valuesOf);
  yield {
    path,
    anchor: anchorOf(path),
    type: typeOf(node),
    isRequired,
    values: [...new Set(values)],
    rules: rulesOf(node),
    byDefault: node.default === undefined ? null : JSON.stringify(node.default),
    description: node.description === undefined ? null : sentence(node.description),
  };
  yield* below(node, path);
}

/** `spec.components.name`: points are allowed in an id, brackets are not written in an address. */
export const anchorOf = (path: string): string => path.replaceAll('[]', '').replaceAll('*', 'NAME');

const isSchema = (value: unknown): boolean => typeof value === 'object' && value !== null;

const choices = ({ anyOf, oneOf }: Node): Node[] => [...anyOf, ...oneOf].map((one) => Node.parse(one));

const valuesOf = (node: Node): string[] =>
  [...node.enum, ...(node.const === undefined ? [] : [node.const])].map((value) =>
    value === '' ? '""' : String(value),
  );

function typeOf(node: Node): string {
  const all = choices(node);
  if (node.type === undefined && all.length > 0) return [...new Set(all.map(typeOf))].join(' | ');
  if (node.type === 'array') return `${listed(isSchema(node.items) ? typeOf(Node.parse(node.items)) : 'any')}[]`;
  if (node.type === 'object' && isSchema(node.additionalProperties))
    return `map<${typeOf(Node.parse(node.additionalProperties))}>`;
  if (node.type === undefined) return node.enum.length > 0 || node.const !== undefined ? 'string' : 'any';
  return [node.type].flat().join(' | ');
}

const listed = (type: string): string => (type.includes(' | ') ? `(${type})` : type);

const RULES = ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'] as const;

/** What a computer's own limits are tells a reader nothing. */
function rulesOf(node: Node): string[] {
  const nodes = [node, ...choices(node)];
  return RULES.flatMap((rule) =>
    nodes.flatMap((one) => {
      const value = one[rule];
      const isLimit = typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER;
      const isImplied = rule === 'pattern' && one['format'] !== undefined;
      return value === undefined || isLimit || isImplied ? [] : [`${rule} ${String(value)}`];
    }),
  );
}

/** With its full stop, which schemas leave out. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Words by the end of a path: those of the longest end that fits; null where none does. */
export function wordsOf(path: string, words: Readonly<Record<string, string>>): string | null {
  const parts = path.split('.');
  for (let from = 0; from < parts.length; from += 1) {
    const found = words[parts.slice(from).join('.')];
    if (found !== undefined) return found;
  }
  return null;
}

/** Ends for which there are words and no path. */
export const endsNowhere = (words: Readonly<Record<string, string>>, paths: readonly string[]): string[] =>
  Object.keys(words).filter((end) => !paths.some((path) => path === end || path.endsWith(`.${end}`)));
