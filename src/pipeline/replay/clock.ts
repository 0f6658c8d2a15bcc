import type { Recording } from '#pipeline/recording.ts';

/** Which times of a recording can be trusted to lie on one axis. */

const DAY_MS = 86_400_000;
/** No build takes longer; what lies further away is a fault of a clock. */
export const LONGEST_DAYS = 7;

export interface Span {
  /** Milliseconds since the epoch; null where not recorded, or left out. */
  from: number | null;
  to: number | null;
  fault: 'far' | 'backwards' | 'no-begin' | 'no-end' | 'no-times' | null;
}

type Times = Pick<Recording, 'startedAt' | 'finishedAt'>;

/** Whether a time lies within a week of most others. */
export function nearness(recording: Pick<Recording, 'startedAt' | 'finishedAt' | 'tasks'>): (ms: number) => boolean {
  const all = [recording, ...recording.tasks]
    .flatMap(({ startedAt, finishedAt }) => [parsed(startedAt), parsed(finishedAt)])
    .filter((ms) => ms !== null)
    .sort((a, b) => a - b);
  const middle = all[Math.floor((all.length - 1) / 2)] ?? 0;
  return (ms) => Math.abs(ms - middle) <= LONGEST_DAYS * DAY_MS;
}

/** Begin and end without what cannot be; `fault` names the worst that was found. */
export function spanOf({ startedAt, finishedAt }: Times, isNear: (ms: number) => boolean): Span {
  const begin = parsed(startedAt);
  const end = parsed(finishedAt);
  const from = begin !== null && isNear(begin) ? begin : null;
  const to = end !== null && isNear(end) ? end : null;
  if (from !== begin || to !== end) return { from, to, fault: 'far' };
  if (from !== null && to !== null && to < from) return { from, to: null, fault: 'backwards' };
  if (from === null && to === null) return { from, to, fault: 'no-times' };
  return { from, to, fault: from === null ? 'no-begin' : to === null ? 'no-end' : null };
}

/** Milliseconds since the epoch; null for none. */
export function parsed(instant: string | null): number | null {
  const ms = Date.parse(instant ?? '');
  return Number.isNaN(ms) ? null : ms;
}
