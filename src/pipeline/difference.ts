import type { Binding } from '#status/pipeline.ts';
import type { PipelineDefinition, PipelineTask } from './definition.ts';
import { type Graph, graphOfDefinition } from './graph/graph.ts';
import type { Change } from './text/difference.ts';
import * as say from './text/difference.ts';

/** What differs between two pipelines, or two versions of one. */

export interface Difference {
  kind: 'added' | 'removed' | 'bumped' | 'params' | 'order' | 'condition' | 'matrix' | 'limits' | 'parameter';
  /** Null where it is about the pipeline itself. */
  task: string | null;
  /** One sentence for people, its names marked as code by backticks. */
  text: string;
}

/**
 * From `before` to `after`; empty where they do the same, whatever the order of their texts.
 * Tasks are told apart by their names: one with another name is another task.
 */
export function differencesOf(before: PipelineDefinition, after: PipelineDefinition): Difference[] {
  const [old, now] = [byName(before.tasks), byName(after.tasks)];
  const [oldWaits, nowWaits] = [waitsOf(graphOfDefinition(before)), waitsOf(graphOfDefinition(after))];
  const added = [...now.values()].filter(({ name }) => !old.has(name));
  const removed = [...old.values()].filter(({ name }) => !now.has(name));
  const kept = [...now.values()].flatMap((task) => {
    const was = old.get(task.name);
    return was ? [{ was, is: task }] : [];
  });
  const waits = ({ name }: PipelineTask) => ({ was: oldWaits.get(name) ?? [], is: nowWaits.get(name) ?? [] });
  return [
    ...added.map((task) => about('added', task.name, say.added(task, waits(task).is))),
    ...removed.map((task) => about('removed', task.name, say.removed(task))),
    ...kept.flatMap(({ was, is }) => [...ofTask(was, is), ...ofOrder(was, is, waits(is))]),
    ...ofPipeline(before, after).map((text) => about('parameter', null, text)),
  ];
}

const about = (kind: Difference['kind'], task: string | null, text: string): Difference => ({ kind, task, text });

/** The first of each name, in their order. */
function byName<T extends { name: string }>(all: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(one.name)) found.set(one.name, one);
  return found;
}

/** Per task those right before it: the same however much more is stated. */
function waitsOf({ drawn }: Graph): Map<string, string[]> {
  const groups = Map.groupBy(drawn, ({ to }) => to);
  return new Map([...groups].map(([to, edges]) => [to, edges.map(({ from }) => from).sort()]));
}

function ofTask(was: PipelineTask, is: PipelineTask): Difference[] {
  const task = is.name;
  const given = [
    ...changes(was.params, is.params).map((change) => say.given(task, change)),
    ...changes(workspaces(was), workspaces(is)).map((change) => say.workspace(task, change)),
  ];
  return [
    ...(isSame(was.ref, is.ref) ? [] : [about('bumped', task, say.bumped(task, was.ref, is.ref))]),
    ...given.map((text) => about('params', task, text)),
    ...(isSame(unordered(was.when), unordered(is.when)) ? [] : [about('condition', task, say.conditions(was, is))]),
    ...(isSame(unordered(was.matrix), unordered(is.matrix)) ? [] : [about('matrix', task, say.repeated(was, is))]),
    ...say.limits(was, is).map((text) => about('limits', task, text)),
  ];
}

function ofOrder(was: PipelineTask, is: PipelineTask, waits: { was: string[]; is: string[] }): Difference[] {
  if (was.isFinally !== is.isFinally) return [about('order', is.name, say.moved(is))];
  return isSame(waits.was, waits.is) ? [] : [about('order', is.name, say.waits(is.name, waits.was, waits.is))];
}

function ofPipeline(before: PipelineDefinition, after: PipelineDefinition): string[] {
  const [old, now] = [byName(before.params), byName(after.params)];
  const spaces = ({ workspaces: all }: PipelineDefinition) =>
    all.map(({ name, isOptional }) => ({ name, value: isOptional ? 'optional' : 'required' }));
  return [
    ...[...now.values()].filter(({ name }) => !old.has(name)).map(say.parameterAdded),
    ...[...old.values()].filter(({ name }) => !now.has(name)).map(say.parameterRemoved),
    ...[...now.values()].flatMap((is) => {
      const was = old.get(is.name);
      return was ? say.parameterChanged(was, is) : [];
    }),
    ...changes(before.results, after.results).map(say.result),
    ...changes(spaces(before), spaces(after)).map(say.pipelineWorkspace),
  ];
}

function changes(before: readonly Binding[], after: readonly Binding[]): Change[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((name) => ({ name, was: old.get(name)?.value ?? null, is: now.get(name)?.value ?? null }))
    .filter(({ was, is }) => !isSame(was, is));
}

const workspaces = (task: PipelineTask): Binding[] =>
  task.workspaces.map(({ name, workspace }) => ({ name, value: workspace }));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Equal for the same things in any order. */
const unordered = (all: readonly object[]): string[] => all.map((one) => JSON.stringify(one)).sort();
