import { expect, test } from 'vitest';
import { deltaOf } from '#status/delta.ts';
import { deltaRows, versionsText } from '#status/delta-rows.ts';
import { movesOf, namedImages } from '#status/moves.ts';
import { packageList } from '../../support/packages.ts';
import { digest, hoursAgo, image } from '../../support/snapshot.ts';

const ID = 'development/standard/44';
const history = Array.from({ length: 20 }, (_, index) => ({
  digest: digest(`${index}`),
  from: hoursAgo(24 * index + 5),
  to: index === 0 ? null : hoursAgo(24 * index - 19),
}));

test('names the newest moves only, and every image at either end of one', () => {
  const one = image(ID, 'fresh', { digest: digest('0'), taggedAt: hoursAgo(5), history });
  const moves = movesOf(one);
  expect(moves).toHaveLength(6);
  expect(moves[0]).toEqual({ from: digest('1'), to: digest('0'), at: hoursAgo(5) });
  const named = namedImages(one);
  expect(named.map((each) => each.digest)).toEqual(['0', '1', '2', '3', '4', '5', '6'].map((name) => digest(name)));
  expect(named[6]).toEqual({ target: ID, digest: digest('6'), at: hoursAgo(149) });
});

test('does not count it as a move that a tag was set to what it was', () => {
  const again = [{ digest: digest('0'), from: hoursAgo(1), to: null }, ...history.slice(0, 1)];
  expect(movesOf({ history: again })).toEqual([]);
});

test('names the images that it was held against, but not those of other targets', () => {
  const held = { since: 'week' as const, with: null, of: null, digest: digest('old'), at: hoursAgo(200), arches: [] };
  const one = image(ID, 'fresh', { changes: [held, { ...held, with: 'production/a/1', digest: digest('other') }] });
  expect(namedImages(one).map((each) => each.digest)).toEqual([one.digest, digest('old')]);
  expect(namedImages(image(ID, 'missing'))).toEqual([]);
});

test('makes one row of what is alike on several architectures, downgrades first', () => {
  const delta = (from: string[], to: string[]) =>
    deltaOf(packageList('', 'x86_64', ...from).packages, packageList('', 'x86_64', ...to).packages);
  const rows = deltaRows(
    new Map([
      ['x86_64', delta(['a-1-1.noarch', 'z-2-1.x86_64'], ['a-2-1.noarch', 'z-1-1.x86_64', 'b-1-1.noarch'])],
      ['aarch64', delta(['a-1-1.noarch', 'c-1-1.aarch64'], ['a-2-1.noarch'])],
    ]),
  );
  expect(rows.map((row) => `${row.kind} ${row.name} ${versionsText(row)} ${row.arches}`)).toEqual([
    'downgraded z 2-1 → 1-1 x86_64',
    'upgraded a 1-1 → 2-1 x86_64,aarch64',
    'added b 1-1 x86_64',
    'removed c 1-1 aarch64',
  ]);
});
