import { expect, test } from 'vitest';
import { differencesOf } from '#pipeline/difference.ts';
import { definition, lackingUpstream, upstream } from '../../support/definitions.ts';

type Parts = Parameters<typeof definition>[0];
const texts = (before: Parts, after: Parts) =>
  differencesOf(definition(before), definition(after)).map(({ kind, task, text }) => `${kind} ${task}: ${text}`);

const HEX = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
const bundle = (text: string, name = 'init') =>
  `{ name: a, taskRef: { resolver: bundles, params: [{ name: name, value: ${name} }, { name: bundle, value: "${text}" }] } }`;
const git = (revision: string, path = 't.yaml') =>
  `{ name: a, taskRef: { resolver: git, params: [{ name: url, value: "https://x.example/y" }, { name: revision, value: "${revision}" }, { name: pathInRepo, value: ${path} }] } }`;
const a = (fields: string) => `{ name: a, taskRef: { name: t }, ${fields} }`;
const b = '{ name: b, taskRef: { name: t } }';

test.each([
  [
    'a newer bundle',
    bundle(`q.io/task-init:0.4.2@${HEX[0]}`),
    bundle(`q.io/task-init:0.4.3@${HEX[1]}`),
    'bumped a: `a`: 0.4.2 → 0.4.3.',
  ],
  [
    'the same version built anew',
    bundle(`q.io/task-init:0.4@${HEX[0]}`),
    bundle(`q.io/task-init:0.4@${HEX[1]}`),
    'bumped a: `a` was rebuilt: 0.4 has another digest.',
  ],
  [
    'a bundle without a tag',
    bundle(`q.io:443/task-init@${HEX[0]}`),
    bundle(`q.io:443/task-init@${HEX[1]}`),
    'bumped a: `a` was rebuilt: bbbbbbbbbbbb has another digest.',
  ],
  [
    'another task',
    bundle('q.io/task-init:0.4'),
    bundle('q.io/task-start:0.1', 'start'),
    'bumped a: `a` is now the task `start`, 0.1; it was the task `init`, 0.4.',
  ],
  [
    'another place',
    bundle('q.io/one/task-init:0.4'),
    bundle('q.io/two/task-init:0.4'),
    'bumped a: `a` comes from another place: `q.io/one/task-init:0.4` → `q.io/two/task-init:0.4`.',
  ],
  ['another revision', git('1.0'), git('1.1'), 'bumped a: `a`: `1.0` → `1.1`.'],
  [
    'another path',
    git('1', 't.yaml'),
    git('1', 'u.yaml'),
    'bumped a: `a` is now a task from `https://x.example/y u.yaml` at `1`; it was a task from `https://x.example/y t.yaml` at `1`.',
  ],
  [
    'a version of the build definitions',
    '{ name: a, taskRef: { name: t, version: "0.1" } }',
    '{ name: a, taskRef: { name: t, version: "0.2" } }',
    'bumped a: `a`: `0.1` → `0.2`.',
  ],
  ['one more parameter', a(''), a('params: [{ name: X, value: "" }]'), 'params a: `a` is also given `X`: empty.'],
  [
    'one parameter less',
    a('params: [{ name: X, value: y }]'),
    a(''),
    'params a: `a` is no longer given `X`; it was `y`.',
  ],
  [
    'another value',
    a('params: [{ name: X, value: [y, z] }]'),
    a('params: [{ name: X, value: "`" }]'),
    'params a: `a` is given another `X`: `y, z` → `ˋ`.',
  ],
  [
    'a workspace',
    a(''),
    a('workspaces: [{ name: w, workspace: v }]'),
    'params a: `a` is also given the workspace `w`.',
  ],
  [
    'a condition',
    a(''),
    a("when: [{ input: '$(params.x)', operator: in, values: ['1'] }]"),
    'condition a: `a` now runs only when `x` is `1`.',
  ],
  [
    'no condition',
    a("when: [{ input: '$(params.x)', operator: notin, values: ['1'] }]"),
    a(''),
    'condition a: `a` now runs without a condition; it ran only when `x` is not `1`.',
  ],
  [
    'a matrix',
    a(''),
    a("matrix: { params: [{ name: P, value: ['$(params.x[*])'] }] }"),
    'matrix a: `a` runs once per value of `P` (`x`); it ran once.',
  ],
  [
    'retries',
    a(''),
    a('retries: 2'),
    'limits a: `a` is tried again up to 2 times when it fails; it was not tried again.',
  ],
  [
    'fewer tries',
    a('retries: 2'),
    a('retries: 1'),
    'limits a: `a` is tried again once when it fails; it was tried again up to 2 times.',
  ],
  ['no tries', a('retries: 1'), a(''), 'limits a: `a` is not tried again when it fails; it was tried again once.'],
  ['a timeout', a('timeout: 1h'), a('timeout: 8h'), 'limits a: `a` has another time limit: `1h` → `8h`.'],
  ['failing', a(''), a('onError: continue'), 'limits a: When `a` fails, the run goes on now.'],
  ['an order', `${a('')}\n${b}`, `${a('runAfter: [b]')}\n${b}`, 'order a: `a` now waits for `b`.'],
  [
    'no order',
    `${a('runAfter: [b]')}\n${b}`,
    `${a('')}\n${b}`,
    'order a: `a` no longer waits for `b`: it runs at the start.',
  ],
  [
    'a move to the end',
    { tasks: a('') },
    { finally: a('') },
    'order a: `a` now runs at the end, whatever happened before.',
  ],
  [
    'a new task',
    b,
    `${b}\n{ name: a, taskRef: { name: t }, runAfter: [b] }`,
    'added a: `a` is new: it is the task `t` and runs after `b`.',
  ],
  ['a task less', `${b}\n${a('')}`, b, 'removed a: `a` is gone: it was the task `t`.'],
  [
    'a parameter',
    { tasks: b },
    { tasks: b, params: '{ name: p, default: "" }' },
    'parameter null: Parameter `p` is new: by default empty.',
  ],
  ['no parameter', { tasks: b, params: '{ name: p }' }, { tasks: b }, 'parameter null: Parameter `p` is gone.'],
  [
    'a default',
    { tasks: b, params: '{ name: p }' },
    { tasks: b, params: '{ name: p, default: x }' },
    'parameter null: Parameter `p`: by default `x` now; before, it must be given.',
  ],
  [
    'a type',
    { tasks: b, params: '{ name: p, type: string }' },
    { tasks: b, params: '{ name: p, type: array }' },
    'parameter null: Parameter `p` is now of the type array; it was string.',
  ],
  [
    'a result',
    { tasks: b },
    { tasks: b, more: 'results: [{ name: r, value: x }]' },
    'parameter null: The pipeline gives one more result: `r`.',
  ],
  [
    'a workspace of the pipeline',
    { tasks: b, more: 'workspaces: [{ name: w }]' },
    { tasks: b, more: 'workspaces: [{ name: w, optional: true }]' },
    'parameter null: Workspace `w` is now optional.',
  ],
])('%s', (_, before, after, text) => {
  expect(texts(before, after)).toEqual([text]);
});

