import type { PipelineDefinition, RunFile, TaskDefinition } from '#pipeline/definition.ts';
import { Faults, quoted } from './faults.ts';
import { listAt, mapAt, wordOf } from './fields.ts';
import { type Kind, objectsOf, type TektonObject } from './objects.ts';
import { pipelineOf } from './pipeline.ts';
import { pipelineNameOf, runFileOf, specInRun } from './run.ts';
import { taskOf } from './task.ts';
import { isMap, type PlainMap } from './values.ts';
import { readSource, type Source } from './yaml.ts';

/** Tekton's YAML or JSON, v1 and v1beta1, to what we hold of it; bounded, and never an exception for what a text says. */

export interface Read<T> {
  /** Null where the text holds nothing of this kind that can be read. */
  value: T | null;
  /** What is wrong, in sentences, those of `value` included; empty where all was read. */
  faults: string[];
}

/** Something of a text that may be meant. */
interface Candidate {
  name: string;
  spec: PlainMap;
  metadata: PlainMap | null;
}

/** The Pipeline of a text: of a Pipeline, or inside a PipelineRun or its status; `name` chooses one of several. */
export function readPipeline(text: string, name?: string): Read<PipelineDefinition> {
  return reading(text, ['Pipeline', 'PipelineRun'], (objects, source, faults) => {
    const candidates = objects.flatMap((object) => pipelineIn(object, faults));
    const found = chosen(candidates, 'pipeline', name, faults);
    if (candidates.length === 0 && objects.some(({ kind }) => kind === 'PipelineRun'))
      faults.add('The PipelineRun names its pipeline; it does not hold it.');
    return found && pipelineOf(found.spec, found.name, source, faults);
  });
}

function pipelineIn(object: TektonObject, faults: Faults): Candidate[] {
  const { kind, metadata } = object;
  const spec = kind === 'Pipeline' ? object.spec : specInRun(object);
  if (!spec) return [];
  const name = kind === 'Pipeline' ? object.name : pipelineNameOf(object, faults);
  if (name === null) faults.add(`A ${kind} has no name that can be shown; it is left out.`);
  return name === null ? [] : [{ name, spec, metadata }];
}

/** The Task of a text, or one that a pipeline holds, by its name there; `name` chooses one of several. */
export function readTask(text: string, name?: string): Read<TaskDefinition> {
  return reading(text, ['Task', 'Pipeline', 'PipelineRun'], (objects, _, faults) => {
    const own = objects.filter(({ kind }) => kind === 'Task');
    const candidates = own.length > 0 ? own.flatMap((task) => named(task, faults)) : objects.flatMap(tasksIn);
    if (candidates.length === 0) faults.add('The text holds no task whose steps are written in it.');
    const found = chosen(candidates, 'task', name, faults);
    return found && taskOf(found.spec, found.metadata, found.name, faults);
  });
}

function named({ name, ...rest }: TektonObject, faults: Faults): Candidate[] {
  if (name === null) faults.add('A Task has no name that can be shown; it is left out.');
  return name === null ? [] : [{ ...rest, name }];
}

function tasksIn(object: TektonObject): Candidate[] {
  const spec = object.kind === 'Pipeline' ? object.spec : specInRun(object);
  return [...listAt(spec, 'tasks'), ...listAt(spec, 'finally')].flatMap((item) => {
    const task = isMap(item) ? item : null;
    const [name, own] = [wordOf(task?.['name']), mapAt(task, 'taskSpec')];
    return name !== null && own ? [{ name, spec: own, metadata: mapAt(own, 'metadata') }] : [];
  });
}

/** The PipelineRun of a text, as a repository keeps it under `.tekton/`. */
export function readRunFile(text: string): Read<RunFile> {
  return reading(text, ['PipelineRun'], (objects, source, faults) => {
    const [first, ...more] = objects;
    if (more.length > 0) faults.add(`The text holds ${objects.length} PipelineRuns; the first is read.`);
    return first ? runFileOf(first, source, faults) : null;
  });
}

function reading<T>(
  text: string,
  kinds: readonly Kind[],
  read: (objects: TektonObject[], source: Source, faults: Faults) => T | null,
): Read<T> {
  const faults = new Faults();
  const source = readSource(text, faults);
  const strange = new Faults();
  const objects = objectsOf(source.objects, strange);
  const wanted = objects.filter(({ kind }) => kinds.includes(kind));
  if (wanted.length > 0) return { value: read(wanted, source, faults), faults: faults.list };
  // What else lies in a text is of no concern where what was asked for is there.
  for (const sentence of strange.list) faults.add(sentence);
  if (faults.list.length === 0)
    faults.add(`The text holds no ${kinds.join(' or ')}, but ${objects[0] ? `a ${objects[0].kind}` : 'nothing'}.`);
  return { value: null, faults: faults.list };
}

function chosen<T extends Candidate>(
  all: readonly T[],
  what: string,
  name: string | undefined,
  faults: Faults,
): T | null {
  const found = all.filter((one) => name === undefined || one.name === name);
  const [first] = found;
  if (!first && all.length > 0)
    faults.add(
      `The text holds the ${what} ${all.map((one) => quoted(one.name)).join(', ')}, not ${quoted(name ?? '')}.`,
    );
  if (first && found.length > 1)
    faults.add(
      `The text holds ${found.length} ${what}s${name === undefined ? '' : ' of that name'}; the first is read.`,
    );
  return first ?? null;
}
