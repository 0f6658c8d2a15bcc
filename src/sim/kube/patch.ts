import { applyPatch, type Operation } from 'rfc6902';
import type { Kind } from './kind.ts';
import { badRequest, Refusal } from './status.ts';
import { type Fields, fieldOf, isFields, textOf } from './value.ts';

/** The forms of PATCH: merge, JSON, strategic merge for kinds of Kubernetes itself, and server-side apply. */

export type Form = 'merge' | 'json' | 'strategic' | 'apply';

const TYPES: Readonly<Record<string, Form>> = {
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The form that a content type names; throws for others, and for strategic merge of a custom kind. */
export function formOf({ isCustom }: Kind, contentType: string): Form {
  const form = TYPES[contentType.split(';')[0]?.trim() ?? ''];
  if (form !== undefined && !(isCustom && form === 'strategic')) return form;
  const known = Object.keys(TYPES).filter((type) => !isCustom || TYPES[type] !== 'strategic');
  const words = `the body of the request was in an unknown format - accepted media types include: ${known.join(', ')}`;
  throw new Refusal(415, 'UnsupportedMediaType', words);
}

/** The object with a patch in one of the forms but apply. */
export function patched(form: Exclude<Form, 'apply'>, object: Fields, patch: unknown): Fields {
  const made = form === 'json' ? jsonPatched(object, patch) : merged(object, patch, form === 'strategic');
  if (!isFields(made)) throw badRequest('the patch leaves no object');
  return made;
}

function jsonPatched(object: Fields, patch: unknown): Fields {
  if (!Array.isArray(patch) || !patch.every(isOperation))
    throw badRequest('error decoding patch: a JSON patch is a list of operations, each with op and path');
  if (patch.some((one) => isHarmful(textOf(fieldOf(one, 'path'))) || isHarmful(textOf(fieldOf(one, 'from')))))
    throw badRequest('error decoding patch: a path leads to the prototype');
  const copy = structuredClone(object);
  const faults = attempt(() => applyPatch(copy, patch));
  if (faults.some((fault) => fault !== null))
    throw new Refusal(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
  return copy;
}

function attempt<T>(run: () => T[]): (T | 'thrown')[] {
  try {
    return run();
  } catch {
    return ['thrown'];
  }
}

const isHarmful = (path: string): boolean => /\/(__proto__|prototype|constructor)(\/|$)/.test(path);

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);
const isOperation = (value: unknown): value is Operation =>
  OPERATIONS.has(textOf(fieldOf(value, 'op'))) &&
  isPointer(fieldOf(value, 'path')) &&
  isPointer(fieldOf(value, 'from') ?? '');
const isPointer = (value: unknown): boolean => typeof value === 'string' && /^(\/|$)/.test(value);

/** Lists whose items strategic merge tells apart by name. */
const BY_NAME = new Set(['secrets', 'imagePullSecrets', 'containers', 'initContainers', 'volumes', 'env']);

/** RFC 7386; in the strategic form the lists of BY_NAME are merged item by item. */
export function merged(target: unknown, patch: unknown, isStrategic = false, name = ''): unknown {
  if (isStrategic && BY_NAME.has(name) && Array.isArray(patch)) return mergedByName(target, patch);
  if (!isFields(patch)) return patch;
  const made: Fields = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (isStrategic && key.startsWith('$')) continue;
    if (value === null) delete made[key];
    else made[key] = merged(made[key], value, isStrategic, key);
  }
  return made;
}

function mergedByName(target: unknown, patch: readonly unknown[]): unknown[] {
  const made = Array.isArray(target) ? [...target] : [];
  for (const item of patch) {
    const index = made.findIndex((one) => fieldOf(one, 'name') === fieldOf(item, 'name'));
    if (fieldOf(item, '$patch') === 'delete') {
      if (index >= 0) made.splice(index, 1);
    } else if (index >= 0) made[index] = merged(made[index], item, true);
    else made.push(item);
  }
  return made;
}

/**
 * Server-side apply: what the same manager had applied and no longer does goes. Lists are taken whole;
 * fields of other managers are overwritten without a conflict.
 */
export function applied(object: Fields, before: unknown, config: Fields): unknown {
  return merged(without(object, before, config), config);
}

function without(object: unknown, before: unknown, config: unknown): unknown {
  if (!isFields(object) || !isFields(before)) return object;
  const made: Fields = { ...object };
  for (const [name, old] of Object.entries(before)) {
    const kept = fieldOf(config, name);
    if (isFields(old)) made[name] = without(made[name], old, kept);
    else if (kept === undefined) delete made[name];
  }
  return made;
}
