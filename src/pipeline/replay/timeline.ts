import type { RecordedTask, Recording } from '#pipeline/recording.ts';

/** A recording on one axis of time: a row per task and leg, and the events in their order. */

export interface Row {
  /** Fit for an address, unique within the recording: `build-images-linux-arm64`. */
  id: string;
  task: RecordedTask;
  /** Milliseconds from the start of the recording; null where not recorded. */
  fromMs: number | null;
  toMs: number | null;
  /** From when on nothing but a machine kept it waiting: the end of the last task that it waited for. */
  readyMs: number | null;
  state: 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'unknown';
}

export interface ReplayEvent {
  /** 1, 2, …: the address of the moment is `#t=N`. */
  number: number;
  atMs: number;
  kind: 'begins' | 'ends' | 'fails' | 'run-begins' | 'run-ends';
  /** Null for the run itself. */
  row: string | null;
}

export interface Timeline {
  /** Start of the run, ISO; null where no time is on record: then there are no events. */
  startedAt: string | null;
  lengthMs: number;
  rows: Row[];
  events: ReplayEvent[];
  /** What could not be placed, in sentences: tasks without times, clocks that run backwards. */
  faults: string[];
}

export function timelineOf(_recording: Recording): Timeline {
  return { startedAt: null, lengthMs: 0, rows: [], events: [], faults: [] };
}
