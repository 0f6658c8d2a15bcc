import { RecordedTask, Recording } from '#pipeline/recording.ts';
import { digest } from './snapshot.ts';

/** Recordings with as little in them as there can be. */

export const START = '2026-11-20T08:00:00.000Z';
/** So many seconds after START. */
export const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1_000).toISOString();

/** A task that ran from one second to another; null: not recorded. */
export function recordedTask(
  name: string,
  from: number | null,
  to: number | null,
  more: Partial<RecordedTask> = {},
): RecordedTask {
  return RecordedTask.parse({
    ...{ name, after: [], status: 'Succeeded', bundle: null, task: null, platform: null },
    ...{ startedAt: from === null ? null : at(from), finishedAt: to === null ? null : at(to) },
    ...{ params: {}, results: {}, steps: [], ...more },
  });
}

/** A run that began at START. */
export function recording(tasks: readonly RecordedTask[], more: Partial<Recording> = {}): Recording {
  return Recording.parse({
    ...{ schema: 1, image: digest('it'), predicateType: 'x', isVerified: true, pipeline: null, run: 'run' },
    ...{ namespace: null, logUrl: null, startedAt: START, finishedAt: at(1_000), params: {}, tasks, notRecorded: [] },
    ...more,
  });
}
