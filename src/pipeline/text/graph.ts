import { visible } from '#status/text/words.ts';

/** What is wrong with the order of tasks, in sentences for a page and the build log. */

const SHOWN = 8;
const NAME = 60;

/** A foreign name, harmless and short enough for a sentence. */
export function named(name: string): string {
  const text = visible(name);
  return text.length > NAME ? `${text.slice(0, NAME)}…` : text;
}

/** `a, b and c`; of many the first eight and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, names.length > SHOWN + 1 ? SHOWN : names.length).map(named);
  const more = names.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : (last ?? '');
}

export const twice = (name: string): string =>
  `More than one task is called ${named(name)}: only the first of them is shown.`;

export const unnamed = (name: string, waiting: string, reason: 'order' | 'data'): string =>
  reason === 'order'
    ? `${named(waiting)} is to run after ${named(name)}, but no task is called so: that line is left out.`
    : `${named(waiting)} uses a result of ${named(name)}, but no task is called so: that line is left out.`;

export const selfish = (name: string): string => `${named(name)} waits for itself, so it can never start.`;

/** The tasks in the order of the circle, the first not repeated. */
export function circle(names: readonly string[]): string {
  const [first = '', last = ''] = [names[0], names.at(-1)];
  const round =
    names.length > SHOWN + 1
      ? [...names.slice(0, SHOWN).map(named), `${names.length - SHOWN} more`, named(first)]
      : [...names, first].map(named);
  return `These tasks wait for each other in a circle, so none of them can start: ${round.join(' → ')}. The line from ${named(last)} to ${named(first)} is left out.`;
}

export const amongLast = (name: string, waiting: string): string =>
  `${named(waiting)} waits for ${named(name)}, which runs only after all others: that line is left out.`;

export const lastInOrder = (name: string): string =>
  `${named(name)} runs at the end and has a runAfter, which Tekton does not allow there: it is left out.`;

export const untraced = (name: string, waiting: readonly string[]): string =>
  `${listed(waiting)} waited for ${named(name)}, which left no trace in this recording. What ${named(name)} waited for is not known.`;

export const more = (count: number): string => `${count} more faults of this kind are not listed.`;
