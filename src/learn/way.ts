import { isDone, type Progress } from './progress.ts';

/** How far one is on a track, and where one goes on. No zod: pages read it in the browser. */

export interface Stop {
  ref: string;
  /** It counts for nothing. */
  optional: boolean;
}

export interface Share {
  done: number;
  of: number;
  /** Whole percent: 100 where all is done and never before, 0 where nothing is and only then. */
  percent: number;
}

/** What is on several tracks, or twice on one, counts once. */
export function shareOf(stops: readonly Stop[], progress: Progress): Share {
  const refs = [...new Set(stops.filter(({ optional }) => !optional).map(({ ref }) => ref))];
  const done = refs.filter((ref) => isDone(progress, ref)).length;
  const of = refs.length;
  const exact = of === 0 ? 0 : (100 * done) / of;
  return { done, of, percent: done > 0 && exact < 1 ? 1 : Math.floor(exact) };
}

/** The first that is not done behind the one that was done last, else the first of all; null where none is left. */
export function resumeAt<T extends Stop>(stops: readonly T[], progress: Progress): T | null {
  const left = (from: readonly T[]) => from.find(({ ref, optional }) => !optional && !isDone(progress, ref));
  let newest = -1;
  for (const [at, { ref }] of stops.entries()) {
    const when = dateOf(progress, ref);
    if (when !== '' && when >= dateOf(progress, stops[newest]?.ref ?? '')) newest = at;
  }
  return left(stops.slice(newest + 1)) ?? left(stops) ?? null;
}

const dateOf = (progress: Progress, ref: string): string => (isDone(progress, ref) ? (progress.done[ref] ?? '') : '');
