import { expect, test } from 'vitest';
import { influencesOf } from '#pipeline/influence.ts';
import { influenceSummary, influenceTexts } from '#pipeline/text/influence.ts';
import { definition, lackingUpstream, upstream } from '../../support/definitions.ts';

const PARAMS = `{ name: go, default: "false" }
{ name: format, default: docker }
{ name: must }
{ name: list, type: array, default: [x] }
{ name: a.b, default: "1" }
{ name: idle, default: "" }`;

const of = (name: string, tasks: string, more = '') => {
  const found = influencesOf(definition({ tasks, params: PARAMS, finally: more })).find(
    (one) => one.parameter.name === name,
  );
  if (!found) throw new Error(`There is no parameter ${name}.`);
  return found;
};
const when = (input: string, operator: string, values: string) =>
  `{ name: a, when: [{ input: '${input}', operator: ${operator}, values: ${values} }] }`;

test.each([
  ['in, and so by default', '$(params.format)', 'in', '[docker, oci]', true],
  ['in, and not so by default', '$(params.format)', 'in', '[oci]', false],
  ['notin, and so by default', '$(params.format)', 'notin', '[docker]', false],
  ['notin, and not so by default', '$(params.format)', 'notin', '["oci"]', true],
  ['in brackets', '$(params["format"])', 'in', '[docker]', true],
  ['in the values', 'docker', 'in', '["$(params.format)"]', true],
  ['with text around it', 'to-$(params.format)', 'in', '[to-docker]', true],
  ['with a result too', '$(params.format)-$(tasks.z.results.r)', 'in', '[docker-1]', null],
  ['with one that must be given', '$(params.format)$(params.must)', 'in', '[docker]', null],
])('a condition: %s', (_, input, operator, values, runsByDefault) => {
  const { switches } = of('format', when(input, operator, values));
  expect(switches.map((one) => one.runsByDefault)).toEqual([runsByDefault]);
});

test.each([
  ['nothing is known of one that must be given', 'must', when('$(params.must)', 'in', '[x]')],
  ['a list is not its default as one text', 'list', when('$(params.list[*])', 'in', '["[\\"x\\"]"]')],
  ['CEL is not worked out', 'go', `{ name: a, when: [{ cel: "'$(params.go)' == 'false'" }] }`],
])('a condition: %s', (_, name, tasks) => {
  expect(of(name, tasks).switches.map((one) => one.runsByDefault)).toEqual([null]);
});

test.each([
  ['a value', 'go', "params: [{ name: X, value: '$(params.go)' }]", [{ task: 'a', as: 'X' }]],
  ['a list in a value', 'list', "params: [{ name: X, value: ['$(params.list[*])'] }]", [{ task: 'a', as: 'X' }]],
  ['a name with a dot', 'a.b', "params: [{ name: X, value: '$(params.a.b)' }]", [{ task: 'a', as: 'X' }]],
  [
    'the place of the task',
    'must',
    "taskRef: { resolver: git, params: [{ name: url, value: 'https://x.example/y' }, { name: revision, value: '$(params.must)' }] }",
    [{ task: 'a', as: 'taskRef.revision' }],
  ],
  ['another name that begins alike', 'go', "params: [{ name: X, value: '$(params.gone) $(params.go-on)' }]", []],
  ['the parameter of a task', 'go', "params: [{ name: go, value: 'true' }]", []],
])('handed: %s', (_, name, fields, expected) => {
  expect(of(name, `{ name: a, ${fields} }`).handed).toEqual(expected);
});

test('it reaches through results what is behind, nearest first, and not what only runs later', () => {
  const found = of(
    'go',
    `{ name: far, params: [{ name: x, value: '$(tasks.near.results.r)' }] }
{ name: near, params: [{ name: x, value: '$(tasks.a.results.r)' }] }
{ name: a, params: [{ name: X, value: '$(params.go)' }] }
{ name: later, runAfter: [a] }`,
    "{ name: last, params: [{ name: x, value: '$(tasks.a.results.r)' }] }",
  );
  expect(found.reaches).toEqual(['near', 'last', 'far']);
  expect(influenceSummary(found)).toBe('is handed to 1 task; 3 more may get other input through results');
  expect(influenceTexts(found)[1]).toBe(
    '3 more may get other input through results of these: `near`, `last` and `far`.',
  );
});

