import { expect, test } from 'vitest';
import { blank } from '#sources/evidence.ts';
import type { Evidence } from '#status/facets.ts';
import type { Release } from '#status/model.ts';
import { Build } from '#status/run.ts';
import { Sbom } from '#status/sbom.ts';
import { bucketOf, STATE_CODES, type State } from '#status/states.ts';
import type { Target } from '#status/targets.ts';
import { timeline } from '#status/timeline.ts';
import { archVerdict, judged, verdict } from '#status/verdict.ts';
import { attempts, ended, evidence, HOUR_MS, ID, later } from '../../support/evidence.ts';
import { digest, hoursAgo, NOW, signature, target } from '../../support/snapshot.ts';

const SUPPORTED: Release = { id: '45', name: 'Fedora 45', state: 'supported', eolAt: null };
const WATCHED = target(ID);
const FREEZE = { freeze: [{ from: hoursAgo(240), to: later(72 * HOUR_MS), reason: 'final freeze' }] };
const UNPOLLED = blank(WATCHED);
const older = (hours: number) =>
  evidence().arches.map((one) => (one.arch === 's390x' ? { ...one, createdAt: hoursAgo(5 + hours) } : one));
const without = evidence().arches.map((one) =>
  one.arch === 's390x' ? { ...one, digest: null, createdAt: null } : one,
);
const unread = evidence().arches.map((one) => (one.arch === 's390x' ? { ...one, size: null, createdAt: null } : one));
const counterpart = (hours: number) => ({
  id: 'production/standard/45',
  digest: digest('other'),
  createdAt: hoursAgo(hours),
});
const ABSENT = Sbom.parse({ state: 'absent', digest: null });

interface Row {
  state: State;
  title: string;
  image?: Evidence;
  target?: Partial<Target>;
  release?: Partial<Release>;
  now?: string;
}

