import type { ReplayEvent, Row } from './shapes.ts';

/** The events of a run in their order. */

interface Placed extends Omit<ReplayEvent, 'number'> {
  /** At one moment: the run begins, tasks end, tasks begin, the run ends. */
  rank: 0 | 1 | 2 | 3;
  /** At one moment and rank: the place of the row; a task that took no time begins before it ends. */
  place: number;
}

/** Numbered from 1; the same recording always gives the same numbers. */
export function eventsOf(rows: readonly Row[], run: Pick<Row, 'fromMs' | 'toMs'>): ReplayEvent[] {
  const placed: Placed[] = [];
  if (run.fromMs !== null) placed.push({ atMs: run.fromMs, kind: 'run-begins', row: null, rank: 0, place: 0 });
  for (const [at, { id, fromMs, toMs, state }] of rows.entries()) {
    if (fromMs !== null) placed.push({ atMs: fromMs, kind: 'begins', row: id, rank: 2, place: 2 * at });
    const kind = state === 'failed' ? 'fails' : 'ends';
    if (toMs !== null) placed.push({ atMs: toMs, kind, row: id, rank: fromMs === toMs ? 2 : 1, place: 2 * at + 1 });
  }
  if (run.toMs !== null) placed.push({ atMs: run.toMs, kind: 'run-ends', row: null, rank: 3, place: 0 });
  return placed
    .sort((a, b) => a.atMs - b.atMs || a.rank - b.rank || a.place - b.place)
    .map(({ atMs, kind, row }, at) => ({ number: at + 1, atMs, kind, row }));
}
