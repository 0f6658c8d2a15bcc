import type { Column, Kind, Schema } from '#sim/kube/kind.ts';

/** Words to write schemas of kinds with: as short as a table of facts. */

export const text: Schema = { type: 'string' };
export const filled: Schema = { type: 'string', minLength: 1 };
export const flag: Schema = { type: 'boolean' };
export const whole: Schema = { type: 'integer' };
export const moment: Schema = { type: 'string', format: 'date-time' };
/** An object with whatever fields. */
export const open: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
/** A value of any type. */
export const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

export const matching = (pattern: string, more: Schema = {}): Schema => ({ type: 'string', pattern, ...more });
export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const says = (description: string, schema: Schema): Schema => ({ ...schema, description });

export const texts = list(text);
export const words = map(text);

/** An object with these fields; a name that ends in `*` is required. */
export function object(fields: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const names = Object.keys(fields);
  const required = names.filter((name) => name.endsWith('*')).map(bare);
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(names.map((name) => [bare(name), fields[name]])),
    ...more,
  };
}

const bare = (name: string): string => name.replace(/\*$/, '');

export const AGE: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
export const column = (name: string, jsonPath: string): Column => ({ name, type: 'string', jsonPath });

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

interface Told {
  kind: string;
  plural: string;
  shortNames?: readonly string[];
  columns?: readonly Column[];
  /** Fields of the object beside apiVersion, kind and metadata. */
  fields: Readonly<Record<string, Schema>>;
  hasStatus?: boolean;
}

/** A kind that a CustomResourceDefinition tells of; `at` is `group/version`. */
export function custom(
  at: string,
  { kind, plural, shortNames = [], columns = [AGE], fields, hasStatus = true }: Told,
): Kind {
  const [group = '', version = ''] = at.split('/');
  return {
    ...{ group, version, kind, plural, singular: kind.toLowerCase(), shortNames, columns, hasStatus },
    ...{ schema: envelope(fields), isCustom: true, isNamespaced: true, verbs: VERBS },
  };
}

/** A kind of Kubernetes itself. */
export function builtIn(
  group: string,
  { kind, plural, shortNames = [], columns = [AGE], fields, hasStatus = false }: Told,
  isNamespaced = true,
): Kind {
  return {
    ...{ group, version: 'v1', kind, plural, singular: kind.toLowerCase(), shortNames, columns, hasStatus },
    ...{ schema: envelope(fields), isCustom: false, isNamespaced, verbs: VERBS },
  };
}

const envelope = (fields: Readonly<Record<string, Schema>>): Schema =>
  object({ apiVersion: text, kind: text, metadata: { type: 'object' }, ...fields });
