import { expect, test } from 'vitest';
import { RunFile } from '#pipeline/definition.ts';
import { readPipeline, readRunFile } from '#pipeline/tekton/read.ts';

const run = (spec: string, { version = 'v1', metadata = 'name: on-push' } = {}) =>
  readRunFile(`apiVersion: tekton.dev/${version}
kind: PipelineRun
metadata: { ${metadata} }
spec: ${spec}
`);

test.each([
  ['the name of another file', '{ pipelineRef: { name: p } }', { resolver: 'name', task: 'p' }],
  [
    'a bundle of v1beta1',
    '{ pipelineRef: { name: p, bundle: q/b } }',
    { resolver: 'bundles', task: 'p', bundle: 'q/b' },
  ],
  [
    'a bundle',
    '{ pipelineRef: { resolver: bundles, params: [{ name: bundle, value: q/b }, { name: name, value: p }, { name: kind, value: pipeline }] } }',
    { resolver: 'bundles', task: 'p', bundle: 'q/b' },
  ],
  [
    'git',
    '{ pipelineRef: { resolver: git, params: [{ name: url, value: "https://x.example/r" }, { name: revision, value: main }, { name: pathInRepo, value: p.yaml }] } }',
    { resolver: 'git', url: 'https://x.example/r', revision: 'main', path: 'p.yaml' },
  ],
])('a run names its pipeline by %s', (_, spec, pipeline) => {
  const { value, faults } = run(spec);
  expect(faults).toEqual([]);
  expect(RunFile.parse(value)).toMatchObject({ name: 'on-push', pipeline, embedded: null });
});

test('a run that holds its pipeline is read with it', () => {
  const { value, faults } = run('{ pipelineSpec: { tasks: [{ name: a, taskSpec: { steps: [{ image: i }] } }] } }');
  expect(faults).toEqual([]);
  expect(RunFile.parse(value)).toMatchObject({
    pipeline: { resolver: 'embedded', task: null },
    embedded: { name: 'on-push', tasks: [{ name: 'a', ref: { resolver: 'embedded' } }] },
  });
});

test.each([
  ['v1', '{ timeouts: { pipeline: 6h, tasks: 5h }, pipelineRef: { name: p } }', '6h'],
  ['v1beta1', '{ timeout: 1h, pipelineRef: { name: p } }', '1h'],
  ['v1', '{ pipelineRef: { name: p } }', null],
])('the timeout of a run of %s is read', (version, spec, timeout) => {
  expect(run(spec, { version }).value?.timeout).toBe(timeout);
});

test('what Pipelines as Code fills in stays as it is written, in quotes or not', () => {
  const { value, faults } = readRunFile(`apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  generateName: build-{{ revision }}-
  annotations:
    pipelinesascode.tekton.dev/on-cel-expression: event == "push" && target_branch == "main"
spec:
  params:
    - { name: quoted, value: '{{revision}}' }
    - name: bare
      value: {{ revision }}
    - name: inside
      value: quay.io/a:{{revision}}
    - name: map
      value: { a: b }
  pipelineRef: { name: p }
`);
  expect(faults).toEqual([]);
  expect(value?.name).toBe('build-{{ revision }}');
  expect(value?.when).toBe('event == "push" && target_branch == "main"');
  expect(value?.given.map((one) => one.value)).toEqual([
    '{{revision}}',
    '{{ revision }}',
    'quay.io/a:{{revision}}',
    '{"a":"b"}',
  ]);
});

test.each([
  [
    'neither names nor holds a pipeline',
    '{ params: [] }',
    'name: a',
    'The PipelineRun neither names a pipeline nor holds one.',
  ],
  ['has no name', '{ pipelineRef: { name: p } }', 'labels: {}', 'The PipelineRun has no name that can be shown.'],
])('a run that %s is a fault', (_, spec, metadata, fault) => {
  expect(run(spec, { metadata })).toEqual({ value: null, faults: [fault] });
});

const TASKS = [{ name: 'a', taskRef: { name: 't' } }];
const filled = [{ name: 'filled', taskRef: { name: 't' } }];

test.each([
  [
    'as written, not as filled in',
    { spec: { pipelineSpec: { tasks: TASKS } }, status: { pipelineSpec: { tasks: filled } } },
    'run',
    'a',
  ],
  [
    'as filled in where it is only named',
    { spec: { pipelineRef: { name: 'p' } }, status: { pipelineSpec: { tasks: filled } } },
    'p',
    'filled',
  ],
])('the pipeline of a run of the cluster is read %s', (_, parts, name, task) => {
  for (const kind of [{ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' }, {}]) {
    const { value, faults } = readPipeline(JSON.stringify({ ...kind, metadata: { name: 'run' }, ...parts }));
    expect([value?.name, value?.tasks.map((one) => one.name), faults]).toEqual([name, [task], []]);
  }
});

test('a run that only names its pipeline holds none', () => {
  const text = JSON.stringify({
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { name: 'run' },
    spec: { pipelineRef: { name: 'p' } },
  });
  expect(readPipeline(text)).toEqual({
    value: null,
    faults: ['The PipelineRun names its pipeline; it does not hold it.'],
  });
});
