import { expect, test } from 'vitest';
import { recordingOf } from '#sources/provenance/recording.ts';
import { readRun } from '#sources/provenance/slsa.ts';
import { MARK } from '#sources/redact.ts';
import { sha256 } from '../../../support/beside.ts';

/** What of a statement may be kept and replayed. */

const IMAGE = sha256(Buffer.from('an image'));
const BUNDLE = `quay.io/team/task-build:0.2@${IMAGE}`;
const V02 = 'https://slsa.dev/provenance/v0.2';
const V1 = 'https://slsa.dev/provenance/v1';
const TEKTON = 'https://tekton.dev/chains/v2/slsa-tekton';

function recorded(type: string, predicate: unknown) {
  const run = readRun(type, predicate);
  return run && recordingOf(run, IMAGE, true);
}

const results = (values: Record<string, unknown>) => Object.entries(values).map(([name, value]) => ({ name, value }));

/** A v0.2 predicate of one task with these values. */
const one = (params: Record<string, unknown>, given: Record<string, unknown> = {}, pipeline = {}) => ({
  invocation: { parameters: pipeline },
  buildConfig: { tasks: [{ name: 'build', invocation: { parameters: params }, results: results(given) }] },
});

test('keeps the values whose names are on the list, and no script, environment or annotation', () => {
  const predicate = {
    metadata: { buildStartedOn: '2026-11-20T08:00:00Z', buildFinishedOn: '2026-11-20T08:10:00Z' },
    invocation: {
      parameters: { 'git-url': 'https://gitlab.com/team/repo', 'build-args': ['A=1', 'B=2'], 'git-auth-secret': 'pac' },
      environment: {
        labels: { 'tekton.dev/pipelineRun': 'on-push-x', 'tekton.dev/pipeline': 'on-push-x' },
        annotations: {
          'pipelinesascode.tekton.dev/log-url':
            'https://me:pw@konflux.example/ns/team-tenant/pipelinerun/on-push-x?t=1',
          'pipelinesascode.tekton.dev/installation-id': '34493006',
        },
      },
    },
    buildConfig: {
      tasks: [
        {
          name: 'build',
          after: ['init', 7],
          status: 'Succeeded',
          ref: { params: [...results({ name: 'buildah', bundle: BUNDLE, kind: 'task' })] },
          startedOn: '2026-11-20T08:00:05Z',
          finishedOn: '2026-11-20T08:00:09Z',
          serviceAccountName: 'robot',
          steps: [{ entryPoint: 'cat /etc/script', environment: { container: 'push', image: `oci://${BUNDLE}` } }],
          invocation: { parameters: { PLATFORM: 'linux/arm64', SNYK_SECRET: 'snyk', HERMETIC: '' }, environment: {} },
          results: results({ IMAGE_DIGEST: `${IMAGE}\n`, TEST_OUTPUT: '{"result":"SUCCESS"}\\n', other: 'x' }),
        },
      ],
    },
  };
  const recording = recorded(V02, predicate);
  expect(recording).toMatchObject({
    ...{ image: IMAGE, isVerified: true, run: 'on-push-x', namespace: 'team-tenant', pipeline: null },
    logUrl: 'https://konflux.example/ns/team-tenant/pipelinerun/on-push-x',
    params: { 'git-url': 'https://gitlab.com/team/repo', 'build-args': 'A=1, B=2' },
  });
  expect(recording?.tasks[0]).toEqual({
    name: 'build',
    after: [],
    status: 'Succeeded',
    startedAt: '2026-11-20T08:00:05.000Z',
    finishedAt: '2026-11-20T08:00:09.000Z',
    bundle: BUNDLE,
    task: 'buildah',
    platform: 'linux/arm64',
    params: { PLATFORM: 'linux/arm64' },
    results: { IMAGE_DIGEST: IMAGE, TEST_OUTPUT: '{"result":"SUCCESS"}' },
    steps: [{ name: 'push', image: BUNDLE, startedAt: null, finishedAt: null, reason: null }],
    ...{ createdAt: null, message: null, log: null },
  });
  for (const word of ['script', 'secret', 'snyk', 'robot', '34493006', 'pw@'])
    expect(JSON.stringify(recording)).not.toContain(word);
});

