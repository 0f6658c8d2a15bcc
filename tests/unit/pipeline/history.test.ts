import { expect, test } from 'vitest';
import { versionsAt } from '#pipeline/history.ts';
import { SeenPipeline } from '#status/pipeline.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const at = (hour: number) => `2026-11-21T${String(hour).padStart(2, '0')}:00:00Z`;

/** A pipeline that was read; its versions newest first: digest, first and last hour. */
function seen(id: string, versions: [string, number, number][], more: object = {}) {
  return SeenPipeline.parse({
    ...{ id, state: 'read', why: null, kind: 'bundle', place: 'quay.io/a/b:1', readAt: at(9), given: [] },
    digest: versions[0] ? digest(versions[0][0]) : null,
    namedBy: { url: `https://forge/${id}`, commit: null, changedAt: null },
    versions: versions.map(([letter, first, last]) => ({
      ...{ digest: digest(letter), firstSeenAt: at(first), lastSeenAt: at(last) },
    })),
    ...more,
  });
}

const told = (own: SeenPipeline, ...others: SeenPipeline[]) =>
  versionsAt(own, [own, ...others]).map((one) => [
    `${one.digest[7]} ${Number(one.firstSeenAt.slice(11, 13))}-${Number(one.lastSeenAt.slice(11, 13))}`,
    one.seenFor.join(),
    one.namedBy.map(({ url }) => url.slice(14)).join(),
  ]);

test('two that read the same bundle have one history, and who names it is known of the newest', () => {
  const [old, late] = [
    seen('old', [
      ['c', 5, 8],
      ['b', 3, 4],
      ['a', 1, 2],
    ]),
    seen('late', [['c', 7, 9]]),
  ];
  expect(told(late, old)).toEqual([
    ['c 5-9', 'old,late', 'old,late'],
    ['b 3-4', 'old', ''],
    ['a 1-2', 'old', ''],
  ]);
  expect(told(old, late).map(([version]) => version)).toEqual(['c 5-9', 'b 3-4', 'a 1-2']);
});

test('a version that came back has begun anew', () => {
  const own = seen('own', [
    ['a', 5, 6],
    ['b', 3, 4],
    ['a', 1, 2],
  ]);
  const other = seen('other', [
    ['a', 5, 7],
    ['b', 4, 4],
  ]);
  expect(told(own, other).map(([version]) => version)).toEqual(['a 5-7', 'b 3-4', 'a 1-2']);
});

test.each([
  ['another place', { place: 'quay.io/a/c:1' }],
  ['another kind of place', { kind: 'file' }],
  ['no known place', { kind: null, place: null }],
])('the history of %s is not joined', (_, more) => {
  const own = seen('own', [['b', 3, 4]]);
  expect(told(own, seen('other', [['a', 1, 2]], more))).toEqual([['b 3-4', 'own', 'own']]);
});

test('runs and unknown places have a history of their own, whatever they are called', () => {
  for (const more of [{ kind: 'run' }, { kind: null, place: null }])
    expect(told(seen('own', [['b', 3, 4]], more), seen('other', [['a', 1, 2]], more))).toHaveLength(1);
});

test('who names an older version is not known', () => {
  const behind = seen('own', [['b', 3, 4]], { digest: digest('c') });
  expect(told(behind)).toEqual([['b 3-4', 'own', '']]);
});