/** Every headline with its boundaries; 1 ms on either side where time decides. */
const ROWS: Row[] = [
  { state: 'not-planned', title: 'the plan says no', target: { plan: 'not-planned' } },
  {
    state: 'not-planned',
    title: 'the plan says no, whatever the release',
    target: { plan: 'not-planned' },
    release: { state: 'eol' },
  },
  {
    state: 'exempt',
    title: 'waived',
    image: evidence(500),
    target: { plan: { exempt: { until: '2026-11-21', issue: 'https://issues.example/1' } } },
  },
  {
    state: 'stale',
    title: 'the waiver has expired',
    image: evidence(500),
    target: { plan: { exempt: { until: '2026-11-20', issue: 'https://issues.example/1' } } },
  },
  { state: 'retired', title: 'retired today', target: { plan: { retired: '2026-11-21' } } },
  { state: 'fresh', title: 'retires tomorrow', target: { plan: { retired: '2026-11-22' } } },
  { state: 'eol', title: 'the day after its last day', image: evidence(500), release: { eolAt: '2026-11-20' } },
  { state: 'fresh', title: 'on its last day', release: { eolAt: '2026-11-21' } },
  { state: 'eol', title: 'archived without a date', release: { state: 'eol' } },
  { state: 'unknown-never', title: 'never polled', image: UNPOLLED },
  { state: 'unknown-source', title: 'never answered', image: ended(UNPOLLED, 'failed') },
  {
    state: 'unknown-source',
    title: 'failed, 8 h and 1 ms without data',
    image: ended(ended(evidence(), 'ok', 8), 'failed'),
    now: later(1),
  },
  { state: 'fresh', title: 'failed, 8 h without data', image: ended(ended(evidence(), 'ok', 8), 'failed') },
  { state: 'unknown-source', title: 'an arch could not be read', image: evidence(5, { arches: unread }) },
  {
    state: 'stale',
    title: 'an arch could not be read, and the tag is too old anyway',
    image: evidence(90, { arches: unread }),
  },
  { state: 'unknown-auth', title: 'denied', image: ended(UNPOLLED, 'denied') },
  { state: 'unknown-parse', title: 'unreadable', image: ended(evidence(), 'unreadable') },
  { state: 'withdrawn', title: 'the tag was seen and is gone', image: ended(evidence(), 'absent') },
  { state: 'withdrawn', title: 'the repository was seen and cannot be read', image: ended(evidence(), 'hidden') },
  {
    state: 'withdrawn',
    title: 'gone, and then the source failed',
    image: ended(ended(evidence(), 'absent', 1), 'failed'),
  },
  { state: 'missing', title: 'the tag was never seen', image: ended(UNPOLLED, 'absent') },
  { state: 'missing', title: 'the repository is missing or private', image: ended(UNPOLLED, 'hidden') },
  { state: 'arch-missing', title: 'an arch is not in the index', image: evidence(5, { arches: without }) },
  {
    state: 'unknown-source',
    title: 'the index could not be read, so no arch is called missing, and none good',
    image: evidence(5, { arches: without, platforms: null }),
  },
  { state: 'stale', title: '72 h and 1 ms old', image: evidence(72), now: later(1) },
  { state: 'aging', title: '72 h old', image: evidence(72) },
  {
    state: 'failing',
    title: 'three failures in a row',
    image: evidence(5, { attempts: attempts('failed', 'failed', 'failed', 'ok') }),
  },
  {
    state: 'failing',
    title: 'a running attempt does not excuse three failures',
    image: evidence(5, { attempts: attempts('running', 'failed', 'failed', 'failed') }),
  },
  {
    state: 'trust-failed',
    title: 'a bad signature',
    image: evidence(5, { signature: signature('failed') }),
  },
  { state: 'freeze', title: 'stale in a freeze', image: evidence(100), target: FREEZE },
  { state: 'aging', title: 'aging in a freeze', image: evidence(40), target: FREEZE },
  { state: 'stale', title: 'at the end of the freeze', image: evidence(100), target: FREEZE, now: later(72 * HOUR_MS) },
  {
    state: 'failing-fresh',
    title: 'two failures in a row',
    image: evidence(5, { attempts: attempts('failed', 'failed', 'ok') }),
  },
  {
    state: 'fresh',
    title: 'cancelled attempts are no failures',
    image: evidence(5, { attempts: attempts('cancelled', 'ok') }),
  },
  { state: 'skewed', title: 'an arch 24 h and 1 min behind', image: evidence(5, { arches: older(24 + 1 / 60) }) },
  { state: 'fresh', title: 'an arch 24 h behind', image: evidence(5, { arches: older(24) }) },
  {
    state: 'unpromoted',
    title: 'production over its budget behind',
    image: evidence(5, { counterpart: counterpart(78) }),
    target: { promotionBudgetMs: 72 * HOUR_MS },
  },
  {
    state: 'fresh',
    title: 'production within its budget behind',
    image: evidence(5, { counterpart: counterpart(77) }),
    target: { promotionBudgetMs: 72 * HOUR_MS },
  },
  { state: 'fresh', title: 'production behind, no budget', image: evidence(5, { counterpart: counterpart(900) }) },
  { state: 'aging', title: '36 h and 1 ms old', image: evidence(36), now: later(1) },
  { state: 'fresh', title: '36 h old', image: evidence(36) },
  {
    state: 'untrusted',
    title: 'an expected SBOM is absent',
    image: evidence(5, { sbom: ABSENT }),
    target: { expect: ['sbom'] },
  },
  { state: 'fresh', title: 'an SBOM is absent that nobody expects', image: evidence(5, { sbom: ABSENT }) },
  { state: 'fresh', title: 'an expected SBOM was not looked for', target: { expect: ['sbom'] } },
  {
    state: 'flaky',
    title: 'two changes in five attempts',
    image: evidence(5, { attempts: attempts('ok', 'failed', 'ok', 'ok', 'ok') }),
  },
  {
    state: 'fresh',
    title: 'one change in five attempts',
    image: evidence(5, { attempts: attempts('ok', 'ok', 'ok', 'failed', 'failed') }),
  },
  { state: 'fresh', title: 'nothing is known against it' },
];

test.each(ROWS)('$state: $title', ({ state, image = evidence(), now = NOW, ...given }) => {
  const found = verdict(image, { ...WATCHED, ...given.target }, { ...SUPPORTED, ...given.release }, now);
  expect(found.state).toBe(state);
  expect(found.bucket).toBe(bucketOf(state));
  expect(found.reason.length).toBeGreaterThan(3);
});

test('has a row for every state', () => {
  expect(STATE_CODES.filter((state) => !ROWS.some((row) => row.state === state))).toEqual([]);
});

