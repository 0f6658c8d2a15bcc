import { unknownWhy } from '#status/detail.ts';
import type { Incident } from '#status/incident.ts';
import type { Image, Snapshot } from '#status/model.ts';
import type { Attempt, Promotion, Test, Tests } from '#status/run.ts';
import { span } from '#status/time.ts';
import { instantText } from './dates.ts';
import type { Fact } from './provenance.ts';
import { safeLink, visible } from './words.ts';

/** Builds, tests, promotions and incidents in words. */

const OUTCOMES: Record<Attempt['outcome'], string> = {
  running: 'is running',
  ok: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

/** What a token would add, for pages that cannot say it without one. */
export const WITHOUT_TOKEN =
  'Builds, tests and promotions of this image are not known: the Konflux API asks for a token and none is set. With one, this page would tell how the newest attempts ended, which task broke on which architecture with the end of its log, which tests the image passed, and whether it was promoted.';

/** `failed, began 21 Nov 2026, 14:07 UTC, took 12 min`. */
export function attemptText(attempt: Attempt): string {
  const { outcome, isQueued, startedAt, endedAt } = attempt;
  const took = endedAt ? `, took ${span(Date.parse(endedAt) - Date.parse(startedAt))}` : '';
  return `${isQueued ? 'waits for its turn' : OUTCOMES[outcome]}, began ${instantText(startedAt)}${took}`;
}

/** The facts of the builds of an image. */
export function buildLines(image: Image): Fact[] {
  const { build, attempts } = image;
  if (!build) return [];
  const [newest] = attempts;
  const lines: (Fact | null)[] = [
    newest ? runLine('Newest attempt', newest) : line('Newest attempt', 'none that the cluster or its archive knows'),
    sinceLine(image),
    ...brokenLines(attempts),
    ...imageLines(image),
    build.promoted ? line('The component remembers', promotedText(build.promoted)) : null,
  ];
  return lines.filter((one) => one !== null);
}

const line = (what: string, text: string, href: string | null = null): Fact => ({ what, text, href: safeLink(href) });
const runLine = (what: string, run: Attempt): Fact => line(what, `${visible(run.name)}: ${attemptText(run)}`, run.url);

function sinceLine({ build, verdict }: Image): Fact | null {
  const { failures } = verdict.facets.attempt;
  if (!build?.failingSince || failures === 0) return null;
  const from = `${build.isLowerBound ? 'at least ' : ''}${instantText(build.failingSince)}`;
  return line('Failing since', `${from}, ${failures} ${failures === 1 ? 'attempt' : 'attempts'} in a row`);
}

/** Where the newest failure is that has not been followed by success. */
export function openFailure(attempts: readonly Attempt[]): Attempt | null {
  const ended = attempts.find(({ outcome }) => outcome === 'ok' || outcome === 'failed');
  return ended?.outcome === 'failed' ? ended : null;
}

function brokenLines(attempts: readonly Attempt[]): Fact[] {
  const failure = openFailure(attempts)?.failure;
  if (!failure) return [];
  const arches = failure.arches.length > 0 ? failure.arches : failure.arch ? [failure.arch] : [];
  const where = [
    failure.task ? `task ${visible(failure.task)}` : 'task not known',
    failure.step ? `step ${visible(failure.step)}` : null,
    arches.length > 0 ? `on ${arches.join(', ')}` : null,
  ].filter(Boolean);
  const why = [failure.reason, failure.message].flatMap((one) => (one ? [visible(one)] : []));
  return [line('Broke in', where.join(', ')), line('Because', why.join(': ') || 'not recorded')];
}

function imageLines({ build, digest }: Image): Fact[] {
  if (!build || !digest) return [];
  const { of } = build;
  if (!of || of.digest !== digest)
    return [line('Gave this image', 'not known: no run that we saw names its digest as its result')];
  const signed = of.isSigned === null ? 'has not noted yet that it signed' : of.isSigned ? 'signed' : 'failed to sign';
  return [
    runLine('Gave this image', of),
    line('Of the commit', of.commit ? visible(of.commit) : 'not recorded'),
    line('Its checks', checksText(of)),
    line('Its signature', `Tekton Chains ${signed} it; what we verified ourselves is under trust`),
  ];
}

function checksText({ checks, checkTasks, tasksReadAt }: Attempt): string {
  if (checks === null) return tasksReadAt ? 'none of its tasks reports a check' : 'not known: its tasks were not read';
  const tasks = checkTasks.map(visible).join(', ');
  const isBad = checks === 'FAILURE' || checks === 'ERROR';
  if (isBad) return `the run succeeded, and its checks report ${checks}: ${tasks}`;
  return `the worst result is ${checks}: ${tasks}`;
}

function promotedText({ commit, digest }: { commit: string | null; digest: string | null }): string {
  const parts = [commit ? `commit ${visible(commit)}` : null, digest ? `image ${digest}` : null].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')} as its last good build` : 'no good build';
}

const STATES: Record<Promotion['state'], string> = {
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'was skipped',
  unknown: 'ended in a way that we have no word for',
};

/** How far the promotion of an image is. */
export function promotionText(promotion: Promotion, now: string): string {
  const { state, step, reason, attempts, startedAt, endedAt } = promotion;
  const from = startedAt ? Date.parse(startedAt) : null;
  const length = from === null ? null : span(Date.parse(endedAt ?? now) - from);
  const time = length === null ? '' : endedAt ? `, took ${length}` : `, for ${length}`;
  const where = step && (state === 'failed' || state === 'running') ? ` at ${visible(step)}` : '';
  const tries = attempts > 1 ? `, attempt ${attempts}` : '';
  const why = reason && state !== 'succeeded' ? `: ${visible(reason)}` : '';
  return `${STATES[state]}${where}${tries}${time}${why}`;
}

export interface TestLook {
  word: string;
  shape: string;
  bucket: 'ok' | 'attention' | 'bad' | 'no-signal';
}

export const TEST_LOOKS: Record<Test['outcome'], TestLook> = {
  passed: { word: 'passed', shape: 'dot', bucket: 'ok' },
  warning: { word: 'passed with a warning', shape: 'triangle', bucket: 'attention' },
  failed: { word: 'failed', shape: 'cross', bucket: 'bad' },
  invalid: { word: 'could not be run as it is written', shape: 'cross', bucket: 'bad' },
  running: { word: 'running', shape: 'half-outline', bucket: 'attention' },
  unknown: { word: 'no result', shape: 'question', bucket: 'no-signal' },
};

/** After so long without a report nobody tests any more. */
const SILENCE_MS = 14 * 86_400_000;

/** What is said where there is no row of a test. */
export function untestedText(tests: Tests | null, snapshot: Pick<Snapshot, 'sources' | 'generatedAt'>): string {
  if (!tests) return `Not known: ${unknownWhy(['konflux', 'gitlab'], snapshot)}.`;
  const said = 'Not tested: no result for this image was found.';
  if (!tests.lastReportAt) return said;
  const at = instantText(tests.lastReportAt);
  const isSilent = Date.parse(snapshot.generatedAt) - Date.parse(tests.lastReportAt) > SILENCE_MS;
  return `${said} ${isSilent ? `No public test report since ${at}.` : `The newest public test report, of another image, is of ${at}.`}`;
}

/** What happened, in a few words, as the heading of an incident. */
export function incidentTitle({ kind, what, reason, arches }: Incident): string {
  const name = what ? visible(what) : null;
  if (kind === 'test') return `Test ${name ?? 'without a name'} ${reason === 'invalid' ? 'cannot be run' : 'fails'}`;
  if (kind === 'promotion') return `Promotion fails${name ? ` at ${name}` : ''}`;
  const on = arches.length > 0 ? ` on ${arches.join(', ')}` : '';
  const why = reason ? `: ${visible(reason)}` : '';
  return name ? `${name} breaks${on}${why}` : `Builds break before any task we know of${why}`;
}

/** `3 images since 18 Nov 2026, 00:37 UTC (at least)`. */
export function incidentText({ struck, since, isLowerBound }: Incident): string {
  const images = `${struck.length} ${struck.length === 1 ? 'image' : 'images'}`;
  return since ? `${images}, since ${isLowerBound ? 'at least ' : ''}${instantText(since)}` : images;
}

/** One line for the board; null where nobody could tell, or nothing is wrong. */
export function incidentsText(incidents: readonly Incident[]): string | null {
  if (incidents.length === 0) return null;
  const images = new Set(incidents.flatMap(({ struck }) => struck.map(({ id }) => id))).size;
  const causes = `${incidents.length} ${incidents.length === 1 ? 'cause' : 'causes'}`;
  return `${causes} behind failing builds, tests and promotions of ${images} ${images === 1 ? 'image' : 'images'}`;
}
