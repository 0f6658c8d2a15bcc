import { expect, test } from 'vitest';
import { snapshotOptions, UsageError } from '#host/options.ts';

test('has defaults for everything', () => {
  expect(snapshotOptions([])).toMatchObject({
    targets: 'content/status/targets.yaml',
    out: 'content/status',
    cache: '.cache',
    only: undefined,
    shard: undefined,
    offline: false,
    json: false,
  });
});

test('who names other targets has other blockers, or none', () => {
  expect(snapshotOptions([]).blockers).toBe('content/blockers.yaml');
  expect(snapshotOptions(['--targets', 'mine.yaml']).blockers).toBeUndefined();
  expect(snapshotOptions(['--targets', 'mine.yaml', '--blockers', 'b.yaml']).blockers).toBe('b.yaml');
});

test('who names other targets has other places for newcomers, or none', () => {
  expect(snapshotOptions([]).newcomers).toBe('content/newcomers.yaml');
  expect(snapshotOptions(['--targets', 'mine.yaml']).newcomers).toBeUndefined();
  expect(snapshotOptions(['--targets', 'mine.yaml', '--newcomers', 'n.yaml']).newcomers).toBe('n.yaml');
});

test('reads sources, shard and parts', () => {
  expect(snapshotOptions(['--only', 'quay,bodhi', '--shard', '2/4'])).toMatchObject({
    only: ['quay', 'bodhi'],
    shard: { index: 2, count: 4 },
  });
  expect(snapshotOptions(['--merge', 'a', 'b'])).toMatchObject({ merge: true, parts: ['a', 'b'] });
});

test.each([
  [['--only', 'quai']],
  [['--shard', '0/4']],
  [['--shard', '5/4']],
  [['--shard', 'x']],
  [['--now', 'soon']],
  [['--wrong']],
  [['stray']],
  [['--merge']],
])('refuses %s and says how it is used', (args) => {
  expect(() => snapshotOptions(args)).toThrow(UsageError);
});
