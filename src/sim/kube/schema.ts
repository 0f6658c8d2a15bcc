import { type Schema as JsonSchema, type OutputUnit, Validator } from '@cfworker/json-schema';
import type { Kind, Schema } from './kind.ts';
import type { Cause } from './status.ts';
import { type Fields, fieldOf, fieldsOf, isFields, listOf } from './value.ts';

/**
 * Whether an object is such as its kind's structural schema allows, in the words of Kubernetes.
 * Rules in CEL (`x-kubernetes-validations`) and keys of list maps are not looked at.
 */

const KEPT = [
  ...['type', 'enum', 'format', 'required', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
];
const validators = new WeakMap<Schema, Validator>();

/** What is wrong with the object; nothing where it is fit. */
export function faultsOf({ schema }: Kind, object: Fields): Cause[] {
  const validator = validators.get(schema) ?? new Validator(jsonSchema(schema), '7', false);
  validators.set(schema, validator);
  const { errors } = validator.validate(object);
  return errors.flatMap((error) => causeOf(error, errors, schema, object) ?? []);
}

/** The same as JSON Schema: `nullable` and patterns of Go are said otherwise there. */
function jsonSchema(schema: Schema): JsonSchema {
  const kept = KEPT.flatMap((name) => (schema[name] === undefined ? [] : [[name, schema[name]]]));
  const made: JsonSchema = Object.fromEntries(kept);
  if (schema['nullable'] === true && typeof made.type === 'string') made.type = [made.type, 'null'];
  const pattern = patternOf(schema['pattern']);
  if (pattern !== null) made.pattern = pattern;
  if (isFields(schema['properties']))
    made.properties = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, inner]) => [name, jsonSchema(fieldsOf(inner))]),
    );
  for (const name of ['items', 'additionalProperties', 'not'] as const)
    if (isFields(schema[name])) made[name] = jsonSchema(schema[name]);
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const)
    if (Array.isArray(schema[name])) made[name] = listOf(schema[name]).map((inner) => jsonSchema(fieldsOf(inner)));
  return made;
}

/** A pattern of Go as one of JavaScript; null where there is none that JavaScript reads. */
function patternOf(pattern: unknown): string | null {
  if (typeof pattern !== 'string') return null;
  const written = pattern.replace(/^\(\?i\)(.*)$/s, '(?i:$1)');
  try {
    new RegExp(written, 'u');
    return written;
  } catch {
    return null;
  }
}

/** Errors that only say that something inside is wrong. */
const OUTER = new Set(['properties', 'items', 'additionalProperties', 'allOf', 'dependentSchemas', 'if', '$ref']);

function causeOf(error: OutputUnit, all: readonly OutputUnit[], schema: Schema, object: Fields): Cause | null {
  const { keyword, instanceLocation, keywordLocation } = error;
  if (OUTER.has(keyword) || /\/(anyOf|oneOf|not)\//.test(keywordLocation)) return null;
  // What has the wrong type fails in other ways too, which say nothing more.
  const isOfType = !all.some((one) => one.keyword === 'type' && one.instanceLocation === instanceLocation);
  if (keyword !== 'type' && !isOfType) return null;
  const keys = keysOf(instanceLocation);
  const value = keys.reduce<unknown>(inside, object);
  const rule = ruleAt(schema, keywordLocation);
  const field = fieldPath(keys);
  if (keyword === 'required') {
    const missing = /property "([^"]*)"/.exec(error.error)?.[1] ?? '';
    return { reason: 'FieldValueRequired', message: 'Required value', field: fieldPath([...keys, missing]) };
  }
  return { ...sentence(keyword, field, value, rule), field };
}

function sentence(keyword: string, field: string, value: unknown, rule: unknown): { reason: string; message: string } {
  const shown = isFields(value) || Array.isArray(value) ? JSON.stringify(value) : JSON.stringify(value ?? null);
  const bad = (words: string) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${shown}: ${field} in body ${words}`,
  });
  const list = listOf(rule)
    .map((one) => JSON.stringify(one))
    .join(', ');
  switch (keyword) {
    case 'type': {
      const type = typeOf(value);
      const message = `Invalid value: "${type}": ${field} in body must be of type ${listOf(rule)[0] ?? String(rule)}: "${type}"`;
      return { reason: 'FieldValueTypeInvalid', message };
    }
    case 'enum':
      return { reason: 'FieldValueNotSupported', message: `Unsupported value: ${shown}: supported values: ${list}` };
    case 'pattern':
      return bad(`should match '${String(rule)}'`);
    case 'maxLength':
      return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${String(rule)} bytes` };
    case 'minLength':
      return bad(`should be at least ${String(rule)} chars long`);
    case 'minimum':
      return bad(`should be greater than or equal to ${String(rule)}`);
    case 'maximum':
      return bad(`should be less than or equal to ${String(rule)}`);
    case 'minItems':
      return bad(`should have at least ${String(rule)} items`);
    case 'maxItems':
      return {
        reason: 'FieldValueTooMany',
        message: `Too many: ${listOf(value).length}: must have at most ${String(rule)} items`,
      };
    case 'format':
      return bad(`must be of type ${String(rule)}: ${shown}`);
    default:
      return bad(`must validate ${keyword}`);
  }
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}

const keysOf = (location: string): string[] =>
  location
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));

const inside = (value: unknown, key: string): unknown =>
  Array.isArray(value) ? value[Number(key)] : fieldOf(value, key);

/** What the schema says at `#/properties/spec/pattern`. */
const ruleAt = (schema: Schema, location: string): unknown => keysOf(location).reduce<unknown>(inside, schema);

/** `spec.components[0].name`. */
const fieldPath = (keys: readonly string[]): string =>
  keys.reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`), '');
