import type { Binding } from '#status/pipeline.ts';
import { visible } from '#status/text/words.ts';
import type { PipelineTask } from './definition.ts';
import { subjectOf, valueText } from './text/condition.ts';
import { boxTitle } from './text/walk.ts';

/** What the box of a task says, and is. */
export interface Face {
  /** The words in the box. */
  text: string;
  /** Its whole name for who does not see the box. */
  title: string;
  /** Id of the part of the page that it leads to. */
  anchor: string;
  isConditional: boolean;
  isRepeated: boolean;
  /** What stands beside the box where there is room; empty where nothing is to be said. */
  note: string;
}

/** Its number and of how many. */
type Place = readonly [at: number, of: number];

export function taskFace(task: PipelineTask, anchor: string, place: Place, before: readonly string[]): Face {
  const text = shortName(task.name);
  const repeats = task.matrix.map(repeatedBy);
  const conditions = task.when.map(({ input, operator }) =>
    operator === 'cel' ? 'an expression' : cut(visible(subjectOf(input)), SUBJECT),
  );
  const said = (repeated: string, conditional: string) => [
    ...(task.isFinally ? ['at the end in any case'] : []),
    ...(repeats.length > 0 ? [`${repeated} ${repeats.join(' and ')}`] : []),
    ...(conditions.length > 0 ? [`${conditional} ${conditions.join(' and ')}`] : []),
  ];
  return {
    text,
    title: boxTitle(text, place, said('runs once per', 'runs only under a condition on'), before.map(shortName)),
    anchor,
    isConditional: conditions.length > 0,
    isRepeated: repeats.length > 0,
    note: cut(said('once per', 'condition:').join('; '), NOTE),
  };
}

/** What it runs once per: `build-platforms`, or the name of its own where the values are written out. */
const repeatedBy = ({ name, value }: Binding): string => {
  const text = valueText(value);
  return shortName(text.includes('$(') ? subjectOf(text) : `${name} (${[value].flat().length})`);
};

/** A stage of a path; `links` are the labels that lead to it from the stages before. */
export function stageFace(
  { title, isUnverified }: { title: string; isUnverified: boolean },
  anchor: string,
  place: Place,
  before: readonly { text: string; label: string | null }[],
): Face {
  const text = shortName(title);
  const labels = before.flatMap(({ label }) => (label ? [label] : []));
  return {
    text,
    title: boxTitle(
      text,
      place,
      isUnverified ? ['not verified'] : [],
      before.map((one) => one.text),
    ),
    anchor,
    isConditional: isUnverified,
    isRepeated: false,
    note: labels.length > 0 ? cut(`by ${labels.map(linkName).join(', ')}`, NOTE) : '',
  };
}

/** `the label a/b` of “the label `a/b`, or the field `c`”: the first name with what it is, else the first clause. */
const linkName = (label: string): string =>
  (/^[^`]*`[^`]+`/.exec(label)?.[0] ?? label.split(/[;,]/)[0] ?? label).replaceAll('`', '');

/** Letters that fit into a box, and beside it in a page's column. */
const NAME = 40;
const SUBJECT = 60;
const NOTE = 88;

/** A foreign name, harmless and short enough for a box. */
export const shortName = (name: string): string => cut(visible(name), NAME);

const cut = (text: string, room: number): string => (text.length > room ? `${text.slice(0, room - 1)}…` : text);
