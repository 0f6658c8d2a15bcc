import { expect, test } from 'vitest';
import { PipelineDefinition } from '#pipeline/definition.ts';
import { readPipeline } from '#pipeline/tekton/read.ts';

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
/** A pipeline of one task with the given fields. */
const oneTask = (fields: string, version = 'v1') => `apiVersion: tekton.dev/${version}
kind: Pipeline
metadata:
  name: p
spec:
  tasks:
    - name: a
${indented(fields, 6)}
`;
const taskOf = (fields: string, version?: string) => {
  const { value, faults } = readPipeline(
    oneTask(`${/task(Ref|Spec)|pipeline(Ref|Spec)/.test(fields) ? '' : 'taskRef: { name: t }\n'}${fields}`, version),
  );
  if (value) expect(PipelineDefinition.parse(value)).toEqual(value);
  return { ...value?.tasks[0], faults };
};

const REF = { resolver: 'unknown', task: null, bundle: null, url: null, revision: null, path: null };

test.each([
  ['a name', 'taskRef: { name: t, kind: Task }', { resolver: 'name', task: 't' }],
  [
    'a name with the version of the build definitions',
    'taskRef: { name: t, version: "0.4" }',
    { resolver: 'name', task: 't', revision: '0.4' },
  ],
  [
    'a bundle of v1beta1',
    'taskRef: { name: t, bundle: "quay.io/a/b:1@sha256:0" }',
    { resolver: 'bundles', task: 't', bundle: 'quay.io/a/b:1@sha256:0' },
  ],
  [
    'the bundles resolver',
    'taskRef: { resolver: bundles, params: [{ name: name, value: t }, { name: bundle, value: q/b }, { name: kind, value: task }] }',
    { resolver: 'bundles', task: 't', bundle: 'q/b' },
  ],
  [
    'the git resolver with an address',
    'taskRef: { resolver: git, params: [{ name: url, value: $(params.u) }, { name: revision, value: main }, { name: pathInRepo, value: t.yaml }] }',
    { resolver: 'git', url: '$(params.u)', revision: 'main', path: 't.yaml' },
  ],
  [
    'the git resolver with a forge',
    'taskRef: { resolver: git, params: [{ name: serverURL, value: "https://gitlab.com/" }, { name: org, value: o }, { name: repo, value: r }, { name: pathInRepo, value: t.yaml }] }',
    { resolver: 'git', url: 'https://gitlab.com/o/r', path: 't.yaml' },
  ],
  [
    'the http resolver',
    'taskRef: { resolver: http, params: [{ name: url, value: "https://x.example/t.yaml" }] }',
    { resolver: 'http', url: 'https://x.example/t.yaml' },
  ],
  [
    'the hub',
    'taskRef: { resolver: hub, params: [{ name: name, value: t }, { name: version, value: "0.6" }] }',
    { resolver: 'hub', task: 't', revision: '0.6' },
  ],
  [
    'the cluster',
    'taskRef: { resolver: cluster, params: [{ name: name, value: t }, { name: namespace, value: n }] }',
    { resolver: 'cluster', task: 't' },
  ],
  ['a ClusterTask', 'taskRef: { name: t, kind: ClusterTask }', { resolver: 'cluster', task: 't' }],
  [
    'the first form of resolvers',
    'taskRef: { resolver: bundles, resource: [{ name: name, value: t }, { name: bundle, value: q/b }] }',
    { resolver: 'bundles', task: 't', bundle: 'q/b' },
  ],
  ['an embedded task', 'taskSpec: { steps: [{ name: s, image: i }] }', { resolver: 'embedded' }],
])('a task comes from %s', (_, fields, ref) => {
  expect(taskOf(fields)).toMatchObject({ ref: { ...REF, ...ref }, faults: [] });
});

test.each([
  ['a resolver that nobody knows', 'taskRef: { resolver: magic }', 'Task “a”: its resolver “magic” is not known here.'],
  [
    'a pipeline in the pipeline',
    'pipelineRef: { name: q }',
    'Task “a”: it runs a whole pipeline; what that does is not shown.',
  ],
  [
    'a pipeline by its kind',
    'taskRef: { apiVersion: tekton.dev/v1, kind: Pipeline, name: q }',
    'Task “a”: it runs a whole pipeline; what that does is not shown.',
  ],
  [
    'an embedded pipeline',
    'pipelineSpec: { tasks: [] }',
    'Task “a”: it runs a whole pipeline; what that does is not shown.',
  ],
  [
    'a custom task',
    'taskRef: { apiVersion: custom.dev/v1, kind: Wait, name: w }',
    'Task “a”: it runs a “Wait”, not a Task; what that does is not shown.',
  ],
])('%s is unknown and a fault', (_, fields, fault) => {
  expect(taskOf(fields)).toMatchObject({ ref: { resolver: 'unknown' }, faults: [fault] });
});

