import { expect, test } from 'vitest';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { clockOf, rowTexts, transcript } from '#pipeline/replay/text.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { at, recording, recordedTask as task } from '../../../support/recording.ts';

const said = (tasks: RecordedTask[], more: Partial<Recording> = {}) => {
  const run = recording(tasks, more);
  return transcript(timelineOf(run), run).map(({ clock, text }) => `${clock} ${text}`);
};

test('a failed run is told from its queue to its end', () => {
  const tasks = [
    task('init', 0, 130),
    task('build-images', 151, 400, { after: ['init'], platform: 'linux/arm64', status: 'TaskRunTimeout' }),
    task('build-images', 130, 500, { after: ['init'], platform: 'linux-s390x', status: 'TaskRunCancelled' }),
  ];
  expect(said(tasks, { createdAt: at(-62), finishedAt: at(3_723), outcome: 'failed' })).toEqual([
    '0:00 the run begins, 1 min 2 s after it was made',
    '0:00 init begins',
    '2:10 init ends after 2 min 10 s',
    '2:10 build-images for s390x begins',
    '2:31 build-images for arm64 begins, 21 s after it could',
    '6:40 build-images for arm64 fails after 4 min 9 s: TaskRunTimeout',
    '8:20 build-images for s390x is cancelled after 6 min 10 s',
    '1:02:03 the run ends after 1 h 2 min: it failed',
  ]);
});

test('what is not recorded is not told', () => {
  expect(said([task('a', null, 9, { status: null })], { startedAt: null, finishedAt: null })).toEqual([
    '0:00 a ends, how is not recorded',
  ]);
  expect(said([task('a\u202e', 1, 9, { status: null })], { finishedAt: null }).slice(1)).toEqual([
    '0:01 a⟨U+202E⟩ begins, 1 s after it could',
    '0:09 a⟨U+202E⟩ ends after 8 s, how is not recorded',
  ]);
});

test('a row tells how long it took and waited, and never why', () => {
  const step = { name: 'build', image: null, startedAt: at(213), finishedAt: null, reason: null };
  const [first, row] = timelineOf(
    recording([task('a', 3, 9), task('b', 33, 633, { after: ['a'], createdAt: at(12), steps: [step] })]),
  ).rows;
  expect(first && rowTexts(first)).toEqual(['Took 6 s.', 'Began 3 s after the run did.']);
  expect(row && rowTexts(row)).toEqual([
    'Took 10 min 0 s.',
    'Began 24 s after the last task before it had ended.',
    'Its TaskRun was made 21 s before it began.',
    'Its first step began 3 min 0 s later: what it waited for until then is not recorded.',
  ]);
  const [none] = timelineOf(recording([task('a', null, null)])).rows;
  expect(none && rowTexts(none)).toEqual(['How long it took is not recorded.']);
});

test.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [151_000, '2:31'],
  [3_600_000, '1:00:00'],
  [-5, '0:00'],
])('%i ms are %s on the clock', (ms, text) => {
  expect(clockOf(ms)).toBe(text);
});
