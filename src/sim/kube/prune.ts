import type { Kind, Schema } from './kind.ts';
import { type Fields, fieldOf, fieldsOf, isFields } from './value.ts';

/** What a kind's schema does to an object that comes in: unknown fields are dropped, defaults are filled in. */

const ROOT = new Set(['apiVersion', 'kind', 'metadata']);

/** The object without its unknown fields, whose paths are in `unknown`, as in `spec.bogus`. */
export function pruned({ schema }: Kind, object: Fields): { object: Fields; unknown: string[] } {
  const unknown: string[] = [];
  const { apiVersion, kind, metadata } = object;
  const inner = Object.fromEntries(Object.entries(object).filter(([name]) => !ROOT.has(name)));
  return { object: { apiVersion, kind, metadata, ...fieldsOf(walk(schema, inner, '', unknown)) }, unknown };
}

function walk(schema: Schema, value: unknown, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const items = fieldOf(schema, 'items');
    return isFields(items) ? value.map((one, index) => walk(items, one, `${path}[${index}]`, unknown)) : value;
  }
  if (!isFields(value)) return value;
  const properties = fieldsOf(schema['properties']);
  const others = schema['additionalProperties'];
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    others === true ||
    (schema['properties'] === undefined && !isFields(others) && path !== '');
  const kept: Fields = {};
  for (const [name, inner] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const own = fieldOf(properties, name);
    const rule = isFields(own) ? own : isFields(others) ? others : null;
    if (rule) kept[name] = walk(rule, inner, at, unknown);
    else if (isOpen || (schema['x-kubernetes-embedded-resource'] === true && ROOT.has(name))) kept[name] = inner;
    else unknown.push(at);
  }
  for (const [name, rule] of Object.entries(properties))
    if (kept[name] === undefined && fieldOf(rule, 'default') !== undefined && !(path === '' && name === 'status'))
      kept[name] = structuredClone(fieldOf(rule, 'default'));
  return kept;
}
