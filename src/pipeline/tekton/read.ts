import type { PipelineDefinition, RunFile, TaskDefinition } from '#pipeline/definition.ts';
import { Faults, quoted } from './faults.ts';
import { type Kind, objectsOf, type TektonObject } from './objects.ts';
import { pipelineOf } from './pipeline.ts';
import { pipelineNameOf, runFileOf, specInRun } from './run.ts';
import { taskOf } from './task.ts';
import type { PlainMap } from './values.ts';
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
    return found && pipelineOf(found.spec, found.name, source, faults);
  });
}

function pipelineIn(object: TektonObject, faults: Faults): Candidate[] {
  const { kind, metadata } = object;
  const spec = kind === 'Pipeline' ? object.spec : specInRun(object);
  const name = kind === 'Pipeline' ? object.name : pipelineNameOf(object, faults);
  if (!spec) faults.add(`The PipelineRun ${quoted(object.name ?? '')} names its pipeline; it does not hold it.`);
  if (name === null) faults.add(`A ${kind} has no name that can be shown; it is left out.`);
  return spec && name !== null ? [{ name, spec, metadata }] : [];
}

/** The Task of a text; `name` chooses one of several. */
export function readTask(text: string, name?: string): Read<TaskDefinition> {
  return reading(text, ['Task'], (objects, _, faults) => {
    const candidates = objects.flatMap((object) => {
      if (object.name === null) faults.add('A Task has no name that can be shown; it is left out.');
      return object.name === null ? [] : [{ ...object, name: object.name }];
    });
    const found = chosen(candidates, 'task', name, faults);
    return found && taskOf(found.spec, found.metadata, found.name, faults);
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
  const objects = objectsOf(source.objects, faults);
  const wanted = objects.filter(({ kind }) => kinds.includes(kind));
  const others = objects.filter(({ kind }) => !kinds.includes(kind)).map(({ kind }) => kind);
  if (wanted.length === 0 && faults.list.length === 0)
    faults.add(`The text holds no ${kinds.join(' or ')}, but ${others[0] ? `a ${others[0]}` : 'nothing'}.`);
  return { value: wanted.length > 0 ? read(wanted, source, faults) : null, faults: faults.list };
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