test('a task that says nothing of what it runs is kept with a fault', () => {
  expect(readPipeline(oneTask('retries: 1'))).toMatchObject({
    value: { tasks: [{ name: 'a', ref: REF }] },
    faults: ['Task “a”: it does not say which task it runs.'],
  });
});

test('the values of params are one text each', () => {
  const { params, faults } = taskOf(`params:
  - { name: text, value: $(params.x) }
  - { name: yes, value: true }
  - { name: number, value: 50 }
  - { name: long, value: 20261121000000000001 }
  - { name: list, value: [a, 1, { b: c }] }
  - { name: object, value: { url: $(tasks.b.results.url), depth: 1 } }
  - { name: nothing }
  - name: block
    value: |
      two
      lines`);
  expect(faults).toEqual([]);
  expect(Object.fromEntries(params?.map((one) => [one.name, one.value]) ?? [])).toEqual({
    ...{ text: '$(params.x)', yes: 'true', number: '50', long: '20261121000000000001', list: ['a', '1', '{"b":"c"}'] },
    ...{ object: '{"url":"$(tasks.b.results.url)","depth":1}', nothing: '', block: 'two\nlines\n' },
  });
});

test.each([
  [
    'in',
    'when: [{ input: $(params.x), operator: in, values: ["true", false] }]',
    { input: '$(params.x)', operator: 'in', values: ['true', 'false'] },
  ],
  ['notin', 'when: [{ input: x, operator: notin, values: [y] }]', { input: 'x', operator: 'notin', values: ['y'] }],
  ['in capitals', 'when: [{ Input: x, Operator: in, Values: [y] }]', { input: 'x', operator: 'in', values: ['y'] }],
  ['CEL', `when: [{ cel: "'$(params.x)' == 'y'" }]`, { input: "'$(params.x)' == 'y'", operator: 'cel', values: [] }],
])('a condition is read: %s', (_, fields, condition) => {
  expect(taskOf(fields, 'v1beta1')).toMatchObject({ when: [condition], faults: [] });
});

test.each([
  [
    'conditions of old',
    'conditions: [{ conditionRef: c }]',
    'Task “a”: it has “conditions”, which Tekton no longer knows; what must hold for it is not shown.',
  ],
  [
    'resources of old',
    'resources: { inputs: [{ name: r, from: [b] }] }',
    'Task “a”: it has “resources”, which Tekton no longer knows; an order that follows from them is not shown.',
  ],
  [
    'an unknown operator',
    'when: [{ input: x, operator: like, values: [y] }]',
    'Task “a”: a condition “{"input":"x","operator":"like","values":["y"]}” is not understood; it is left out.',
  ],
  ['a when that is a text', 'when: always', 'Task “a”: “when” is no list; what must hold for it is not shown.'],
  ['a runAfter that is a text', 'runAfter: b', 'Task “a”: “runAfter” is no list; what it waits for is not shown.'],
  ['a runAfter with a map in it', 'runAfter: [{ b: c }]', 'Task “a”: “runAfter” holds “{"b":"c"}”, which is no name.'],
  ['params that are a map', 'params: { b: c }', 'Task “a”: “params” is no list; it is left out.'],
  [
    'a param without a name',
    'params: [{ value: c }, null]',
    'Task “a”: one of “params” has no name that can be shown; it is left out.',
  ],
  [
    'a param twice',
    'params: [{ name: b, value: 1 }, { name: b, value: 2 }]',
    'Task “a”: “b” of “params” is given twice; the first is read.',
  ],
  ['a matrix that is a number', 'matrix: 4', 'Task “a”: “matrix” is neither a map nor a list; it is left out.'],
  ['negative retries', 'retries: -1', 'Task “a”: “retries” is “-1”, which is no number of tries; it is taken for 0.'],
])('%s is a fault, and the task stays', (_, fields, fault) => {
  expect(taskOf(fields)).toMatchObject({ name: 'a', faults: [fault] });
});

test.each([
  [
    'lists',
    'matrix: { params: [{ name: P, value: [x, y] }, { name: Q, value: ["$(params.q[*])"] }] }',
    [
      { name: 'P', value: ['x', 'y'] },
      { name: 'Q', value: ['$(params.q[*])'] },
    ],
  ],
  [
    'a whole list by its name',
    'matrix: { params: [{ name: P, value: "$(params.p[*])" }] }',
    [{ name: 'P', value: '$(params.p[*])' }],
  ],
  ['the list of v1beta1', 'matrix: [{ name: P, value: [x] }]', [{ name: 'P', value: ['x'] }]],
  [
    'what is included',
    'matrix: { params: [{ name: P, value: [x] }], include: [{ name: i, params: [{ name: P, value: y }, { name: F, value: f }] }, { params: [{ name: F, value: g }] }] }',
    [
      { name: 'P', value: ['x', 'y'] },
      { name: 'F', value: ['f', 'g'] },
    ],
  ],
])('a matrix is read: %s', (_, fields, matrix) => {
  expect(taskOf(fields)).toMatchObject({ matrix, faults: [] });
});