test('tasks in a circle are reached once', () => {
  const found = of(
    'go',
    `{ name: a, params: [{ name: x, value: '$(tasks.b.results.r) $(params.go)' }] }
{ name: b, params: [{ name: x, value: '$(tasks.a.results.r)' }] }`,
  );
  expect([found.handed.length, found.reaches]).toEqual([1, ['b']]);
});

const unlike = (operator: string, values: string) => when('$(params.format)', operator, values);
test.each([
  ['go', when('$(params.go)', 'in', '["true"]'), '`go` turns on 1 task when it is `true`: `a`.'],
  ['go', when('$(params.go)', 'in', '["false"]'), '`go` turns off 1 task when it is `true`: `a`.'],
  ['go', when('$(params.go)', 'notin', '["true"]'), '`go` turns off 1 task when it is `true`: `a`.'],
  ['go', when('$(params.go)', 'notin', '["false"]'), '`go` turns on 1 task when it is `true`: `a`.'],
  ['format', unlike('in', '[docker]'), '`format` turns off 1 task unless it is `docker`: `a`.'],
  ['format', unlike('in', '[oci, ""]'), '`format` turns on 1 task when it is `oci` or empty: `a`.'],
  ['format', unlike('notin', '[oci]'), '`format` turns off 1 task when it is `oci`: `a`.'],
  ['format', unlike('notin', '[docker]'), '`format` turns on 1 task unless it is `docker`: `a`.'],
  ['must', when('$(params.must)', 'notin', '[x]'), '`must` lets 1 task run only when `must` is not `x`: `a`.'],
  [
    'list',
    "{ name: a, matrix: { params: [{ name: P, value: ['$(params.list[*])'] }] } }",
    '`list` repeats 1 task, once per value: `a`.',
  ],
  [
    'go',
    "{ name: a, params: [{ name: X, value: '$(params.go)' }, { name: Y, value: '$(params.go)' }] }",
    '`go` is handed to 1 task: `a` as `X` and `Y`.',
  ],
  ['idle', '{ name: a }', 'No task uses `idle`.'],
])('%s: %s', (name, tasks, text) => {
  expect(influenceTexts(of(name, tasks))).toEqual([text]);
  if (name !== 'idle') expect(text).toContain(` ${influenceSummary(of(name, tasks))}: `);
});

test('conditions that are not on it alone are not told as its own', () => {
  const [text] = influenceTexts(of('go', when('$(params.go)-$(params.format)', 'in', '[true-oci]')));
  expect(text).toBe(
    '`go` decides with others about 1 task, run only when `$(params.go)-$(params.format)` is `true-oci`: `a`.',
  );
});

test("upstream's multi-platform build: what its four best known parameters do", (context) => {
  if (lackingUpstream) context.skip(lackingUpstream);
  const all = new Map(
    influencesOf(upstream('docker-build-multi-platform-oci-ta')).map((one) => [one.parameter.name, one]),
  );
  const names = (list: readonly { task: string }[] = []) => list.map(({ task }) => task);
  expect(all.get('skip-checks')).toMatchObject({ handed: [], repeats: [], reaches: [] });
  expect(names(all.get('skip-checks')?.switches)).toEqual([
    ...[
      'deprecated-base-image-check',
      'clair-scan',
      'ecosystem-cert-preflight-checks',
      'sast-snyk-check',
      'clamav-scan',
    ],
    ...['sast-shell-check', 'sast-unicode-check', 'rpms-signature-scan'],
  ]);
  expect(all.get('skip-checks')?.switches.every(({ runsByDefault }) => runsByDefault === true)).toBe(true);
  expect(all.get('build-source-image')?.switches).toMatchObject([{ task: 'build-source-image', runsByDefault: false }]);
  expect(all.get('build-platforms')?.repeats).toEqual([
    ...['build-images', 'clair-scan', 'ecosystem-cert-preflight-checks', 'clamav-scan'],
  ]);
  for (const name of ['hermetic', 'privileged-nested']) {
    expect(names(all.get(name)?.handed)).toEqual(['build-images']);
    expect(all.get(name)?.reaches[0]).toBe('build-image-index');
  }
  expect([...all.values()].every((one) => influenceTexts(one).every((text) => !text.startsWith('No task')))).toBe(true);
});
