import type { RecordedTask } from '#pipeline/recording.ts';
import type { TaskState } from './state.ts';

/** A recording on one axis of time: a row per task and leg, and the events in their order. */

export interface Row {
  /** Fit for an address, unique within the recording: `build-images-linux-arm64`. */
  id: string;
  task: RecordedTask;
  /** Milliseconds from the start of the axis; null where not recorded. One can be there without the other. */
  fromMs: number | null;
  toMs: number | null;
  /** From when on nothing but a machine kept it waiting: the end of the last task that it waited for. */
  readyMs: number | null;
  /** When its TaskRun was made; only the cluster tells. */
  createdMs: number | null;
  /** When its first step began: until then it had no machine, or fetched its images. */
  workMs: number | null;
  state: TaskState;
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
  /** Start of the axis, ISO: that of the run, or of a task that says it began earlier. Null: no time is on record, and there are no events. */
  startedAt: string | null;
  lengthMs: number;
  /** How long the run stood in the queue before it began; null where not recorded. */
  queuedMs: number | null;
  rows: Row[];
  events: ReplayEvent[];
  /** What could not be placed, in sentences: tasks without times, clocks that run backwards. */
  faults: string[];
}