test('limits, workspaces and words of a task are read', () => {
  const task = taskOf(`retries: 3
timeout: 1h30m
onError: continue
description: why
unknownField: { is: ignored }
workspaces: [{ name: data, workspace: shared, subPath: x }, { name: netrc }]`);
  expect(task).toMatchObject({
    ...{ retries: 3, timeout: '1h30m', onError: 'continue', description: 'why', faults: [] },
    workspaces: [
      { name: 'data', workspace: 'shared' },
      { name: 'netrc', workspace: 'netrc' },
    ],
  });
});

const WHOLE = `apiVersion: tekton.dev/v1beta1
kind: Pipeline
metadata: { name: whole }
spec:
  description: all of it
  params:
    - { name: must }
    - { name: text, default: "" }
    - { name: list, default: [a, b] }
    - { name: object, properties: { url: {} }, default: { url: x } }
    - { name: said, type: array, description: words }
    - { name: never, default: null }
  workspaces: [{ name: w }, { name: o, optional: true }]
  results: [{ name: R, value: $(tasks.a.results.r) }, { name: O, value: { k: v } }]
  finally:
    - name: last
      taskRef: { name: t }
  tasks:
    # what comes first
    - name: a
      taskRef:
        name: t
      # still of a

    - taskRef: { name: t }
      name: b
`;

test('a pipeline is read with all that it asks for and gives; what it does at last comes last', () => {
  const { value, faults } = readPipeline(WHOLE);
  expect(faults).toEqual([]);
  expect(
    value?.params.map(({ name, type, default: preset, description }) => [name, type, preset, description]),
  ).toEqual([
    ['must', 'string', null, null],
    ['text', 'string', '', null],
    ['list', 'array', '["a","b"]', null],
    ['object', 'object', '{"url":"x"}', null],
    ['said', 'array', null, 'words'],
    ['never', 'string', null, null],
  ]);
  expect(value).toMatchObject({
    ...{ name: 'whole', description: 'all of it' },
    workspaces: [
      { name: 'w', isOptional: false },
      { name: 'o', isOptional: true },
    ],
    results: [
      { name: 'R', value: '$(tasks.a.results.r)' },
      { name: 'O', value: '{"k":"v"}' },
    ],
  });
  const line = (text: string) => WHOLE.split('\n').indexOf(text) + 1;
  expect(value?.tasks.map(({ name, isFinally, lines }) => [name, isFinally, lines?.from, lines?.to])).toEqual([
    ['a', false, line('    - name: a'), line('        name: t')],
    ['b', false, line('    - taskRef: { name: t }'), line('      name: b')],
    ['last', true, line('    - name: last'), line('    - name: last') + 1],
  ]);
});

test('lines are right with carriage returns and in JSON', () => {
  const dos = readPipeline(WHOLE.replaceAll('\n', '\r\n')).value?.tasks.map(({ lines }) => lines);
  expect(dos).toEqual(readPipeline(WHOLE).value?.tasks.map(({ lines }) => lines));
  const spec = {
    tasks: [
      { name: 'a', taskRef: { name: 't' } },
      { name: 'b', taskRef: { name: 't' } },
    ],
  };
  const json = JSON.stringify(
    { apiVersion: 'tekton.dev/v1', kind: 'Pipeline', metadata: { name: 'p' }, spec },
    null,
    '\t',
  );
  const lines = json.split('\n');
  const [a, b] = readPipeline(json).value?.tasks ?? [];
  expect(lines.slice((a?.lines?.from ?? 0) - 1, a?.lines?.to).join('')).toMatch(/^\s*\{\s*"name": "a".*\},?$/);
  expect(lines.slice((b?.lines?.from ?? 0) - 1, b?.lines?.to).join('')).toMatch(/^\s*\{\s*"name": "b".*\}$/);
});

test('anchors and merged keys are read, and what is written itself wins', () => {
  const { value, faults } = readPipeline(`apiVersion: tekton.dev/v1
kind: Pipeline
metadata: { name: p }
spec:
  tasks:
    - &one
      name: a
      taskRef: &ref { name: t }
      retries: 2
    - <<: *one
      name: b
    - { name: c, taskRef: *ref }
`);
  expect(faults).toEqual([]);
  expect(value?.tasks.map(({ name, ref, retries }) => [name, ref.task, retries])).toEqual([
    ['a', 't', 2],
    ['b', 't', 2],
    ['c', 't', 0],
  ]);
});
