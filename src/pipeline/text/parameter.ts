import type { Binding } from '#status/pipeline.ts';
import { visible } from '#status/text/words.ts';
import { anchorsOf } from '../anchors.ts';
import type { Parameter, PipelineDefinition } from '../definition.ts';
import { type Influence, influencesOf } from '../influence.ts';
import { valueText } from './condition.ts';
import { influenceSummary, influenceTexts } from './influence.ts';

/** What a parameter of a pipeline does, for its place on the page and for the picture. */

export const MARKS = ['switched', 'repeated', 'handed', 'reached'] as const;
export type Mark = (typeof MARKS)[number];

export interface Marked {
  /** Of the task. */
  anchor: string;
  mark: Mark;
}

export interface ParameterView {
  anchor: string;
  name: string;
  description: string | null;
  /** What it is where nobody gives it. */
  byDefault: string;
  /** What the PipelineRun that names this pipeline gives; null where it gives nothing. */
  given: string | null;
  tasks: Marked[];
  /** What it does, in sentences. */
  texts: string[];
  /** How many tasks in which way, in a few words, code marked. */
  summary: string;
}

/** The parameters that people ask about first. */
const PROMINENT = ['skip-checks', 'hermetic', 'privileged-nested', 'build-platforms'];

export interface Parameters {
  first: ParameterView[];
  others: ParameterView[];
}

export function parametersOf(
  definition: PipelineDefinition,
  given: readonly Binding[],
  anchors: ReadonlyMap<string, string>,
): Parameters {
  const own = anchorsOf(
    'parameter',
    definition.params.map(({ name }) => name),
  );
  const views = influencesOf(definition).map((influence) => ({
    name: influence.parameter.name,
    view: { ...parameterView(influence, given, anchors), anchor: own.get(influence.parameter.name) ?? '' },
  }));
  const first = PROMINENT.flatMap((name) => views.filter((one) => one.name === name));
  const some = first.length > 0 ? first : views.slice(0, PROMINENT.length);
  const others = views.filter((one) => !some.includes(one));
  return { first: some.map(({ view }) => view), others: others.map(({ view }) => view) };
}

function parameterView(
  influence: Influence,
  given: readonly Binding[],
  anchors: ReadonlyMap<string, string>,
): Omit<ParameterView, 'anchor'> {
  const { parameter, handed, switches, repeats, reaches } = influence;
  const marked = (task: string, mark: Mark): Marked[] => {
    const to = anchors.get(task);
    return to ? [{ anchor: to, mark }] : [];
  };
  const tasks = [
    ...switches.flatMap(({ task }) => marked(task, 'switched')),
    ...repeats.flatMap((task) => marked(task, 'repeated')),
    ...handed.flatMap(({ task }) => marked(task, 'handed')),
    ...reaches.flatMap((task) => marked(task, 'reached')),
  ];
  const value = given.find(({ name }) => name === parameter.name)?.value;
  return {
    name: visible(parameter.name),
    description: parameter.description ? visible(parameter.description.trim()) : null,
    byDefault: defaultText(parameter),
    given: value === undefined ? null : visible(valueText(value)) || 'empty',
    tasks,
    texts: influenceTexts(influence),
    summary: influenceSummary(influence),
  };
}

function defaultText({ default: value }: Parameter): string {
  if (value === null) return 'none: it must be given';
  return value === '' ? 'empty' : visible(value);
}

/** How a picture shows what it does to a task. */
export const MARK_TEXTS: Record<Mark, string> = {
  switched: 'turned on or off by it',
  repeated: 'repeated once per value',
  handed: 'handed it',
  reached: 'may get other input through results',
};

/** The strongest mark of each task, for a picture in which a box has one. */
export function strongest(tasks: readonly Marked[]): Map<string, Mark> {
  const found = new Map<string, Mark>();
  for (const mark of MARKS)
    for (const one of tasks) if (one.mark === mark && !found.has(one.anchor)) found.set(one.anchor, mark);
  return found;
}
