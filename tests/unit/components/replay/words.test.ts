import { expect, test } from 'vitest';
import { changeText, weightOf } from '#components/replay/change.ts';
import { notesOf } from '#components/replay/notes.ts';
import { originFacts, originText } from '#components/replay/origin.ts';
import { endOfPlay, failedRows, failuresOf, summaryOf, summaryText } from '#components/replay/words.ts';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { type ComparedTask, comparedRuns } from '#pipeline/replay/compare.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { recording, recordedTask as task } from '../../../support/recording.ts';
import { english } from '../../../support/render.ts';

const t = await english();

const summary = (tasks: RecordedTask[], more: Partial<Recording> = {}) => {
  const run = recording(tasks, more);
  return summaryText(t, run, timelineOf(run));
};

const ARM = { after: ['init'], platform: 'linux/arm64' };
const FAILED = { status: 'Failed', message: '"step-build" exited with code 137' };

test('a good run is told by its count, its length and its longest task', () => {
  expect(summary([task('init', 0, 9), task('build-images', 10, 553, ARM)])).toBe(
    '2 task runs; all ended well, in 16 min 40 s. Longest: build-images for arm64, 9 min 3 s.',
  );
  expect(summary([task('init', 0, 1_000)])).toBe('1 task run; it ended well, in 16 min 40 s.');
});

test('a failed run is told by its first failure', () => {
  const tasks = [
    task('init', 0, 9),
    task('build-images', 10, 200, { ...ARM, ...FAILED }),
    task('build-images', 10, 100, { ...ARM, ...FAILED, platform: 'linux/ppc64le' }),
  ];
  expect(summary(tasks, { outcome: 'failed' })).toBe(
    'Failed at build-images for ppc64le after 1 min 30 s, 1 min 40 s into the run. So did build-images for arm64.',
  );
  expect(summary([task('a', null, null, FAILED)], { startedAt: null, finishedAt: null })).toBe('Failed at a.');
});

test('what is not recorded is not guessed', () => {
  const silent = { startedAt: null, finishedAt: null };
  expect(summary([task('a', null, null), task('b', null, null, { status: null })], silent)).toBe(
    '2 task runs; 1 succeeded and of 1 the end is not recorded, at times that are not recorded.',
  );
  expect(summary([task('a', 0, 9)], { outcome: 'failed' })).toContain('the run failed, and no task on record did');
  expect(summary([], { outcome: null })).not.toContain('all ended well');
});

const BROKEN = [
  task('init', 0, 9),
  task('build', 10, 100, { ...FAILED, platform: 'linux/arm64' }),
  task('build', 10, 90, { ...FAILED, platform: 'linux/s390x' }),
];

test('a failed run is told with the moment at which it failed', () => {
  const run = recording(BROKEN, { outcome: 'failed' });
  const { moment, lead } = summaryOf(t, run, timelineOf(run));
  const event = timelineOf(run).events.find(({ number }) => number === moment);
  expect([event?.kind, event?.row]).toEqual(['fails', 'build-linux-s390x']);
  expect(lead).toMatch(/^Failed at build for s390x .* into the run\.$/);
  const good = recording([task('init', 0, 9)]);
  expect(summaryOf(t, good, timelineOf(good)).moment).toBeNull();
});

test.each<[string, Partial<Recording>, number]>([
  ['that failed at its first failure', { outcome: 'failed' }, 6],
  ['that gave no image, and nobody said how it ended, at its first failure', { outcome: null, image: null }, 6],
  ['that succeeded although a task failed with its last event', { outcome: 'succeeded' }, 8],
  ['that gave an image with its last event', { outcome: null }, 8],
])('playing a run ends, of one %s', (_, more, end) => {
  const run = recording(BROKEN, more);
  expect(timelineOf(run).events).toHaveLength(8);
  expect(endOfPlay(run, timelineOf(run))).toBe(end);
});

test('legs of one task are told what to do once, in the order in which they failed', () => {
  const run = recording([
    task('scan', 0, 90, FAILED),
    task('build', 0, 80, { ...FAILED, platform: 'linux/arm64' }),
    task('build', 0, 70, { ...FAILED, platform: 'linux/s390x' }),
  ]);
  const failures = failuresOf(failedRows(timelineOf(run)));
  expect(failures.map((rows) => rows.map(({ id }) => id))).toEqual([
    ['build-linux-s390x', 'build-linux-arm64'],
    ['scan'],
  ]);
});

test('a moment of content finds its event: the first leg begins, the first fails, the last ends', () => {
  const run = recording([
    task('build', 10, 50, { task: 'buildah', platform: 'linux/arm64' }),
    task('build', 20, 90, { task: 'buildah', platform: 'linux/s390x' }),
    task('scan', 95, 99, FAILED),
  ]);
  const notes = notesOf(timelineOf(run), [
    { task: 'build', when: 'begins', text: 'splits' },
    { task: 'buildah', when: 'ends', text: 'joined' },
    { task: 'build', when: 'fails', text: 'never' },
    { task: 'scan', when: 'fails', text: 'broke' },
    { task: 'scan', when: 'ends', text: 'never' },
  ]);
  expect([...notes].map(([event, said]) => [event, said.map(({ text }) => text)])).toEqual([
    [2, ['splits']],
    [5, ['joined']],
    [7, ['broke']],
  ]);
});

test('only a verified attestation is called so, and nobody signs what the cluster says', () => {
  expect(originText(t, { origin: 'attestation', isVerified: true })).toContain('its signature was verified');
  expect(originText(t, { origin: 'attestation', isVerified: false })).toContain('was not verified');
  expect(originText(t, { origin: 'cluster', isVerified: true })).toContain('nobody signed it');
});

test('what a recording does not name is not recorded, and only web addresses become links', () => {
  const facts = originFacts(t, recording([], { run: 'a\u202e', params: {} }), null);
  expect(facts.find(({ what }) => what === 'Pipeline')?.text).toBe('not recorded');
  expect(facts.find(({ what }) => what === 'Run')).toEqual({ what: 'Run', text: 'a⟨U+202E⟩', href: null });
  const [, run] = originFacts(t, { ...recording([]), logUrl: 'javascript:alert(1)' }, null);
  expect(run?.href).toBeNull();
});

const compared = (before: RecordedTask[], after: RecordedTask[]): ComparedTask[] =>
  comparedRuns(recording(before), recording(after));

test.each([
  ['far longer', [task('a', 0, 100)], [task('a', 0, 160)], 'large', '1 min 0 s longer (+60 %)'],
  ['a little longer', [task('a', 0, 100)], [task('a', 0, 109)], 'small', '9 s longer (+9 %)'],
  ['much, but a small part', [task('a', 0, 900)], [task('a', 0, 870)], 'small', '30 s shorter (−3 %)'],
  ['the same', [task('a', 0, 100)], [task('a', 0, 100)], 'small', 'the same time'],
  ['failed', [task('a', 0, 100)], [task('a', 0, 100, FAILED)], 'large', 'the same time'],
  ['without times', [task('a', 0, 100)], [task('a', 0, null)], 'small', 'not known: a time is not recorded'],
  ['gone', [task('a', 0, 100)], [], 'alone', 'only in the other run'],
  ['new', [], [task('a', 0, 100)], 'alone', 'only in this run'],
] as const)('a task that is %s', (_, before, after, weight, text) => {
  const [row] = compared([...before], [...after]);
  expect(row && [weightOf(row), changeText(t, row)]).toEqual([weight, text]);
});
