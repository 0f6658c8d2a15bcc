import { expect, test } from 'vitest';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { PipelineRun, TaskRun } from '#sources/cluster/objects.ts';
import { type Finished, runRecordingOf } from '#sources/cluster/run-recording.ts';
import { attemptOf } from '#sources/cluster/runs-join.ts';
import { MARK } from '#sources/redact.ts';
import { BUILD, condition, metadata, taskRun } from '../../../support/cluster.ts';
import { digest, hoursAgo } from '../../../support/snapshot.ts';

/** What is kept of a finished run that only the cluster told of. */

const BUNDLE = `quay.io/team/task-build:0.2@${digest('bundle')}`;

/** A run of two hours ago that took an hour; `more` goes over its parts. */
function finished(
  taskRuns: readonly TaskRun[],
  more: Partial<Finished> & { status?: object; spec?: object } = {},
): Finished {
  const { status, spec, ...rest } = more;
  const run = PipelineRun.parse({
    metadata: metadata('on-push-1', 2.05, {
      ...BUILD,
      'tekton.dev/pipeline': 'on-push-1',
      'pipelinesascode.tekton.dev/original-prname': 'on-push',
    }),
    spec: spec ?? {},
    status: {
      conditions: [condition('False', 'Failed', 'Tasks Completed: 3 (Failed: 1, Cancelled 0), Skipped: 2')],
      ...{ startTime: hoursAgo(2), completionTime: hoursAgo(1), ...status },
    },
  });
  return {
    attempt: attemptOf(run, () => 'https://ui.example/on-push-1'),
    run,
    taskRuns,
    namespace: 'team',
    broken: null,
    ...rest,
  };
}

const text = (recording: unknown) => JSON.stringify(recording);

test('a failed run keeps its times, its queue, why it failed, and the end of the log of the step that broke', () => {
  const broken = taskRun('build-images', 'False', 'TaskRunTimeout', {
    ...{ platform: 'linux-s390x', startTime: hoursAgo(1.9) },
    params: [
      { name: 'PLATFORM', value: 'linux/s390x' },
      { name: 'BUILD_ARGS', value: ['A=1', 'B=2'] },
      { name: 'SNYK', value: 'x' },
    ],
    steps: [
      {
        ...{ name: 'build', container: 'step-build', imageID: `quay.io/team/tools@${digest('tools')}` },
        terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: hoursAgo(1.8), finishedAt: hoursAgo(1.1) },
      },
    ],
    results: [
      { name: 'IMAGE_REF', value: 'quay.io/team/it\n' },
      { name: 'OTHER', value: 'x' },
    ],
  });
  const recording = runRecordingOf(
    finished([broken], {
      spec: {
        params: [
          { name: 'hermetic', value: 'true' },
          { name: 'git-auth', value: 'x' },
          { name: 'build-platforms', value: ['linux/s390x'] },
        ],
      },
      broken: { taskRun: 'build-images-linux-s390x', log: 'Killed', noLog: null },
    }),
  );
  expect(recording).toMatchObject({
    ...{ origin: 'cluster', image: null, predicateType: null, isVerified: false, outcome: 'failed' },
    ...{ run: 'on-push-1', pipeline: 'on-push', namespace: 'team', logUrl: 'https://ui.example/on-push-1' },
    ...{ createdAt: hoursAgo(2.05), startedAt: hoursAgo(2), finishedAt: hoursAgo(1) },
    message: 'Tasks Completed: 3 (Failed: 1, Cancelled 0), Skipped: 2',
    params: { hermetic: 'true', 'build-platforms': 'linux/s390x' },
  });
  expect(recording?.tasks).toEqual([
    {
      ...{
        name: 'build-images',
        after: [],
        status: 'TaskRunTimeout',
        bundle: null,
        task: null,
        platform: 'linux/s390x',
      },
      ...{ createdAt: hoursAgo(2), startedAt: hoursAgo(1.9), finishedAt: hoursAgo(1), message: null, log: 'Killed' },
      params: { PLATFORM: 'linux/s390x', BUILD_ARGS: 'A=1, B=2' },
      results: { IMAGE_REF: 'quay.io/team/it' },
      steps: [
        {
          ...{ name: 'build', image: `quay.io/team/tools@${digest('tools')}`, reason: 'OOMKilled' },
          ...{ startedAt: hoursAgo(1.8), finishedAt: hoursAgo(1.1) },
        },
      ],
    },
  ]);
});

