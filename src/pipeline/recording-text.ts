import { instantText } from '#status/dates.ts';
import { gapsOf, missingLegs, missingTasks } from './gaps.ts';
import type { Recording } from './recording.ts';

/** What a recording does not hold, in words. */

export interface Known {
  /** Platforms that the pipeline was to build for. */
  platforms: readonly string[];
  /** Names of all that the pipeline would run; null where the statement does not tell. */
  planned: readonly string[] | null;
  /** Tasks that are in the statement and could not be read. */
  unread: number;
}

const WORD = 200;

/** One line for each thing; never empty, since no statement holds everything. */
export function notRecorded(
  recording: Omit<Recording, 'notRecorded'>,
  { platforms, planned, unread }: Known,
): string[] {
  const { tasks } = recording;
  const names = new Set(tasks.map(({ name }) => name));
  const absent = planned?.filter((name) => !names.has(name)) ?? [];
  const lines = [
    planned ? null : 'Tasks that were skipped: the statement holds only those that ran.',
    absent.length > 0 ? `A run of ${absent.join(', ')}: skipped, or lost.` : null,
    unread > 0 ? `${unread} ${unread === 1 ? 'task that' : 'tasks that'} could not be read.` : null,
    ...missingLegs(tasks, platforms).map((leg) => `${leg.name} for ${leg.platforms.join(', ')}.`),
    ...missingTasks(tasks).map((name) => `${name}, for which other tasks waited.`),
    ...gapsOf(recording).map(
      ({ ms, from }) => `What happened in ${Math.round(ms / 1_000)} s from ${instantText(from)}: no task covers it.`,
    ),
    tasks.some(({ after }) => after.length > 0) ? null : 'Which task waited for which.',
    tasks.some(({ steps }) => steps.some(({ startedAt }) => startedAt)) ? null : 'When single steps began and ended.',
    'How long tasks waited for a machine, earlier tries of a task, and logs.',
  ];
  return lines.flatMap((line) => (line === null ? [] : [line.slice(0, WORD)]));
}