test.each(ROWS.filter(({ state }) => bucketOf(state) === 'bad'))(
  'is not bad where it is not confirmed that it is still built: $title',
  ({ image = evidence(), now = NOW, ...given }) => {
    const unconfirmed = { ...WATCHED, ...given.target, confirmed: false, why: 'not settled' };
    const found = verdict(image, unconfirmed, { ...SUPPORTED, ...given.release }, now);
    expect(['ok', 'attention', 'no-signal']).toContain(found.bucket);
    expect(found.reason).toContain('Not confirmed that this is still built.');
  },
);

test('judges each arch by its own date and presence', () => {
  const image = evidence(5, { arches: older(80) });
  expect(archVerdict(image, 's390x', WATCHED, SUPPORTED, NOW).state).toBe('stale');
  expect(archVerdict(image, 'x86_64', WATCHED, SUPPORTED, NOW).state).toBe('fresh');
  const states = judged(evidence(5, { arches: without }), WATCHED, SUPPORTED, NOW).arches.map(
    ({ arch, verdict: v }) => [arch, v.state],
  );
  expect(states).toEqual([
    ['x86_64', 'fresh'],
    ['aarch64', 'fresh'],
    ['ppc64le', 'fresh'],
    ['s390x', 'arch-missing'],
  ]);
});

test('says since when, and whether it can only be earlier', () => {
  const since = (image: Evidence) => verdict(image, WATCHED, SUPPORTED, NOW);
  expect(since(evidence(80))).toMatchObject({ since: hoursAgo(8), sinceIsLowerBound: false });
  expect(since(ended(ended(evidence(), 'absent', 6), 'absent'))).toMatchObject({
    since: hoursAgo(6),
    sinceIsLowerBound: true,
  });
  expect(since(evidence(5, { attempts: attempts('failed', 'failed', 'failed') }))).toMatchObject({
    since: hoursAgo(3),
    sinceIsLowerBound: true,
  });
  expect(since(evidence(5, { attempts: attempts('failed', 'ok') }))).toMatchObject({
    since: hoursAgo(1),
    sinceIsLowerBound: false,
  });
});

test('foresees the headlines to come', () => {
  expect(timeline(evidence(5), WATCHED, SUPPORTED, NOW).map(({ at, state }) => [at, state])).toEqual([
    [later(31 * HOUR_MS), 'aging'],
    [later(67 * HOUR_MS), 'stale'],
  ]);
  expect(timeline(evidence(60), { ...WATCHED, ...FREEZE }, SUPPORTED, NOW).map(({ state }) => state)).toEqual([
    'freeze',
    'stale',
  ]);
  expect(timeline(evidence(5), WATCHED, { ...SUPPORTED, eolAt: '2026-11-21' }, NOW).map(({ state }) => state)).toEqual([
    'eol',
  ]);
  expect(timeline(ended(evidence(), 'failed'), WATCHED, SUPPORTED, NOW)[0]).toMatchObject({
    state: 'unknown-source',
    at: later(8 * HOUR_MS),
  });
  expect(verdict(evidence(5), WATCHED, SUPPORTED, NOW).nextTransitionAt).toBe(later(31 * HOUR_MS));
  expect(timeline(UNPOLLED, WATCHED, SUPPORTED, NOW)).toEqual([]);
});

test('a change that was foreseen comes at its moment and not before', () => {
  for (const { at, state } of timeline(evidence(5), WATCHED, SUPPORTED, NOW)) {
    expect(verdict(evidence(5), WATCHED, SUPPORTED, at).state).not.toBe(state);
    expect(verdict(evidence(5), WATCHED, SUPPORTED, new Date(Date.parse(at) + 1).toISOString()).state).toBe(state);
  }
});

test('a streak that is longer than the list of attempts began when the build says', () => {
  const build = Build.parse({
    checkedAt: NOW,
    current: null,
    of: null,
    failingSince: hoursAgo(99),
    isLowerBound: false,
  });
  const long = evidence(5, { attempts: attempts('failed', 'failed', 'failed'), build });
  expect(verdict(long, WATCHED, SUPPORTED, NOW)).toMatchObject({
    state: 'failing',
    reason: '3 attempts failed, for 4 d.',
    since: hoursAgo(99),
    sinceIsLowerBound: false,
  });
  const mended = evidence(5, { attempts: attempts('ok', 'failed'), build });
  expect(verdict(mended, WATCHED, SUPPORTED, NOW).facets.attempt).toMatchObject({ value: 'ok', since: null });
});
