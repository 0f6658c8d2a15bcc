import type { RecordedTask } from '#pipeline/recording.ts';

/** How a task ended, from the words that Tekton has for it. */

export type TaskState = 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'unknown';

// The first that matches: a task that was cancelled while it pulled an image says both.
const WORDS: readonly (readonly [RegExp, TaskState])[] = [
  [/^(succeeded|completed)$/i, 'succeeded'],
  [/cancel|^stopped/i, 'cancelled'],
  [/skip/i, 'skipped'],
  [/fail|error|time(d)?out|exceed|invalid|could ?n[o']?t|oom|evicted|backoff/i, 'failed'],
];

/** What a status such as `Succeeded` or `TaskRunTimeout` says; unknown where it is none or says nothing of the end. */
export function stateOf(status: RecordedTask['status']): TaskState {
  if (status === null) return 'unknown';
  return WORDS.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown';
}

/** The step that did not end as it should; none where no step's reason is recorded. */
export const brokenStep = ({ steps }: Pick<RecordedTask, 'steps'>): RecordedTask['steps'][number] | undefined =>
  steps.find(({ reason }) => reason && reason !== 'Completed');
