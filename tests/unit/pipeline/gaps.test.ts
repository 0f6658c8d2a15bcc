import { expect, test } from 'vitest';
import { gapsOf, missingLegs, missingTasks } from '#pipeline/gaps.ts';
import { RecordedTask } from '#pipeline/recording.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 8, 0, seconds)).toISOString();
const task = (name: string, change: Partial<RecordedTask> = {}): RecordedTask =>
  RecordedTask.parse({
    ...{ name, after: [], status: 'Succeeded', startedAt: null, finishedAt: null, bundle: null, task: null },
    ...{ platform: null, params: {}, results: {}, steps: [], ...change },
  });
const timed = (name: string, from: number, to: number) => task(name, { startedAt: at(from), finishedAt: at(to) });
const gaps = (tasks: RecordedTask[], to: number | null = 200) =>
  gapsOf({ startedAt: at(0), finishedAt: to === null ? null : at(to), tasks }).map(({ from, ms }) => [from, ms]);

test.each([
  ['nothing where one follows the other', [timed('a', 10, 100), timed('b', 120, 190)], 200, []],
  ['a stretch between two', [timed('a', 0, 60), timed('b', 91, 190)], 200, [[at(60), 31_000]]],
  ['nothing of exactly 30 seconds', [timed('a', 0, 60), timed('b', 90, 190)], 200, []],
  ['nothing that a longer task covers', [timed('a', 0, 190), timed('b', 5, 20), timed('c', 100, 120)], 200, []],
  [
    'before the first and after the last',
    [timed('a', 40, 100)],
    200,
    [
      [at(0), 40_000],
      [at(100), 100_000],
    ],
  ],
  ['nothing after the last where the end is not known', [timed('a', 0, 10)], null, []],
  ['nothing where a time is missing', [timed('a', 0, 10), task('b')], 200, []],
  ['nothing without a task', [], 200, []],
  ['nothing where a clock is years ahead', [timed('a', 0, 10), timed('b', 10, 10 ** 9)], 200, []],
])('finds %s', (_, tasks, to, found) => {
  expect(gaps(tasks, to)).toEqual(found);
});

const PLATFORMS = ['linux/x86_64', 'linux/arm64', 'linux-m2xlarge/s390x'];
const leg = (name: string, platform: string | null, isImage = false) =>
  task(name, { platform, results: isImage ? { IMAGE_DIGEST: `sha256:${'a'.repeat(64)}` } : {} });

test.each([
  [
    'legs that one task has and another lacks',
    [
      leg('scan', 'linux/x86_64'),
      leg('scan', 'linux/arm64'),
      leg('scan', 'linux-m2xlarge/s390x'),
      leg('build', 'linux-arm64', true),
    ],
    [{ name: 'build', platforms: ['linux/x86_64', 'linux-m2xlarge/s390x'] }],
  ],
  [
    'a matrix of several legs',
    [leg('scan', 'linux/x86_64'), leg('scan', 'linux/arm64')],
    [{ name: 'scan', platforms: ['linux-m2xlarge/s390x'] }],
  ],
  ['no leg of a task that runs once and names a platform', [leg('show', 'linux/x86_64')], []],
  ['no leg of the task that makes the index', [leg('index', null, true)], []],
  ['no leg where the platforms are strange', [leg('build', 'windows', true)], []],
])('misses %s', (_, tasks, missing) => {
  expect(missingLegs(tasks, PLATFORMS)).toEqual(missing);
});

test('one platform has no matrix', () => {
  expect(missingLegs([leg('build', 'linux/x86_64', true)], ['linux/arm64'])).toEqual([]);
});

test('names each task once for which others waited and which is not there', () => {
  const tasks = [task('a', { after: ['gone'] }), task('b', { after: ['a', 'gone', 'lost'] })];
  expect(missingTasks(tasks)).toEqual(['gone', 'lost']);
});