test.each([
  ['True', 'Succeeded', 'Succeeded'],
  ['True', 'Odd', 'Succeeded'],
  ['False', 'TaskRunTimeout', 'TaskRunTimeout'],
  ['False', 'TaskRunCancelled', 'TaskRunCancelled'],
  ['False', 'Succeeded', 'Failed: Succeeded'],
  ['False', 'SomethingNew', 'Failed: SomethingNew'],
  ['False', '', 'Failed'],
  ['Unknown', 'Running', 'Running'],
] as const)('a condition that is %s for the reason "%s" is kept as %s', (status, reason, kept) => {
  expect(runRecordingOf(finished([taskRun('a', status, reason)]))?.tasks[0]?.status).toBe(kept);
});

const SPEC = {
  params: [
    { name: 'build-platforms', type: 'array', default: ['linux/arm64', 'linux/s390x'] },
    { name: 'other', default: ['x'] },
  ],
  tasks: [
    { name: 'init' },
    { name: 'clone', runAfter: ['init'] },
    {
      name: 'build',
      params: [{ name: 'url', value: '$(tasks.clone.results.url)' }],
      when: [{ input: '$(tasks.init.results.build)', operator: 'in', values: ['true'] }],
      matrix: { params: [{ name: 'PLATFORM', value: ['$(params.build-platforms)'] }] },
    },
    { name: 'scan', runAfter: ['build'] },
    { name: 'push', runAfter: ['build'] },
    7,
    { runAfter: ['init'] },
  ],
  finally: [{ name: 'show', params: [{ name: 'how', value: '$(tasks.status)' }] }],
};

test('the pipeline that the run carries tells what waited for what, and what is missing', () => {
  const legs = ['linux-arm64'].map((platform) =>
    taskRun('build', 'True', 'Succeeded', { platform, results: [{ name: 'IMAGE_DIGEST', value: digest('x') }] }),
  );
  const recording = runRecordingOf(
    finished(
      [
        taskRun('init', 'True', 'Succeeded'),
        taskRun('clone', 'True', 'Succeeded', { retriesStatus: [{}, {}] }),
        ...legs,
        taskRun('show', 'True', 'Succeeded'),
      ],
      {
        status: {
          pipelineSpec: SPEC,
          skippedTasks: [{ name: 'scan', reason: 'When Expressions evaluated to false' }],
          childReferences: [{ name: 'init-' }, { name: 'gone-1' }, { name: 'gone-2' }],
        },
        broken: { taskRun: 'none', log: null, noLog: 'it broke more than a day before we looked' },
      },
    ),
  );
  expect(recording?.tasks.map(({ name, after }) => [name, after])).toEqual([
    ['init', []],
    ['clone', ['init']],
    ['build', ['clone', 'init']],
    ['show', ['scan', 'push']],
  ]);
  expect(recording?.notRecorded).toEqual([
    'A run of scan: skipped (When Expressions evaluated to false).',
    '2 of the TaskRuns that the run names: gone when we looked.',
    'A run of push: the run failed before, or it is lost.',
    'build for linux/s390x.',
    'When single steps began and ended.',
    'Earlier tries of clone: the last one is shown.',
    'The log of the step that failed: it broke more than a day before we looked.',
    'What tasks waited for, and logs except the end of the step that failed.',
  ]);
});

test('a run of which only the tasks are left is recorded from what was known of it', () => {
  const { attempt } = finished([]);
  const recording = runRecordingOf({
    attempt,
    run: null,
    taskRuns: [taskRun('a', 'True', 'Succeeded')],
    namespace: 'team',
    broken: null,
  });
  expect(recording).toMatchObject({
    createdAt: null,
    startedAt: hoursAgo(2),
    finishedAt: hoursAgo(1),
    params: {},
    pipeline: null,
  });
  expect(recording?.notRecorded).toContain('Tasks that were skipped: what the pipeline holds was not told.');
  expect(recording?.notRecorded).toContain('Which task waited for which.');
});

test.each([
  [
    'a bundle by a resolver',
    {
      params: [
        { name: 'bundle', value: BUNDLE },
        { name: 'name', value: 'buildah' },
      ],
    },
    [BUNDLE, 'buildah'],
  ],
  ['a bundle as it once was named', { name: 'buildah', bundle: BUNDLE }, [BUNDLE, 'buildah']],
  ['a bundle without a digest', { name: 'buildah', bundle: 'quay.io/team/task:0.2' }, [null, 'buildah']],
  ['a reference of a strange shape', 7, [null, null]],
])('the task of %s is known', (_, taskRef, known) => {
  const run = TaskRun.parse({ ...taskRun('a', 'True', 'Succeeded'), spec: { taskRef } });
  const task = runRecordingOf(finished([run]))?.tasks[0];
  expect([task?.bundle, task?.task]).toEqual(known);
});

