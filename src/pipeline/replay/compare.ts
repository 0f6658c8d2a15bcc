import type { Recording } from '#pipeline/recording.ts';

/** Two recordings of one pipeline side by side: which task got slower, on which arch. */

export interface ComparedTask {
  task: string;
  platform: string | null;
  /** Milliseconds; null where the recording does not have it. */
  beforeMs: number | null;
  afterMs: number | null;
  /** Null where one is missing. */
  changeMs: number | null;
  isFailedAfter: boolean;
}

/** Largest change first; then what only one of them has. */
export function comparedRuns(_before: Recording, _after: Recording): ComparedTask[] {
  return [];
}
