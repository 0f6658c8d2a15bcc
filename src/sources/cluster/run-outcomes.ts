import type { Evidence } from '#status/facets.ts';
import type { Promotion, Tests } from '#status/run.ts';
import type { Target } from '#status/targets.ts';
import { type Asker, newestOf } from './ask.ts';
import { BuildSet, Release } from './objects.ts';
import { promotionOf, setOf, testsOf } from './outcomes.ts';

/** Tests and promotion of an image: asked for until they are final, then once a day. */

const HOUR_MS = 3_600_000;
const YOUNG_MS = 24 * HOUR_MS;
const AGAIN_MS = 6 * HOUR_MS;
const FINAL = ['succeeded', 'failed', 'skipped'];

export interface Words {
  target: string;
  at: string;
  testUrl: (run: string) => string | null;
  promotionUrl: (name: string) => string | null;
}

/** Tests and promotion of the image that the tag points at; of an image before it they are dropped. */
export async function withOutcomes(
  asked: Asker,
  { namespace, component }: NonNullable<Target['konflux']>,
  evidence: Evidence,
  words: Words,
): Promise<Evidence> {
  const { digest, build } = evidence;
  const known = withoutOthers(evidence);
  if (!digest || !build) return known;
  if (isSettled(known, words.at)) return known;
  const selector = build.of
    ? `appstudio.openshift.io/build-pipelinerun=${build.of.name}`
    : `appstudio.openshift.io/component=${component}`;
  const sets = await newestOf(asked, { namespace, kind: 'snapshots' }, words.target, (client) =>
    client.list(namespace, 'snapshots', BuildSet, { labelSelector: selector }),
  );
  if (!sets) return known;
  const set = setOf(sets, digest);
  const buildSet = { of: digest, name: set?.metadata.name ?? null, at: words.at };
  const seen = { ...known, build: { ...build, buildSet } };
  if (!set) return { ...seen, ...outcomesOf(evidence.tests, null, null) };
  const tests = { checkedAt: words.at, of: testsOf(set, words.testUrl) };
  const releases = await newestOf(asked, { namespace, kind: 'releases' }, words.target, (client) =>
    client.list(namespace, 'releases', Release, {
      labelSelector: `release.appstudio.openshift.io/snapshot=${set.metadata.name}`,
    }),
  );
  const urls = { digest, at: words.at, urlOf: words.promotionUrl };
  const promotion = releases ? promotionOf(releases, urls) : known.promotion;
  return { ...seen, ...outcomesOf(evidence.tests, tests, promotion) };
}

/** The evidence without tests and promotion of an image that the tag no longer points at. */
export function withoutOthers(evidence: Evidence): Evidence {
  const { digest, build, tests } = evidence;
  const isOwn = digest !== null && build?.buildSet?.of === digest;
  return isOwn ? evidence : { ...evidence, ...outcomesOf(tests, null, null) };
}

/** Tests of other sources stay. */
function outcomesOf(
  before: Tests | null,
  tests: Pick<Tests, 'checkedAt' | 'of'> | null,
  promotion: Promotion | null,
): Pick<Evidence, 'tests' | 'promotion'> {
  const others = before?.of.filter(({ source }) => source !== 'konflux') ?? [];
  if (!tests) return { tests: before && others.length > 0 ? { ...before, of: others } : null, promotion };
  return { tests: { lastReportAt: null, ...before, ...tests, of: [...tests.of, ...others].slice(0, 50) }, promotion };
}

/** Whether another question could show nothing new so soon. */
function isSettled({ build, tests, promotion, taggedAt }: Evidence, now: string): boolean {
  const asked = build?.buildSet;
  if (!asked) return false;
  const age = Date.parse(now) - Date.parse(asked.at);
  const own = tests?.of.filter(({ source }) => source === 'konflux') ?? [];
  const isTested = own.length > 0 && own.every(({ outcome }) => outcome !== 'running');
  if (isTested && promotion !== null && FINAL.includes(promotion.state)) return age < YOUNG_MS;
  const isYoung = taggedAt !== null && Date.parse(now) - Date.parse(taggedAt) < YOUNG_MS;
  return !isYoung && age < AGAIN_MS;
}
