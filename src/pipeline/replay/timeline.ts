import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { nearness, parsed, type Span, spanOf } from './clock.ts';
import { eventsOf } from './events.ts';
import { faultsOf } from './faults.ts';
import { rowIds } from './names.ts';
import { readiness } from './readiness.ts';
import type { Row, Timeline } from './shapes.ts';
import { stateOf } from './state.ts';

/** A recording on one axis of time: a row per task and leg, and the events in their order. */

/** Rows in the order in which they began, those without a time last; never an exception, whatever the clocks say. */
export function timelineOf(recording: Recording): Timeline {
  const isNear = nearness(recording);
  const run = spanOf(recording, isNear);
  const ids = rowIds(recording.tasks);
  const placed = recording.tasks.map((task, at) => ({ id: ids[at] ?? '', task, span: spanOf(task, isNear) }));
  const times = [run, ...placed.map(({ span }) => span)].flatMap(({ from, to }) =>
    [from, to].filter((ms) => ms !== null),
  );
  const zero = times.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  const isTimed = times.length > 0;
  const onAxis = (ms: number | null) => (ms === null || !isTimed || ms < zero ? null : ms - zero);
  const ready = readiness(recording, placed, run);
  const rows = placed
    .map(
      ({ id, task, span }): Row => ({
        ...{ id, task, fromMs: onAxis(span.from), toMs: onAxis(span.to), state: stateOf(task.status) },
        readyMs: onAxis(before(ready(task), span.from)),
        createdMs: onAxis(before(parsed(task.createdAt), span.from)),
        workMs: onAxis(firstStep(task, span)),
      }),
    )
    .sort((a, b) => order(a) - order(b) || (a.toMs ?? 0) - (b.toMs ?? 0));
  const ends = { fromMs: onAxis(run.from), toMs: onAxis(run.to) };
  const created = before(parsed(recording.createdAt), run.from);
  return {
    startedAt: isTimed ? new Date(zero).toISOString() : null,
    lengthMs: times.reduce((most, ms) => Math.max(most, ms - zero), 0),
    queuedMs: created === null || run.from === null || !isNear(created) ? null : run.from - created,
    rows,
    events: eventsOf(rows, ends),
    faults: isTimed ? faultsOf(recording, run, placed) : ['No time is on record, so nothing can be replayed.'],
  };
}

const order = ({ fromMs, toMs }: Row): number => fromMs ?? toMs ?? Number.MAX_SAFE_INTEGER;

/** A time that is not after another; null for one that is, which a clock made up. */
const before = (ms: number | null, limit: number | null): number | null =>
  ms !== null && limit !== null && ms <= limit ? ms : null;

function firstStep({ steps }: RecordedTask, { from, to }: Span): number | null {
  const starts = steps.flatMap(({ startedAt }) => parsed(startedAt) ?? []);
  if (starts.length === 0 || from === null) return null;
  const first = Math.min(...starts);
  return first >= from && (to === null || first <= to) ? first : null;
}
