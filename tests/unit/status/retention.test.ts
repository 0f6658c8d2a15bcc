import { expect, test } from 'vitest';
import { isKept, Naming, namedBy } from '#status/retention.ts';
import { digest, hoursAgo, image, NOW, snapshot } from '../../support/snapshot.ts';

const moves = (count: number, hours: number) =>
  Array.from({ length: count }, (_, n) => ({ digest: digest(`move ${n}`), from: hoursAgo(n * hours), to: null }));
const named = (change: object) => namedOf(change).digests;
const namedOf = (change: object) =>
  namedBy({
    generatedAt: NOW,
    images: [
      Naming.shape.images.element.parse({ ...image('a/b/1'), digest: null, lastSeen: null, history: [], ...change }),
    ],
  });

test('keeps what a tag is, what it was last seen as, its newest moves, and what it was a week ago', () => {
  expect(named({ digest: digest('now'), lastSeen: { digest: digest('seen') } })).toEqual(
    new Set([digest('now'), digest('seen')]),
  );
  const busy = named({ history: moves(100, 6) });
  expect(busy.size).toBe(15);
  expect(busy).toContain(digest('move 13'));
  expect(busy).toContain(digest('move 28'));
  expect(named({ history: moves(3, 24) }).size).toBe(3);
});

test('a whole snapshot tells its digests', () => {
  expect(namedBy(Naming.parse(snapshot([image('production/standard/44')]))).digests.size).toBeGreaterThan(0);
});

test('runs that an image tells of are kept, and the one that gave it when the list is over it', () => {
  const change = { attempts: [{ name: 'failed-1' }, { name: 'failed-2' }], build: { of: { name: 'gave-it' } } };
  expect(namedOf(change).runs).toEqual(new Set(['failed-1', 'failed-2', 'gave-it']));
  expect(namedOf({ attempts: [], build: null }).runs.size).toBe(0);
});

test('of a pipeline all versions that are told of are kept', () => {
  const pipelines = [
    { digest: digest('now'), versions: [{ digest: digest('now') }, { digest: digest('before') }] },
    { digest: null, versions: [] },
  ];
  expect(namedBy({ generatedAt: NOW, images: [], pipelines }).digests).toEqual(
    new Set([digest('now'), digest('before')]),
  );
});

const HEX = 'a'.repeat(64);
test.each([
  [`packages/${HEX}/x86_64.json`, true],
  [`recordings/${HEX}.json`, true],
  [`packages/${'b'.repeat(64)}/x86_64.json`, false],
  [`recordings/${'b'.repeat(64)}.json`, false],
  [`scans/${'b'.repeat(64)}.json`, false],
  [`bases/${'b'.repeat(64)}.json`, false],
  [`scans/${HEX}.json`, true],
  [`pipelines/${HEX}.json`, true],
  [`pipelines/${'b'.repeat(64)}.json`, false],
  ['updates/45.json', true],
  ['recordings/run-on-push-known.json', true],
  ['recordings/run-on-push-forgotten.json', false],
  [`recordings/run-${HEX}.json`, false],
])('%s stays: %s', (name, stays) => {
  expect(isKept(name, { digests: new Set([`sha256:${HEX}`]), runs: new Set(['on-push-known']) })).toBe(stays);
});
