import type { Recording } from '#pipeline/recording.ts';
import { lengthText } from '#status/text/provenance.ts';
import { visible } from '#status/text/words.ts';
import { type ComparedTask, tookMs } from './compare.ts';
import { platformText, taskTitle } from './names.ts';
import type { ReplayEvent, Row, Timeline } from './shapes.ts';
import type { TaskState } from './state.ts';

/** A run that is replayed, in words: its events, what its tasks waited for, and how it compares. */

const SECOND = 1_000;

export interface Line {
  event: ReplayEvent;
  /** Null for the run itself. */
  row: Row | null;
  /** `2:31` since the start. */
  clock: string;
  text: string;
}

/** Every event in one line: `build-images for arm64 begins, 21 s after it could`. */
export function transcript(timeline: Timeline, recording: Pick<Recording, 'outcome'>): Line[] {
  const rows = new Map(timeline.rows.map((row) => [row.id, row]));
  const begin = timeline.events.find(({ kind }) => kind === 'run-begins')?.atMs ?? null;
  return timeline.events.map((event) => {
    const row = rows.get(event.row ?? '') ?? null;
    const text = row ? taskText(event, row) : runText(event, begin, timeline.queuedMs, recording.outcome);
    return { event, row, clock: clockOf(event.atMs), text };
  });
}

/** `2:31`, or `1:02:31`. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (figure: number) => String(figure).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function runText(
  { kind, atMs }: ReplayEvent,
  begin: number | null,
  queued: number | null,
  outcome: Recording['outcome'],
) {
  if (kind === 'run-begins')
    return queued ? `the run begins, ${lengthText(queued)} after it was made` : 'the run begins';
  const took = begin === null ? '' : ` after ${lengthText(atMs - begin)}`;
  return `the run ends${took}${outcome ? `: it ${OUTCOMES[outcome]}` : ''}`;
}

const OUTCOMES = { succeeded: 'succeeded', failed: 'failed', cancelled: 'was cancelled' } as const;

function taskText({ kind }: ReplayEvent, row: Row): string {
  const title = taskTitle(row.task);
  if (kind === 'begins') {
    const waited = waitedMs(row);
    return waited !== null && waited >= SECOND
      ? `${title} begins, ${lengthText(waited)} after it could`
      : `${title} begins`;
  }
  const took = tookMs(row);
  const after = took === null ? '' : ` after ${lengthText(took)}`;
  return `${title} ${ENDS[row.state]}${after}${reasonText(row)}`;
}

const ENDS = {
  succeeded: 'ends',
  failed: 'fails',
  cancelled: 'is cancelled',
  skipped: 'is skipped',
  unknown: 'ends',
} as const satisfies Record<TaskState, string>;

/** What Tekton calls the failure, where that says more than that it is one. */
function reasonText({ state, task: { status } }: Row): string {
  if (state === 'unknown') return ', how is not recorded';
  return state === 'failed' && status && status !== 'Failed' ? `: ${visible(status)}` : '';
}

/** How long nothing on record kept a task from beginning; null where that is not known. */
function waitedMs({ readyMs, fromMs }: Row): number | null {
  return readyMs === null || fromMs === null ? null : fromMs - readyMs;
}

/** How a task stood in time, in sentences; never why it waited, since no recording says. */
export function rowTexts(row: Row): string[] {
  const { fromMs, createdMs, workMs } = row;
  const took = tookMs(row);
  const waited = waitedMs(row);
  const made = createdMs === null || fromMs === null ? 0 : fromMs - createdMs;
  const idle = workMs === null || fromMs === null ? 0 : workMs - fromMs;
  return [
    took === null ? 'How long it took is not recorded.' : `Took ${lengthText(took)}.`,
    ...(waited !== null && waited >= SECOND ? [`Began ${lengthText(waited)} after ${sinceText(row)}.`] : []),
    ...(made >= SECOND ? [`Its TaskRun was made ${lengthText(made)} before it began.`] : []),
    ...(idle >= SECOND
      ? [`Its first step began ${lengthText(idle)} later: what it waited for until then is not recorded.`]
      : []),
  ];
}

/** From when on it could have begun. */
const sinceText = ({ task }: Row): string =>
  task.after.length === 0 ? 'the run did' : 'the last task before it had ended';

/** `build-images for arm64 took 3 min 0 s longer: 15 min 0 s instead of 12 min 0 s`. */
export function comparedText({
  task,
  platform,
  isIn,
  beforeMs,
  afterMs,
  changeMs,
  isFailedAfter,
}: ComparedTask): string {
  const title = taskTitle({ name: task, platform });
  const failed = isFailedAfter ? ', and failed' : '';
  if (isIn === 'after') return `${title} is only in the later run${failed}`;
  if (isIn === 'before') return `${title} is only in the earlier run`;
  if (changeMs === null || beforeMs === null || afterMs === null)
    return `${title}: its times are not recorded${failed}`;
  if (Math.abs(changeMs) < SECOND) return `${title} took as long as before, ${lengthText(afterMs)}${failed}`;
  const change = `${lengthText(Math.abs(changeMs))} ${changeMs > 0 ? 'longer' : 'less'}`;
  return `${title} took ${change}: ${lengthText(afterMs)} instead of ${lengthText(beforeMs)}${failed}`;
}

/** Which arch a task ran for, for a column of its own; null where it is the same for all. */
export const archText = ({ platform }: Pick<ComparedTask, 'platform'>): string | null =>
  platform && platformText(platform);
