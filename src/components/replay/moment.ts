/** A moment of a replay: event 1, 2, …; 0 stands for the whole run, with nothing singled out. */

/** Numbers of the events at which a row begins and ends; null where that is not recorded. */
export interface Turns {
  from: number | null;
  to: number | null;
}

export type Phase = 'later' | 'now' | 'done';

/** The moment of an address, `#t=7`; null where it names none. */
export function momentOf(hash: string, count: number): number | null {
  const number = Number(/^#t=(\d{1,4})$/.exec(hash)?.[1] ?? 0);
  return number >= 1 && number <= count ? number : null;
}

/** Where a row stands at a moment; null where it has no place in time, or no moment is singled out. */
export function phaseOf({ from, to }: Turns, moment: number): Phase | null {
  if (moment === 0 || (from === null && to === null)) return null;
  if (to !== null && to <= moment) return 'done';
  return from !== null && from <= moment ? 'now' : 'later';
}

/** The last event that has come at a time of the run; 0 where none has. */
export function reached(times: readonly number[], ms: number): number {
  return times.findLastIndex((time) => time <= ms) + 1;
}
