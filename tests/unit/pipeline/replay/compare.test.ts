import { expect, test } from 'vitest';
import type { RecordedTask } from '#pipeline/recording.ts';
import { comparedRuns, referenceFor } from '#pipeline/replay/compare.ts';
import { comparedText } from '#pipeline/replay/text.ts';
import { at, recording, recordedTask as task } from '../../../support/recording.ts';

const lines = (before: RecordedTask[], after: RecordedTask[]) =>
  comparedRuns(recording(before), recording(after)).map(comparedText);

test('the largest change stands first, then what has no times, then what only one of the runs has', () => {
  const leg = (platform: string, to: number) => task('build', 0, to, { platform });
  expect(
    lines(
      [leg('linux/x86_64', 60), leg('linux/arm64', 60), task('init', 0, 5), task('scan', 0, null), task('old', 0, 1)],
      [
        task('init', 3, 8),
        task('new', 0, 1, { status: 'Failed' }),
        task('scan', 0, 9),
        leg('linux-m2xlarge/arm64', 240),
        leg('linux-x86_64', 40),
      ],
    ),
  ).toEqual([
    'build for linux-m2xlarge/arm64 took 3 min 0 s longer: 4 min 0 s instead of 1 min 0 s',
    'build for x86_64 took 20 s less: 40 s instead of 1 min 0 s',
    'init took as long as before, 5 s',
    'scan: its times are not recorded',
    'old is only in the earlier run',
    'new is only in the later run, and failed',
  ]);
});

test('tasks of one name and arch are compared in the order in which they began', () => {
  const tries = (first: number, second: number) => [task('try', 100, 100 + second), task('try', 0, first)];
  expect(comparedRuns(recording(tries(10, 20)), recording(tries(15, 20))).map(({ changeMs }) => changeMs)).toEqual([
    5_000, 0,
  ]);
});

test('a task that fails in the later run says so', () => {
  const [one] = comparedRuns(recording([task('a', 0, 9)]), recording([task('a', 0, 3, { status: 'TaskRunTimeout' })]));
  expect(one).toMatchObject({ isIn: 'both', changeMs: -6_000, isFailedAfter: true });
});

const run = (name: string | null, second: number | null) =>
  recording([], { run: name, startedAt: second === null ? null : at(second) });

test.each<[string, ReturnType<typeof run>, ReturnType<typeof run>[], unknown]>([
  ['the newest good one before it', run('x', 50), [run('a', 10), run('b', 90), run('c', 40)], ['c', 'before']],
  ['the first good one after it where there is none before', run('x', 5), [run('b', 90), run('a', 10)], ['a', 'later']],
  ['never itself', run('x', 50), [run('x', 50), run('a', 10)], ['a', 'before']],
  ['nothing where there is only itself', run('x', 50), [run('x', 49)], undefined],
  ['none without a time', run('x', 50), [run('a', null)], undefined],
  [
    'the newest, as unknown, where its own begin is not recorded',
    run('x', null),
    [run('a', 1), run('b', 2)],
    ['b', 'unknown'],
  ],
  ['one of the same moment as later, not before', run('x', 5), [run('a', 5)], ['a', 'later']],
])('a run is held against %s', (_, one, good, expected) => {
  const found = referenceFor(one, good);
  expect(found ? [found.recording.run, found.when] : undefined).toEqual(expected);
});
