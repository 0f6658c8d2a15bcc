import { z } from 'zod';

/** What a form shows of a JSON Schema: plain data that a browser is handed. */

const Leaf = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean']).optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  patternErrorMessage: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
type Leaf = z.infer<typeof Leaf>;

interface Common {
  /** It may be left out. */
  optional: boolean;
  /** What stands for it where it is left out. */
  fallback?: unknown;
  hint?: string;
}

/** Fields with fixed names. */
export interface Fields extends Common {
  kind: 'object';
  fields: Record<string, Shape>;
}

export type Shape =
  | Fields
  | (Common & { kind: 'value'; leaf: Leaf })
  | (Common & { kind: 'list'; of: Shape; min?: number; max?: number })
  /** Entries by name; a form shows them as a list whose items have their name in the field `key`. */
  | (Common & { kind: 'named'; of: Fields; key: string })
  /** Texts by name; a form shows them as a list of `name` and `text`. */
  | (Common & { kind: 'pairs' })
  /** One of several: the field `key` says which; it is written down only where the schema has it. */
  | (Common & { kind: 'choice'; key: string; isWritten: boolean; types: Record<string, Fields> })
  /** What no form can show: it is edited as YAML. */
  | (Common & { kind: 'yaml' });

const Node = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof Node>;

/** The shape of a JSON Schema, as zod writes it. */
export function shapeOf(schema: unknown, optional = false): Shape {
  const node = Node.parse(schema);
  const common: Common = {
    optional,
    ...(node.default === undefined ? {} : { fallback: node.default }),
    ...(node.description ? { hint: node.description } : {}),
  };
  const branches = node.oneOf ?? node.anyOf;
  if (branches) return choiceOf(branches, common) ?? { ...common, kind: 'yaml' };
  if (node.type === 'array') return listOf(node, common);
  if (node.properties) return { ...common, ...fieldsOf(node) };
  if (node.type === 'object') return recordOf(node, common);
  const leaf = Leaf.safeParse(node);
  const isLeaf = leaf.success && (leaf.data.type ?? leaf.data.const ?? leaf.data.enum) !== undefined;
  return isLeaf ? { ...common, kind: 'value', leaf: leaf.data } : { ...common, kind: 'yaml' };
}

function listOf({ items, minItems, maxItems }: Node, common: Common): Shape {
  const limits = {
    ...(minItems === undefined ? {} : { min: minItems }),
    ...(maxItems === undefined ? {} : { max: maxItems }),
  };
  return { ...common, ...limits, kind: 'list', of: shapeOf(items) };
}

function fieldsOf({ properties = {}, required }: Node): Pick<Fields, 'kind' | 'fields'> {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, shapeOf(schema, !required.includes(name))] as const,
  );
  return { kind: 'object', fields: Object.fromEntries(fields) };
}

function recordOf({ additionalProperties }: Node, common: Common): Shape {
  const of = shapeOf(additionalProperties ?? {});
  if (of.kind === 'object') return { ...common, kind: 'named', of, key: Object.hasOwn(of.fields, 'id') ? '_id' : 'id' };
  return { ...common, kind: of.kind === 'value' && of.leaf.type === 'string' ? 'pairs' : 'yaml' };
}

function choiceOf(branches: readonly unknown[], common: Common): Shape | null {
  const shapes = branches.map((branch) => shapeOf(branch)).filter((shape) => shape.kind === 'object');
  const [first] = shapes;
  if (!first || shapes.length < branches.length) return null;
  const written = Object.keys(first.fields).find((name) => areDistinct(shapes.map((shape) => constOf(shape, name))));
  const names = shapes.map((shape) => (written ? constOf(shape, written) : firstNeeded(shape)) ?? '');
  if (!areDistinct(names)) return null;
  const types = shapes.map((shape, index) => [names[index] ?? '', written ? without(shape, written) : shape] as const);
  return {
    ...common,
    kind: 'choice',
    key: written ?? '_is',
    isWritten: written !== undefined,
    types: Object.fromEntries(types),
  };
}

const areDistinct = (names: readonly (string | null)[]): boolean =>
  names.every((name) => name) && new Set(names).size === names.length;

function constOf(shape: Fields, name: string): string | null {
  const field = shape.fields[name];
  return field?.kind === 'value' && field.leaf.const !== undefined ? String(field.leaf.const) : null;
}

const firstNeeded = (shape: Fields): string | undefined =>
  Object.entries(shape.fields).find(([, field]) => !field.optional)?.[0];

function without(shape: Fields, name: string): Fields {
  const { [name]: _, ...fields } = shape.fields;
  return { ...shape, fields };
}