test.each([
  ['a token', 'url=https://x.example token=abcdefghij'],
  ['a key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['a JWT', `Bearer eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c`],
  ["a forge's token", `glpat-${'x'.repeat(20)}`],
  ['a password in an argument', ['A=1', 'DB_PASSWORD=hunter2']],
])('%s in a value is blacked out', (_, value) => {
  const recording = recorded(V02, one({ BUILD_ARGS: value }));
  expect(recording?.tasks[0]?.params['BUILD_ARGS']).toContain(MARK);
});

test('credentials leave an address, and a long value is cut', () => {
  const params = recorded(V02, one({ url: 'https://me:pw@x.example/y', input: 'x y '.repeat(9_000) }))?.tasks[0]
    ?.params;
  expect(params?.['url']).toBe('https://x.example/y');
  expect(params?.['input']).toHaveLength(2_000);
});

test('a default of a parameter is no leg of a matrix', () => {
  const platform = (params: object, pipeline: object) =>
    recorded(V02, one({ ...params }, {}, pipeline))?.tasks[0]?.platform;
  expect(platform({ PLATFORM: 'linux/amd64' }, { 'build-platforms': ['linux/x86_64', 'linux/arm64'] })).toBeNull();
  expect(platform({ PLATFORM: 'linux/arm64' }, { 'build-platforms': ['linux/x86_64', 'linux/arm64'] })).toBe(
    'linux/arm64',
  );
});

const taskRun = (name: string, platform: string, from: string, to: string) => ({
  metadata: {
    namespace: 'team-tenant',
    labels: { 'tekton.dev/pipelineTask': name, 'tekton.dev/pipelineRun': 'run-x' },
  },
  spec: {
    taskRef: { params: results({ name, bundle: BUNDLE }) },
    params: results({ PLATFORM: platform, TOKEN: 'no' }),
  },
  status: {
    ...{ startTime: from, completionTime: to, conditions: [{ type: 'Succeeded', reason: 'Succeeded' }] },
    steps: [
      {
        name: 'build',
        imageID: `docker-pullable://${BUNDLE}`,
        terminated: { startedAt: from, finishedAt: to, exitCode: 0 },
      },
    ],
    results: results({ IMAGE_DIGEST: IMAGE }),
  },
});

const v1 = (runs: unknown[], pipelineSpec?: object) => ({
  buildDefinition: {
    buildType: TEKTON,
    externalParameters: {
      runSpec: { params: results({ 'build-platforms': ['linux/x86_64', 'linux/arm64'] }), pipelineSpec },
    },
    resolvedDependencies: runs.map((run) => ({
      name: 'pipelineTask',
      content: Buffer.from(typeof run === 'string' ? run : JSON.stringify(run)).toString('base64'),
    })),
  },
  runDetails: { metadata: { startedOn: '2026-11-20T08:00:00Z', finishedOn: '2026-11-20T08:05:00Z' } },
});

test('SLSA v1 with task runs holds when steps ran, and from its pipeline what waits for what and what did not run', () => {
  const runs = [
    taskRun('init', '', '2026-11-20T08:00:05Z', '2026-11-20T08:00:20Z'),
    taskRun('build', 'linux/arm64', '2026-11-20T08:00:21Z', '2026-11-20T08:04:50Z'),
    '{',
  ];
  const tasks = [
    { name: 'init' },
    { name: 'build', runAfter: ['init'], params: [{ name: 'x', value: '$(tasks.clone.results.commit)' }] },
    { name: 'clone', when: [] },
  ];
  const recording = recorded(V1, v1(runs, { tasks, finally: [{ name: 'show' }] }));
  expect(recording).toMatchObject({ run: 'run-x', namespace: 'team-tenant' });
  expect(recording?.tasks[1]).toMatchObject({
    after: ['init', 'clone'],
    platform: 'linux/arm64',
    params: { PLATFORM: 'linux/arm64' },
    steps: [{ name: 'build', image: BUNDLE, startedAt: '2026-11-20T08:00:21.000Z' }],
  });
  expect(recording?.notRecorded).toEqual([
    'A run of clone, show: skipped, or lost.',
    '1 task that could not be read.',
    'build for linux/x86_64.',
    'clone, for which other tasks waited.',
    'How long tasks waited for a machine, earlier tries of a task, and logs.',
  ]);
});

test('without the pipeline in it, SLSA v1 does not tell what waited for what', () => {
  const recording = recorded(V1, v1([taskRun('init', '', '2026-11-20T08:00:05Z', '2026-11-20T08:00:20Z')]));
  expect(recording?.notRecorded).toContain('Which task waited for which.');
});

test('a statement without tasks has no recording', () => {
  expect(recorded(V1, v1([]))).toBeNull();
  expect(recorded(V02, {})).toBeNull();
});

test('a statement as large as it may be becomes a recording within its bounds', () => {
  const long = 'x'.repeat(5_000);
  const task = {
    name: long,
    after: Array(500).fill('init'),
    status: long,
    steps: Array(500).fill({ environment: { container: long, image: long } }),
    results: results({ IMAGES: Array(50).fill(long) }),
  };
  const few = recorded(V02, { buildConfig: { tasks: [task] } });
  expect([few?.tasks[0]?.after.length, few?.tasks[0]?.steps.length]).toEqual([50, 50]);
  const many = recorded(V02, { buildConfig: { tasks: Array(5_000).fill(task) } });
  expect(many?.tasks).toHaveLength(200);
  expect(JSON.stringify(many).length).toBeLessThan(600_000);
  expect(many?.notRecorded.at(-1)).toBe('Steps, parameters and results: they are too many to keep.');
});
