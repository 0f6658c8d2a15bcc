import type { PipelineDefinition, PipelineTask } from '#pipeline/definition.ts';
import { conditionsOf } from './conditions.ts';
import { type Faults, quoted } from './faults.ts';
import { listAt, type Named, namedAt, shortOf, textOf, upTo, wordOf } from './fields.ts';
import { bindingsOf, matrixOf, parametersOf, workspacesOf } from './parameters.ts';
import { taskReferenceOf } from './reference.ts';
import { isMap, type Plain, type PlainMap } from './values.ts';
import type { Source } from './yaml.ts';

/** The specification of a Pipeline. */

const MAX_TASKS = 500;
/** Such names can be part of an address, and of an id in a page; Tekton takes fewer. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?$/;

type Place = Pick<Source, 'linesOf'>;

/** A task of the pipeline before its fields are read. */
interface Written extends Named {
  isFinally: boolean;
}

/** `spec` of a Pipeline, `pipelineSpec` of a run. */
export function pipelineOf(spec: PlainMap, name: string, source: Place, faults: Faults): PipelineDefinition {
  const where = 'In the pipeline';
  const written = onceEach([...writtenIn(spec, 'tasks', faults), ...writtenIn(spec, 'finally', faults)], faults);
  if (written.length === 0) faults.add('The pipeline has no tasks that can be read.');
  return {
    schema: 1,
    name,
    description: textOf(spec['description']),
    params: parametersOf(spec, where, faults),
    workspaces: workspacesOf(spec, where, faults),
    results: namedAt(spec, 'results', 100, where, faults).map(({ name, map }) => ({
      name,
      value: textOf(map['value']) ?? '',
    })),
    tasks: upTo(MAX_TASKS, written, 'Tasks', faults).map((task) => taskOf(task, source, faults)),
    faults: faults.list,
  };
}

function onceEach(tasks: readonly Written[], faults: Faults): Written[] {
  const known = new Map<string, Written>();
  for (const task of tasks) {
    if (known.has(task.name)) faults.add(`Two tasks are called ${quoted(task.name)}; the first is kept.`);
    else known.set(task.name, task);
  }
  return [...known.values()];
}

function writtenIn(spec: PlainMap, key: 'tasks' | 'finally', faults: Faults): Written[] {
  const list = spec[key] ?? [];
  if (!Array.isArray(list)) faults.add(`“${key}” of the pipeline is no list; its tasks are left out.`);
  return listAt(spec, key).flatMap((map, index) => {
    const place = `Task ${index + 1} of “${key}”`;
    if (!isMap(map)) faults.add(`${place} is empty or no map; it is left out.`);
    const name = isMap(map) ? nameOf(map['name'], place, faults) : null;
    return isMap(map) && name !== null ? [{ name, map, isFinally: key === 'finally' }] : [];
  });
}

function nameOf(value: Plain | undefined, place: string, faults: Faults): string | null {
  if (typeof value === 'string' && NAME.test(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean')
    faults.add(
      `${place} has a name that YAML takes for ${typeof value === 'number' ? 'the number' : 'the word'} ${value}; it is left out: put it in quotes.`,
    );
  else if (value === undefined || value === null || value === '') faults.add(`${place} has no name; it is left out.`);
  else {
    const why = 'letters, digits, dots and hyphens, at most 200, are understood';
    faults.add(`${place} has the name ${quoted(textOf(value) ?? '')}; it is left out: ${why}.`);
  }
  return null;
}

function taskOf({ name, map: task, isFinally }: Written, source: Place, faults: Faults): PipelineTask {
  const where = `Task ${quoted(name)}:`;
  if (task['resources'])
    faults.add(
      `${where} it has “resources”, which Tekton no longer knows; an order that follows from them is not shown.`,
    );
  return {
    name,
    isFinally,
    ref: taskReferenceOf(task, where, faults),
    runAfter: runAfterOf(task, where, faults),
    params: bindingsOf(task, { where, faults, most: 300 }),
    when: conditionsOf(task, where, faults),
    matrix: matrixOf(task, where, faults),
    retries: retriesOf(task['retries'], where, faults),
    timeout: shortOf(task['timeout']),
    onError: wordOf(task['onError']),
    workspaces: namedAt(task, 'workspaces', 50, where, faults).map((one) => ({
      name: one.name,
      // Without a name of its own it is the pipeline's workspace of that name.
      workspace: wordOf(one.map['workspace']) ?? one.name,
    })),
    description: textOf(task['description'] ?? task['displayName']),
    lines: source.linesOf(task),
  };
}

function runAfterOf(task: PlainMap, where: string, faults: Faults): string[] {
  const { runAfter } = task;
  if (runAfter !== undefined && runAfter !== null && !Array.isArray(runAfter))
    faults.add(`${where} “runAfter” is no list; what it waits for is not shown.`);
  const names = listAt(task, 'runAfter').flatMap((item) => {
    const name = wordOf(item);
    if (name === null) faults.add(`${where} “runAfter” holds ${quoted(textOf(item) ?? '')}, which is no name.`);
    return name ?? [];
  });
  return upTo(200, [...new Set(names)], `${where} “runAfter”`, faults);
}

function retriesOf(value: Plain | undefined, where: string, faults: Faults): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  faults.add(`${where} “retries” is ${quoted(textOf(value) ?? '')}, which is no number of tries; it is taken for 0.`);
  return 0;
}
