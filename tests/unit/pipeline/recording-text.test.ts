import { expect, test } from 'vitest';
import { RecordedTask, Recording } from '#pipeline/recording.ts';
import { notRecorded, recordedRows } from '#pipeline/recording-text.ts';
import { digest, hoursAgo } from '../../support/snapshot.ts';

const task = (name: string, change: Partial<RecordedTask> = {}): RecordedTask =>
  RecordedTask.parse({
    ...{ name, after: [], status: 'Succeeded', startedAt: null, finishedAt: null, bundle: null, task: null },
    ...{ platform: null, params: {}, results: {}, steps: [], ...change },
  });
const recording = (...tasks: RecordedTask[]): Recording =>
  Recording.parse({
    ...{ schema: 1, image: digest('it'), predicateType: 'x', isVerified: true, pipeline: null, run: null },
    ...{ namespace: null, logUrl: null, startedAt: null, finishedAt: null, params: {}, tasks, notRecorded: [] },
  });
const said = (TEST_OUTPUT: string) => recordedRows(recording(task('a', { results: { TEST_OUTPUT } })))[0]?.check;

test.each([
  ['{"result":"FAILURE","failures":2}', 'its check found a failure'],
  ['{"timestamp":"1","result" : "SUCCESS"}', 'its check passed'],
  ['{"result":"constructor"}', null],
  ['{"result":"TOSTRING"}', null],
  ['no JSON', null],
])('a check that says %s is shown as %s beside how its task ended', (text, check) => {
  expect(said(text)).toBe(check);
});

test('rows stand in the order in which tasks began, with platform and pinned bundle', () => {
  const bundle = `quay.io/konflux-ci/tekton-catalog/task-init:0.2@${digest('bundle')}`;
  const rows = recordedRows(
    recording(
      task('late', { startedAt: hoursAgo(1), finishedAt: hoursAgo(0.5) }),
      task('early', { startedAt: hoursAgo(2), bundle, platform: 'linux/\u202earm64' }),
    ),
  );
  expect(rows.map(({ name, took, platform }) => [name, took, platform])).toEqual([
    ['early', 'not recorded', 'linux/⟨U+202E⟩arm64'],
    ['late', '30 min 0 s', null],
  ]);
  expect(rows.map((row) => row.bundle)).toEqual([
    { name: 'task-init:0.2', digest: digest('bundle').slice(7, 19) },
    null,
  ]);
});

test('what no statement holds is always said, and a name without end does not make a line without end', () => {
  const none = { platforms: [], planned: ['a', ...Array(100).fill('x'.repeat(20))], unread: 2 };
  const lines = notRecorded(recording(task('a', { after: ['b'], startedAt: hoursAgo(1) })), none);
  expect(lines.every((line) => line.length <= 200)).toBe(true);
  expect(lines).toContain('2 tasks that could not be read.');
  expect(lines).toContain('b, for which other tasks waited.');
  expect(lines.at(-1)).toMatch(/logs\.$/);
});

test('what a failed run did not reach is named as far as a line has room', () => {
  const planned = ['a', ...Array.from({ length: 30 }, (_, n) => `task-number-${n}`), 'z'.repeat(190)];
  const known = { platforms: [], planned, unread: 0 };
  const lines = notRecorded({ ...recording(task('a')), outcome: 'failed' }, known);
  expect(lines[0]).toBe(
    'A run of task-number-0, task-number-1, task-number-2, task-number-3, task-number-4, task-number-5, task-number-6, task-number-7 and 23 more: the run failed before, or it is lost.',
  );
  const [long] = notRecorded(recording(task('a')), { ...known, planned: ['z'.repeat(190)] });
  expect(long).toBe(`A run of ${'z'.repeat(120)}…: skipped, or lost.`);
});
