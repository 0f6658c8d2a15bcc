import { redactLine } from '#sources/redact.ts';
import type { Attempt, Build } from '#status/run.ts';
import { Attempt as Shape } from '#status/run.ts';
import { Digest } from '#status/scalars.ts';
import { iso } from '#status/time.ts';
import { conditionOf, type PipelineRun, wordOf } from './objects.ts';

/** From pipeline runs to the attempts of a component; pure. Labels as the join map of Konflux has them, old and new. */

export const LABELS = {
  component: ['appstudio.openshift.io/component', 'build.konflux-ci.dev/component'],
  type: ['pipelines.appstudio.openshift.io/type', 'pipelines.konflux-ci.dev/type'],
  event: ['pipelinesascode.tekton.dev/event-type'],
  change: ['pipelinesascode.tekton.dev/pull-request'],
  commit: [
    'build.appstudio.redhat.com/commit_sha',
    'build.konflux-ci.dev/commit_sha',
    'pipelinesascode.tekton.dev/sha',
  ],
  signed: ['chains.tekton.dev/signed'],
} as const;

/** Events after which an image is built from a branch, not from a change that is proposed. */
const PUSHES = ['push', 'Push', 'incoming'];
const RETESTS = ['retest-comment', 'retest-all-comment'];
const CANCELLED = new Set([
  'Cancelled',
  'CancelledRunFinally',
  'StoppedRunFinally',
  'PipelineRunCancelled',
  'TaskRunCancelled',
]);
const ATTEMPTS = 20;
const LOST_MS = 7 * 3_600_000;

/** Asks for builds after a push; what of it was for a proposed change is sorted out by `isBuild`. */
export const SELECTORS = LABELS.type.map(
  (type) => `${type}=build,${LABELS.event[0]} in (${[...PUSHES, ...RETESTS].join(',')})`,
);

/** Whether a run builds a component from its branch. */
export function isBuild(run: PipelineRun): boolean {
  const event = wordOf(run, ...LABELS.event) ?? '';
  const isRetest = RETESTS.includes(event) && wordOf(run, ...LABELS.change) === null;
  return wordOf(run, ...LABELS.type) === 'build' && (PUSHES.includes(event) || isRetest);
}

/** Whether a run has ended, by its own words. */
export function isFinished(run: PipelineRun): boolean {
  const { status = 'Unknown' } = conditionOf(run, 'Succeeded') ?? {};
  return status !== 'Unknown' && !['Running', 'ResolvingPipelineRef', 'Pending'].includes(reasonOf(run));
}

const reasonOf = (run: PipelineRun): string => conditionOf(run, 'Succeeded')?.reason ?? '';

/** A run as an attempt; which task broke is read from its task runs. `urlOf` gives the page of a run. */
export function attemptOf(run: PipelineRun, urlOf: (name: string) => string | null): Attempt {
  const { metadata, status } = run;
  const outcome = outcomeOf(run);
  const results = [...(status?.results ?? []), ...(status?.pipelineResults ?? [])];
  const digest = Digest.safeParse(results.find(({ name }) => name === 'IMAGE_DIGEST')?.value.trim());
  const signed = wordOf(run, ...LABELS.signed);
  const startedAt = iso(Date.parse(status?.startTime ?? metadata.creationTimestamp));
  return Shape.parse({
    name: metadata.name,
    startedAt,
    endedAt: outcome !== 'running' && status?.completionTime ? iso(Date.parse(status.completionTime)) : null,
    outcome,
    isQueued: outcome === 'running' && (run.spec?.status === 'PipelineRunPending' || !status?.startTime),
    failedTask: null,
    url: urlOf(metadata.name),
    commit: wordOf(run, ...LABELS.commit)?.slice(0, 300) ?? null,
    digest: outcome === 'ok' && digest.success ? digest.data : null,
    failure: outcome === 'failed' ? runFailure(run) : null,
    isSigned: signed === null ? null : signed === 'true',
  });
}

function outcomeOf(run: PipelineRun): Attempt['outcome'] {
  if (!isFinished(run)) return 'running';
  if (conditionOf(run, 'Succeeded')?.status === 'True') return 'ok';
  return CANCELLED.has(reasonOf(run)) ? 'cancelled' : 'failed';
}

/** What the run itself says of its end. */
function runFailure(run: PipelineRun) {
  const message = conditionOf(run, 'Succeeded')?.message;
  const reason = redactLine(reasonOf(run), 200) || null;
  return { task: null, arch: null, reason, message: message ? redactLine(message) : null, log: null };
}

export interface Seen {
  /** Runs that were told of today. */
  runs: readonly Attempt[];
  /** The cluster was asked, and its archive where there is one, so that what neither tells of is gone. */
  isWhole: boolean;
  nowMs: number;
}

/** Attempts of before and of today, newest first; what was once read of a run stays. */
export function mergeAttempts(before: readonly Attempt[], { runs, isWhole, nowMs }: Seen): Attempt[] {
  const found = new Map(runs.map((run) => [run.name, run]));
  const isLost = (one: Attempt) =>
    isWhole && one.outcome === 'running' && !found.has(one.name) && nowMs - Date.parse(one.startedAt) > LOST_MS;
  const merged = new Map(before.filter((one) => !isLost(one)).map((one) => [one.name, one]));
  for (const run of runs) {
    const known = merged.get(run.name);
    merged.set(
      run.name,
      known?.tasksReadAt && run.outcome === known.outcome ? { ...known, isSigned: run.isSigned } : run,
    );
  }
  return [...merged.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt)).slice(0, ATTEMPTS);
}

/** What the attempts say of the image that a tag points at; `before` is the last refresh's. */
export function buildOf(
  attempts: readonly Attempt[],
  digest: string | null,
  before: Build | null,
): Pick<Build, 'current' | 'of' | 'failingSince' | 'isLowerBound'> {
  const gave = attempts.find((one) => digest !== null && one.digest === digest);
  const kept = before?.of && before.of.digest === digest ? before.of : null;
  const finished = attempts.filter(({ outcome }) => outcome === 'ok' || outcome === 'failed');
  const lastGood = finished.findIndex(({ outcome }) => outcome === 'ok');
  const failed = lastGood === -1 ? finished : finished.slice(0, lastGood);
  const oldest = failed.at(-1)?.startedAt ?? null;
  // A streak that outgrew the list of attempts began when it was first seen.
  const known = lastGood === -1 && oldest !== null ? (before?.failingSince ?? null) : null;
  const failingSince = known !== null && oldest !== null && known < oldest ? known : oldest;
  return {
    current: attempts[0] ?? null,
    of: gave ?? kept,
    failingSince,
    isLowerBound: failingSince !== null && lastGood === -1 && (known === null || (before?.isLowerBound ?? true)),
  };
}
