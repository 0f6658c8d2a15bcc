import { expect, test } from 'vitest';
import { baselinesOf, releaseBefore } from '#status/baseline.ts';
import { evidence } from '../../support/evidence.ts';
import { digest, hoursAgo, NOW, target } from '../../support/snapshot.ts';

const nowMs = Date.parse(NOW);
const move = (name: string, from: number, to: number | null) => ({
  digest: digest(name),
  from: hoursAgo(from),
  to: to === null ? null : hoursAgo(to),
});

/** Each baseline with the name of its digest. */
function found(history: ReturnType<typeof move>[]): [string, string][] {
  const names = new Map(['a', 'b', 'c', 'd'].map((name) => [digest(name), name]));
  const one = evidence(5, { digest: digest('a'), history });
  return baselinesOf(one, undefined, nowMs).map(({ since, digest: of }) => [since, names.get(of) ?? '?']);
}

test.each([
  [
    'a tag that moves daily',
    [move('a', 5, null), move('b', 29, 5), move('c', 180, 29)],
    [
      ['previous', 'b'],
      ['yesterday', 'b'],
      ['week', 'c'],
    ],
  ],
  [
    'a tag that has stood still for two days',
    [move('a', 50, null), move('b', 200, 50)],
    [
      ['previous', 'b'],
      ['yesterday', 'a'],
      ['week', 'b'],
    ],
  ],
  ['a tag with one image and a short memory', [move('a', 5, null)], []],
  [
    'a tag that was put back to what it had been: the other image is the one before',
    [move('a', 2, null), move('b', 4, 2), move('a', 30, 4)],
    [
      ['previous', 'b'],
      ['yesterday', 'a'],
    ],
  ],
  [
    'a tag that was moved twice to one image',
    [move('a', 2, null), move('a', 4, 2), move('c', 30, 4)],
    [
      ['previous', 'c'],
      ['yesterday', 'c'],
    ],
  ],
  ['a tag that pointed nowhere a day ago', [move('a', 5, null), move('b', 40, 30)], [['previous', 'b']]],
] as const)('holds %s against its past', (_, history, expected) => {
  expect(found([...history])).toEqual(expected);
});

test('holds an image against the release before as it is today', () => {
  const before = evidence(9, { id: 'development/standard/44', digest: digest('before') });
  expect(baselinesOf(evidence(5), before, nowMs).at(-1)).toEqual({
    since: 'release',
    with: 'development/standard/44',
    digest: digest('before'),
    at: hoursAgo(9),
  });
  expect(baselinesOf(evidence(5), { ...before, digest: null }, nowMs).map(({ since }) => since)).not.toContain(
    'release',
  );
});

test.each([
  ['development/standard/45', 'development/standard/44'],
  ['development/standard/43', 'development/standard/9'],
  ['development/standard/9', undefined],
  ['development/standard/rawhide', undefined],
  ['development/minimal/45', undefined],
])('the release before %s is %s', (id, expected) => {
  const ids = ['9', '43', '45', '44', 'rawhide', 'eln'].map((release) => `development/standard/${release}`);
  const targets = [...ids, 'production/standard/44', 'production/minimal/44'].map((one) => target(one));
  expect(releaseBefore(target(id), targets)?.id).toBe(expected);
});
