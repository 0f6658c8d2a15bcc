import { expect, test } from 'vitest';
import type { RecordedTask } from '#pipeline/recording.ts';
import { comparedRuns } from '#pipeline/replay/compare.ts';
import { comparedText } from '#pipeline/replay/text.ts';
import { recording, recordedTask as task } from '../../../support/recording.ts';

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