test.each([
  ['the same', a('runAfter: [b]'), a('runAfter: [b]')],
  ['tasks in another order', `${a('')}\n${b}`, `${b}\n${a('')}`],
  [
    'parameters in another order',
    a('params: [{ name: X, value: x }, { name: Y, value: y }]'),
    a('params: [{ name: Y, value: y }, { name: X, value: x }]'),
  ],
  ['other words', a('description: One'), a('description: Two')],
  [
    'an order that a result already asks for',
    `${b}\n${a("params: [{ name: X, value: '$(tasks.b.results.r)' }]")}`,
    `${b}\n${a("runAfter: [b], params: [{ name: X, value: '$(tasks.b.results.r)' }]")}`,
  ],
  ['an error that stops, said', a(''), a('onError: stopAndFail')],
])('nothing differs: %s', (_, before, after) => {
  expect(texts(before, after)).toEqual([]);
});

test('one task of another name is one gone and one new: nothing is guessed', () => {
  expect(texts(a(''), a('').replace('name: a', 'name: c')).map((text) => text.split(':')[0])).toEqual([
    'added c',
    'removed a',
  ]);
});

test("what upstream's multi-platform build has that the plain one has not", (context) => {
  if (lackingUpstream) context.skip(lackingUpstream);
  const [plain, multi] = [upstream('docker-build-oci-ta'), upstream('docker-build-multi-platform-oci-ta')];
  const found = differencesOf(plain, multi);
  expect(found.map(({ kind, task }) => [kind, task])).toEqual([
    ['added', 'build-images'],
    ['removed', 'build-container'],
    ['params', 'build-image-index'],
    ['order', 'build-image-index'],
    ['matrix', 'clair-scan'],
    ['matrix', 'ecosystem-cert-preflight-checks'],
    ['matrix', 'clamav-scan'],
    ['parameter', null],
    ['parameter', null],
  ]);
  expect(found.at(-2)?.text).toBe('Parameter `build-platforms` is new: by default `["linux/x86_64"]`.');
  expect(found.at(-1)?.text).toBe('Parameter `build-image-index`: by default `true` now; before, by default `false`.');
  expect(differencesOf(multi, plain).length).toBe(found.length);
  expect(differencesOf(multi, multi)).toEqual([]);
});
