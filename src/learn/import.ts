import { isDone, type Progress, stepsOf } from './progress.ts';
import type { Fault } from './progress-text.ts';
import { countText } from './text.ts';

/** What an import would change, before it does, and why it cannot. */

export interface Gain {
  /** Refs that would be done and are not. */
  done: string[];
  /** Steps that would be done and are not. */
  steps: number;
  /** Things done in it that are done here already. */
  known: number;
  /** Names in it that this site does not have. */
  unknown: string[];
}

export function gainOf(before: Progress, other: Progress, known: ReadonlySet<string>): Gain {
  const refs = Object.keys(other.done);
  const done = refs.filter((ref) => !isDone(before, ref));
  const steps = Object.keys(other.steps).flatMap((ref) => {
    const own = stepsOf(before, ref);
    return stepsOf(other, ref).filter((step) => !own.includes(step));
  });
  const names = new Set([...refs, ...Object.keys(other.steps)]);
  return {
    ...{ done, steps: steps.length, known: refs.length - done.length },
    unknown: [...names].filter((ref) => !known.has(ref)),
  };
}

/** The same in sentences. `dropped` fields could not be read. */
export function gainText({ done, steps, known, unknown }: Gain, dropped: number): string[] {
  const adds = [done.length > 0 && `${countText(done.length, 'thing')} done`, steps > 0 && countText(steps, 'step')];
  const added = adds.filter(Boolean).join(' and ');
  return [
    added ? `It adds ${added}.` : 'It adds nothing: all that it holds is known here.',
    known > 0 && `${countText(known, 'thing')} in it ${known === 1 ? 'is' : 'are'} done here already.`,
    unknown.length > 0 &&
      `${countText(unknown.length, 'name')} in it ${unknown.length === 1 ? 'is' : 'are'} not on this site, and ${unknown.length === 1 ? 'is' : 'are'} kept without being counted.`,
    dropped > 0 &&
      `${countText(dropped, 'field')} in it could not be read and ${dropped === 1 ? 'is' : 'are'} left out.`,
  ].filter((sentence) => typeof sentence === 'string');
}

const FAULTS: Readonly<Record<Fault, string>> = {
  empty: 'There is nothing in it. Choose the file that was exported, or paste its text.',
  'too-long': 'It is far longer than any progress. Choose the file that was exported from this page.',
  'no-json': 'It is not JSON: a part may be missing. Copy the whole text, from the first { to the last }.',
  'no-progress': 'It is JSON, but no progress: it has no "schema". Choose the file that was exported from this page.',
  newer: 'It was written by a newer version of this site. Reload the page, and try again.',
};

export const faultText = (fault: Fault): string => FAULTS[fault];
