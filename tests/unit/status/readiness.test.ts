import { expect, test } from 'vitest';
import { longestGaps } from '#status/gaps.ts';
import type { Event } from '#status/history.ts';
import type { Image } from '#status/model.ts';
import { buildFigures, lengthsOf, parityFigures, problemFigures, shareOf, trustFigures } from '#status/readiness.ts';
import { Attempt } from '#status/run.ts';
import { attempts, HOUR_MS } from '../../support/evidence.ts';
import { digest, hoursAgo, image, NOW, signature, target } from '../../support/snapshot.ts';

const BASE = 'development/standard/45';
const failedOn = (...arches: string[]) => ({
  task: 'build',
  arch: null,
  arches,
  reason: null,
  message: null,
  log: null,
});

/** Runs of an hour each, from newest to oldest, with what is said of each. */
function runs(...changes: Partial<Attempt>[]): Attempt[] {
  return changes.map((change, index) =>
    Attempt.parse({ ...attempts('ok')[0], name: `run-${index}`, startedAt: hoursAgo(index + 1), ...change }),
  );
}

function moved(to: string, hours: number): Event {
  const at = hoursAgo(hours);
  const id = digest(`${to}${hours}`).slice(7, 39);
  return { schema: 1, at, observedAt: at, id, type: 'tag.moved', target: to, source: 'quay' };
}

test('a share of too few cases is none, and says how many there were', () => {
  expect(shareOf(3, 4)).toEqual({ count: 3, n: 4, share: null });
  expect(shareOf(3, 5)).toEqual({ count: 3, n: 5, share: 0.6 });
  expect(shareOf(0, 0)).toEqual({ count: 0, n: 0, share: null });
});

test.each([
  [[], { n: 0, medianMs: null, longestMs: null }],
  [[9, 1, 5, 2], { n: 4, medianMs: null, longestMs: null }],
  [[9, 1, 5, 2, 3], { n: 5, medianMs: 3, longestMs: 9 }],
  [[9, 1, 5, 2, 3, 40], { n: 6, medianMs: 4, longestMs: 40 }],
])('the median of %j', (lengths, said) => {
  expect(lengthsOf(lengths)).toEqual(said);
});

test('builds count where they ended well or failed, and each of them once', () => {
  const some = attempts('running', 'ok', 'failed', 'cancelled', 'ok', 'ok', 'failed');
  const twice = [...some, ...some.slice(1, 2)];
  const { variants, all, from, to } = buildFigures([image(BASE, 'fresh', { attempts: twice })], NOW);
  expect(all).toEqual({ count: 3, n: 5, share: 0.6 });
  expect(variants.map(({ variant, good }) => [variant, good.n])).toEqual([['standard', 5]]);
  expect([from, to]).toEqual([hoursAgo(7), hoursAgo(2)]);
});

test('a build that began after the snapshot is no case: some clock is wrong', () => {
  const some = runs({ startedAt: hoursAgo(-1) }, { startedAt: hoursAgo(3) });
  expect(buildFigures([image(BASE, 'fresh', { attempts: some })], NOW).all).toEqual({ count: 1, n: 1, share: null });
});

test('images that have ended or are not confirmed blur no figure', () => {
  const unconfirmed = image(BASE, 'fresh', { attempts: attempts('failed') });
  unconfirmed.verdict.facets.plan.confirmed = false;
  const ended = image('development/standard/42', 'eol', { attempts: attempts('failed') });
  expect(buildFigures([unconfirmed, ended], NOW).all.n).toBe(0);
  expect(trustFigures([unconfirmed, ended])).toEqual([]);
});

test('a failure counts on each architecture that it names, and those that name none are told', () => {
  const some = runs(
    { outcome: 'failed', failure: Attempt.shape.failure.parse(failedOn('s390x', 'ppc64le')) },
    { outcome: 'failed', failure: Attempt.shape.failure.parse({ ...failedOn(), arch: 's390x' }) },
    { outcome: 'failed', failure: null },
    { outcome: 'ok', failure: Attempt.shape.failure.parse(failedOn('x86_64')) },
    { outcome: 'ok' },
  );
  const { arches, unplaced } = buildFigures([image(BASE, 'fresh', { attempts: some })], NOW);
  expect(arches.map(({ arch, broke }) => [arch, broke.count, broke.n])).toEqual([
    ['x86_64', 0, 5],
    ['aarch64', 0, 5],
    ['ppc64le', 1, 5],
    ['s390x', 2, 5],
  ]);
  expect(unplaced).toBe(1);
});

