import type { Snapshot } from './model.ts';
import { durationMs, iso } from './time.ts';

/** The clocks of a snapshot: when it was taken, when the next is due, and when it is no longer to be trusted. */
export function freshnessOf(snapshot: Pick<Snapshot, 'generatedAt' | 'refreshEvery' | 'dataMaxAge'>): {
  generatedAt: string;
  dueAt: string;
  distrustAfter: string;
} {
  const startMs = Date.parse(snapshot.generatedAt);
  return {
    generatedAt: snapshot.generatedAt,
    dueAt: iso(startMs + durationMs(snapshot.refreshEvery)),
    distrustAfter: iso(startMs + durationMs(snapshot.dataMaxAge)),
  };
}