const SECRETS: [string, string][] = [
  ['a forge token', `glpat-${'x'.repeat(20)}`],
  ['an Authorization header', 'Authorization: Basic dXNlcjpodW50ZXIy'],
  ['credentials in an address', 'https://robot:hunter2hunter2@quay.io/team/it'],
  ['a password', 'push --password=hunter2hunter2'],
  ['a private key', `-----BEGIN EC PRIVATE KEY-----\n${'A1b2'.repeat(16)}\n-----END EC PRIVATE KEY-----`],
  ['a JWT', `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`],
];

test.each(SECRETS)('%s leaves parameters, results, messages, reasons and names', (_, secret) => {
  const one = taskRun('build', 'False', `Failed ${secret}`, {
    params: [
      { name: 'BUILD_ARGS', value: [secret] },
      { name: 'url', value: secret },
    ],
    results: [{ name: 'TEST_OUTPUT', value: `{"note":${JSON.stringify(secret)}}` }],
    conditions: [condition('False', `Failed ${secret}`, `it said: ${secret}`)],
    steps: [{ name: 'a', terminated: { reason: secret } }],
  });
  const recording = runRecordingOf(
    finished([one], {
      spec: { params: [{ name: 'build-args', value: [secret] }] },
      status: { conditions: [condition('False', 'Failed', secret)], skippedTasks: [{ name: 'x', reason: secret }] },
    }),
  );
  const said = text(recording);
  for (const word of ['hunter2', 'dXNlcjpodW50ZXIy', 'x'.repeat(20), 'A1b2A1b2', 'b'.repeat(20)])
    expect(said).not.toContain(word);
  expect(recording?.message).toBeTruthy();
  expect(said.includes(MARK) || _ === 'credentials in an address').toBe(true);
});

test.each([['../../snapshot'], ['UPPER'], ['a/b'], ['x'.repeat(96)], ['-a'], ['\u202ea']])(
  'a run that is named %s has no recording',
  (name) => {
    const one = finished([taskRun('a', 'True', 'Succeeded')]);
    expect(runRecordingOf({ ...one, attempt: { ...one.attempt, name } })).toBeNull();
  },
);

test('a run without tasks has no recording', () => {
  expect(runRecordingOf(finished([]))).toBeNull();
});

test('a run that is far too large keeps its tasks and times, and says what it left out', () => {
  const long = 'ü '.repeat(20_000);
  const many = Array.from({ length: 300 }, (_, n) => {
    const one = taskRun(`t${n}`, 'False', 'Failed', {
      conditions: [condition('False', 'Failed', long)],
      params: [{ name: 'BUILD_ARGS', value: long }],
    });
    return { ...one, metadata: { ...one.metadata, name: `t${n}` } };
  });
  const recording = runRecordingOf(finished(many));
  expect(recording?.tasks).toHaveLength(200);
  expect(Buffer.byteLength(text(recording))).toBeLessThan(512 << 10);
  expect(recording?.notRecorded).toContain('100 tasks, begun last: a recording keeps 200.');
  expect(recording?.notRecorded.at(-1)).toMatch(/too many to keep\.$/);
});

test('of very many tasks it is said which never ran, not that those which are not kept did not', () => {
  const one = (n: number) => {
    const made = taskRun(`t${n}`, 'True', 'Succeeded', { startTime: hoursAgo(2 - n / 1_000) });
    return { ...made, metadata: { ...made.metadata, name: `run-t${n}` } };
  };
  const tasks = Array.from({ length: 260 }, (_, n) => ({ name: `t${n}` }));
  const ran = Array.from({ length: 250 }, (_, n) => one(n));
  const recording = runRecordingOf(finished(ran, { status: { pipelineSpec: { tasks } } }));
  const lines = recording?.notRecorded.filter((line) => /t2\d\d|begun last/.test(line)) ?? [];
  expect(lines).toEqual([
    expect.stringMatching(/^A run of t250, t251, .*t259: /),
    '50 tasks, begun last: a recording keeps 200.',
  ]);
});

test('clocks that make no sense are kept from the timeline, not from the recording', () => {
  const [one, two] = [
    taskRun('a', 'True', 'Succeeded', { startTime: hoursAgo(0.5) }),
    taskRun('b', 'True', 'Succeeded'),
  ];
  const recording = runRecordingOf(finished([one, two]));
  const timeline = recording && timelineOf(recording);
  expect(timeline?.faults).toEqual([
    'a ends 30 min 0 s before it begins: its clock ran backwards, and its end is not drawn.',
    'a is on record 30 min 0 s after the run ended: two clocks disagree.',
    'The begin is not on record of b.',
  ]);
});