test('the way from a build to its tag is measured to the first time that the tag pointed there', () => {
  const of = ['a', 'b', 'c', 'd', 'e', 'f'].map(digest);
  const some = runs(...of.map((one, index) => ({ digest: one, startedAt: hoursAgo(10 * index + 8) })));
  // After 1, 2, 3, 4 and 5 hours; the sixth seems to have been tagged before it was built.
  const history = of.map((one, index) => ({ digest: one, from: hoursAgo(10 * index + 8 - (index + 1)), to: null }));
  history[5] = { digest: of[5] ?? '', from: hoursAgo(90), to: null };
  const rolledBack = { digest: of[1] ?? '', from: hoursAgo(0.5), to: null };
  const { lead } = buildFigures([image(BASE, 'fresh', { attempts: some, history: [rolledBack, ...history] })], NOW);
  expect(lead).toEqual({ n: 5, medianMs: 3 * HOUR_MS, longestMs: 5 * HOUR_MS });
});

test('without history and runs every figure is empty and none is invented', () => {
  expect(buildFigures([], NOW)).toEqual({
    ...{ variants: [], arches: [], all: { count: 0, n: 0, share: null } },
    ...{ lead: { n: 0, medianMs: null, longestMs: null }, unplaced: 0, from: null, to: null },
  });
  expect(longestGaps([], [], [], NOW)).toEqual([]);
  expect(trustFigures([])).toEqual([]);
  expect(parityFigures([])).toEqual({ equal: 0, differs: 0, unknown: 0 });
  expect(problemFigures([])).toEqual([]);
});

test('the longest gap is told by the registry and our own history together, each move once', () => {
  const one = image(BASE, 'fresh', {
    history: [
      { digest: digest('b'), from: hoursAgo(10), to: null },
      { digest: digest('a'), from: hoursAgo(30), to: hoursAgo(10) },
    ],
  });
  const events = [moved(BASE, 30), moved(BASE, 80), moved('development/minimal/45', 500), moved(BASE, -5)];
  expect(longestGaps([one], [target(BASE)], events, NOW)).toMatchObject([
    { id: BASE, ms: 50 * HOUR_MS, from: hoursAgo(80), to: hoursAgo(30), moves: 3, since: hoursAgo(80) },
  ]);
});

test('a gap that lasts is as long as the time until now', () => {
  const one = image(BASE, 'stale', { history: [{ digest: digest('a'), from: hoursAgo(150), to: null }] });
  expect(longestGaps([one], [target(BASE)], [], NOW)).toMatchObject([{ ms: 150 * HOUR_MS, to: null, moves: 1 }]);
});

test('one gap stands for all images of a kind, the longest against what is expected first', () => {
  const still = (id: string, hours: number) =>
    image(id, 'fresh', { history: [{ digest: digest(id), from: hoursAgo(hours), to: null }] });
  const stream = target('production/coreos/stable', {
    cadence: { expectMs: 336 * HOUR_MS, freshMs: 400 * HOUR_MS, staleMs: 500 * HOUR_MS },
  });
  const images = [
    still(BASE, 40),
    still('development/standard/44', 60),
    still(stream.id, 300),
    still('x/unknown/1', 9),
  ];
  const gaps = longestGaps(images, [target(BASE), target('development/standard/44'), stream], [], NOW);
  expect(gaps.map(({ id }) => id)).toEqual(['development/standard/44', stream.id]);
});

test('what nobody looked at is no case of a missing proof, and what is wrong is not absent', () => {
  const states = ['verified', 'present-unverified', 'absent', 'failed', 'not-checked'] as const;
  const images: Image[] = states.map((state, index) =>
    image(`development/standard/${40 + index}`, 'fresh', { signature: signature(state), sbom: null }),
  );
  const unpublished = image('development/minimal/45', 'missing');
  expect(trustFigures([...images, unpublished])).toMatchObject([
    {
      channel: 'development',
      images: 5,
      proofs: {
        signature: { count: 3, n: 4, share: 0.75, verified: 1, failed: 1 },
        provenance: { count: 0, n: 0, share: null },
        sbom: { n: 0, share: null },
      },
    },
  ]);
});

test('parity counts only the images of Konflux', () => {
  const parity = { olderByMs: null, trust: null, of: null, digest: null, arches: [] };
  const same = { ...parity, with: 'production/standard/45', sameDigest: true };
  expect(
    parityFigures([
      image(BASE, 'fresh', { parity: same }),
      image('development/standard/44', 'fresh', { parity: { ...same, sameDigest: null } }),
      image('mirror/standard/45', 'fresh', { parity: same }),
      image('development/minimal/45'),
    ]),
  ).toEqual({ equal: 1, differs: 0, unknown: 1 });
});

test('open problems are counted by source, with the oldest', () => {
  const problem = (source: 'quay' | 'oci', hours: number) => ({
    ...{ source, target: null, kind: 'timeout', message: 'No answer.', action: 'Wait.', since: hoursAgo(hours) },
  });
  expect(problemFigures([problem('oci', 2), problem('quay', 1), problem('quay', 9)])).toEqual([
    { source: 'quay', open: 2, since: hoursAgo(9) },
    { source: 'oci', open: 1, since: hoursAgo(2) },
  ]);
});
