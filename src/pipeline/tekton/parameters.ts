import type { Parameter } from '#pipeline/definition.ts';
import type { Binding } from '#status/pipeline.ts';
import type { Faults } from './faults.ts';
import { listAt, namedAt, textOf, upTo } from './fields.ts';
import { isMap, type Plain, type PlainMap } from './values.ts';

/** Parameters that are asked for, values that are given, and workspaces. */

/** `params` of a pipeline or task. */
export function parametersOf(spec: PlainMap, where: string, faults: Faults): Parameter[] {
  return namedAt(spec, 'params', 200, where, faults).map(({ name, map }) => ({
    name,
    type: typeOf(map),
    default: textOf(map['default']),
    description: textOf(map['description']),
  }));
}

/** As Tekton takes it where it is not said: by the default, or by the fields of an object. */
function typeOf(map: PlainMap): Parameter['type'] {
  const { type, default: value } = map;
  if (type === 'string' || type === 'array' || type === 'object') return type;
  if (Array.isArray(value)) return 'array';
  return isMap(value) || isMap(map['properties']) ? 'object' : 'string';
}

/** `params` of a task, a run or a reference; `key` where they are called otherwise. */
export function bindingsOf(
  from: PlainMap | null,
  { where, faults, most = 200, key = 'params' }: { where: string; faults: Faults; most?: number; key?: string },
): Binding[] {
  return namedAt(from, key, most, where, faults).map(({ name, map }) => ({
    name,
    value: givenOf(map['value'], `${where} “${name}”`, faults),
  }));
}

/** One text, or one for each of a list. */
export function givenOf(value: Plain | undefined, where: string, faults: Faults): Binding['value'] {
  if (!Array.isArray(value)) return textOf(value) ?? '';
  return upTo(200, value, where, faults).map((item) => textOf(item) ?? '');
}

/** `matrix`: lists to combine, and the combinations that `include` adds, by name. */
export function matrixOf(task: PlainMap, where: string, faults: Faults): Binding[] {
  const { matrix } = task;
  if (matrix === undefined || matrix === null) return [];
  // v1beta1 had the list itself before it had fields.
  const fields: PlainMap | null = Array.isArray(matrix) ? { params: matrix } : isMap(matrix) ? matrix : null;
  if (!fields) faults.add(`${where} “matrix” is neither a map nor a list; it is left out.`);
  const found = new Map<string, Binding['value']>();
  for (const { name, value } of bindingsOf(fields, { where, faults, most: 50 })) found.set(name, value);
  for (const included of listAt(fields, 'include').filter(isMap))
    for (const { name, value } of bindingsOf(included, { where, faults, most: 50 }))
      found.set(name, [...new Set([found.get(name) ?? [], value].flat())].slice(0, 200));
  return [...found].map(([name, value]) => ({ name, value })).slice(0, 50);
}

/** `workspaces` that a pipeline or task asks for. */
export function workspacesOf(spec: PlainMap, where: string, faults: Faults): { name: string; isOptional: boolean }[] {
  return namedAt(spec, 'workspaces', 50, where, faults).map(({ name, map }) => ({
    name,
    isOptional: map['optional'] === true,
  }));
}
