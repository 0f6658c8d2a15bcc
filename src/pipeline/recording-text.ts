import { instantText } from '#status/text/dates.ts';
import { type TaskRow, taskRow } from '#status/text/provenance.ts';
import { visible } from '#status/text/words.ts';
import { gapsOf, missingLegs, missingTasks } from './gaps.ts';
import type { RecordedTask, Recording } from './recording.ts';

/** A recording in words: its tasks, and what it does not hold. */

export interface Known {
  /** Platforms that the pipeline was to build for. */
  platforms: readonly string[];
  /** Names of all that the pipeline would run; null where the statement does not tell. */
  planned: readonly string[] | null;
  /** Tasks that are in the statement and could not be read. */
  unread: number;
  /** Tasks that were read and are more than a recording keeps. */
  cut?: number;
  /** What only the cluster tells. */
  run?: KnownRun;
}

export interface KnownRun {
  skipped: readonly { name: string; reason: string | null }[];
  /** Tasks that were tried more than once. */
  retried: readonly string[];
  /** TaskRuns that the run names and nobody had. */
  lost: number;
  /** Why there is no log of the step that failed; null where there is one, or none failed. */
  noLog: string | null;
}

const WORD = 200;
const ROOM = 120;

/** One line for each thing; never empty, since no statement holds everything. */
export function notRecorded(
  recording: Omit<Recording, 'notRecorded'>,
  { platforms, planned, unread, cut = 0, run }: Known,
): string[] {
  const { tasks } = recording;
  const names = new Set([...tasks, ...(run?.skipped ?? [])].map(({ name }) => name));
  const absent = planned?.filter((name) => !names.has(name)) ?? [];
  const waitedFor = missingTasks(tasks).filter((name) => !run || !(names.has(name) || absent.includes(name)));
  const lines = [
    planned ? null : `Tasks that were skipped: ${run ? NO_PLAN : 'the statement holds only those that ran.'}`,
    ...skippedLines(run?.skipped ?? []),
    run?.lost ? `${run.lost} of the TaskRuns that the run names: gone when we looked.` : null,
    absent.length > 0
      ? `A run of ${listed(absent)}: ${recording.outcome === 'failed' ? NOT_REACHED : 'skipped, or lost.'}`
      : null,
    unread > 0 ? `${unread} ${unread === 1 ? 'task that' : 'tasks that'} could not be read.` : null,
    cut > 0 ? `${cut} ${cut === 1 ? 'task' : 'tasks'}, begun last: a recording keeps ${tasks.length}.` : null,
    ...missingLegs(tasks, platforms).map((leg) => `${leg.name} for ${leg.platforms.join(', ')}.`),
    ...waitedFor.map((name) => `${name}, for which other tasks waited.`),
    ...gapsOf(recording).map(
      ({ ms, from }) => `What happened in ${Math.round(ms / 1_000)} s from ${instantText(from)}: no task covers it.`,
    ),
    tasks.some(({ after }) => after.length > 0) ? null : 'Which task waited for which.',
    tasks.some(({ steps }) => steps.some(({ startedAt }) => startedAt)) ? null : 'When single steps began and ended.',
    ...(run ? runLines(run) : ['How long tasks waited for a machine, earlier tries of a task, and logs.']),
  ];
  return lines.flatMap((line) => (line === null ? [] : [line.slice(0, WORD)]));
}

const NO_PLAN = 'what the pipeline holds was not told.';

const NOT_REACHED = 'the run failed before, or it is lost.';

/** Names as far as a line has room, and how many more there are. */
function listed(names: readonly string[]): string {
  const fitting = names.filter((_, at) => names.slice(0, at + 1).join(', ').length <= ROOM);
  const some = fitting.length > 0 ? fitting : names.slice(0, 1).map((name) => `${name.slice(0, ROOM)}…`);
  const rest = names.length - some.length;
  return rest > 0 ? `${some.join(', ')} and ${rest} more` : some.join(', ');
}

function skippedLines(skipped: KnownRun['skipped']): string[] {
  return [...Map.groupBy(skipped, ({ reason }) => reason ?? 'the reason was not told')].map(
    ([reason, ones]) => `A run of ${listed(ones.map(({ name }) => name))}: skipped (${reason}).`,
  );
}

function runLines({ retried, noLog }: KnownRun): (string | null)[] {
  return [
    retried.length > 0 ? `Earlier tries of ${listed(retried)}: the last one is shown.` : null,
    noLog ? `The log of the step that failed: ${noLog}.` : null,
    'What tasks waited for, and logs except the end of the step that failed.',
  ];
}

/** The tasks of a recording in the order in which they began. */
export function recordedRows({ tasks }: Recording): TaskRow[] {
  return [...tasks]
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''))
    .map((task) =>
      taskRow(task, {
        platform: task.platform && visible(task.platform),
        bundle: bundleText(task.bundle),
        check: checkText(task),
      }),
    );
}

/** `task-init:0.2` and twelve digits of its digest. */
function bundleText(bundle: string | null): TaskRow['bundle'] {
  const [, name, digest] = /([^/]+)@sha256:([0-9a-f]{12})/.exec(bundle ?? '') ?? [];
  return name && digest ? { name: visible(name), digest } : null;
}

const CHECKS = {
  SUCCESS: 'its check passed',
  FAILURE: 'its check found a failure',
  WARNING: 'its check found a warning',
  SKIPPED: 'its check was skipped',
  ERROR: 'its check broke',
} as const;

/** What a check says in its TEST_OUTPUT: a task that found a failure still ends as Succeeded. */
function checkText({ results }: RecordedTask): string | null {
  const [, result] = /"result"\s*:\s*"([A-Z]+)"/.exec(results['TEST_OUTPUT'] ?? '') ?? [];
  return result && Object.hasOwn(CHECKS, result) ? CHECKS[result as keyof typeof CHECKS] : null;
}
