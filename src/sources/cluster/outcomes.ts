import { z } from 'zod';
import { jsonOf } from '#sources/provenance/signature.ts';
import { redactLine } from '#sources/redact.ts';
import type { Promotion, Test } from '#status/run.ts';
import { Digest } from '#status/scalars.ts';
import { iso } from '#status/time.ts';
import { type BuildSet, conditionOf, Name, type Release, Time, wordOf } from './objects.ts';

/** Tests and promotions of an image, from the Snapshot that holds it and the Releases of that; pure. */

type UrlOf = (run: string) => string | null;

const STATUS = 'test.appstudio.openshift.io/status';
const MAX_TESTS = 50;

const Scenario = z.object({
  scenario: z.string().min(1).max(253),
  status: z.string().max(100),
  lastUpdateTime: Time.nullish().catch(null),
  completionTime: Time.nullish().catch(null),
  details: z.string().max(100_000).nullish().catch(null),
  testPipelineRunName: Name.nullish().catch(null),
  isOptionalScenario: z.boolean().nullish().catch(null),
});

const OUTCOMES: Readonly<Record<string, Test['outcome']>> = {
  TestPassed: 'passed',
  TestWarning: 'warning',
  TestFail: 'failed',
  TestInvalid: 'invalid',
  Pending: 'running',
  InProgress: 'running',
  BuildPLRInProgress: 'running',
};

/** One row a scenario; none where nothing was tested. */
export function testsOf(set: BuildSet, urlOf: UrlOf): Test[] {
  const value = jsonOf(new TextEncoder().encode(wordOf(set, STATUS) ?? '[]'));
  const rows = Array.isArray(value) ? value : [];
  return rows.slice(0, MAX_TESTS).flatMap((row) => {
    const parsed = Scenario.safeParse(row);
    return parsed.success ? [testOf(parsed.data, urlOf)] : [];
  });
}

function testOf(row: z.infer<typeof Scenario>, urlOf: UrlOf): Test {
  const outcome = OUTCOMES[row.status] ?? 'unknown';
  const at = row.completionTime ?? row.lastUpdateTime;
  const details = row.details ? redactLine(row.details) : null;
  return {
    scenario: redactLine(row.scenario, 253),
    source: 'konflux',
    outcome,
    isOptional: row.isOptionalScenario ?? false,
    at: at ? iso(Date.parse(at)) : null,
    url: row.testPipelineRunName ? urlOf(row.testPipelineRunName) : null,
    // A word that we have none for is shown as it came.
    detail: outcome === 'unknown' ? [redactLine(row.status, 100), details].filter(Boolean).join(': ') : details,
  };
}

/** Of the sets that a build led to, the one that holds the digest; the newest where several do. */
export function setOf(sets: readonly BuildSet[], digest: string): BuildSet | null {
  return (
    sets
      .filter(({ spec }) => spec.components?.some(({ containerImage }) => digestIn(containerImage) === digest))
      .sort((a, b) => createdMs(b) - createdMs(a))[0] ?? null
  );
}

/** The digest of `repository@sha256:…`. */
export function digestIn(image: string | null | undefined): string | null {
  const parsed = Digest.safeParse(image?.split('@')[1]);
  return parsed.success ? parsed.data : null;
}

const createdMs = ({ metadata }: { metadata: { creationTimestamp: string } }): number =>
  Date.parse(metadata.creationTimestamp);

const RANK: readonly Promotion['state'][] = ['failed', 'running', 'unknown', 'succeeded', 'skipped'];

/** The newest promotion of each plan, and of those the one that needs a look most. */
export function promotionOf(
  releases: readonly Release[],
  { digest, at, urlOf }: { digest: string | null; at: string; urlOf: UrlOf },
): Promotion | null {
  const oldestFirst = [...releases].sort((a, b) => createdMs(a) - createdMs(b));
  const ofPlans = [...new Map(oldestFirst.map((one) => [one.spec.releasePlan, one])).values()];
  const found = ofPlans.map((one) => promotionFrom(one, digest, at, urlOf));
  return found.sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state))[0] ?? null;
}

function promotionFrom(release: Release, digest: string | null, at: string, urlOf: UrlOf): Promotion {
  const { metadata, status } = release;
  const attempts = status?.managedPipelineAttempts ?? [];
  const last = attempts.at(-1);
  const state = stateOf(release);
  const open = openStep(release, state);
  const broke = state === 'failed' ? [last?.lastTask, last?.lastStep].filter(Boolean).join(', ') : '';
  const message = [state === 'failed' ? last?.failureReason : null, open?.message].filter(Boolean).join(': ');
  const time = (moment: string | null | undefined) => (moment ? iso(Date.parse(moment)) : null);
  return {
    checkedAt: at,
    name: metadata.name,
    state,
    step: redactLine(broke || open?.type || '', 300) || null,
    reason: redactLine(message) || null,
    attempts: attempts.length,
    startedAt: time(status?.startTime ?? metadata.creationTimestamp),
    endedAt: time(status?.completionTime),
    digest,
    url: urlOf(metadata.name),
  };
}

/** Running is told as False too: only the reason tells it from failure. */
function stateOf(release: Release): Promotion['state'] {
  const released = conditionOf(release, 'Released');
  if (!released) return release.status?.completionTime ? 'unknown' : 'running';
  if (released.status === 'True') return released.reason === 'Skipped' ? 'skipped' : 'succeeded';
  if (released.reason === 'Progressing') return 'running';
  if (released.reason === 'Skipped') return 'skipped';
  return released.status === 'False' && released.reason === 'Failed' ? 'failed' : 'unknown';
}

/** The part that is under way or broke; the whole where no part says so. */
function openStep(release: Release, state: Promotion['state']) {
  const reason = state === 'failed' ? 'Failed' : state === 'running' ? 'Progressing' : null;
  if (!reason) return null;
  const open = release.status?.conditions?.filter((one) => one.reason === reason) ?? [];
  return open.find(({ type }) => type !== 'Released') ?? open[0] ?? null;
}
