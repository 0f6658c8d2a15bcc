import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kindOf } from '#sim/kube/crd.ts';
import { at } from '#sim/kube/json-path.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { pruned } from '#sim/kube/prune.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { duration } from '#sim/kube/table.ts';
import { COMPONENT, pretendCluster, snapshot, studio } from '../../../support/kube.ts';

const kindWith = (spec: object): Kind => ({
  ...{ group: 'sample.example', version: 'v1', kind: 'Sample', plural: 'samples', singular: 'sample', shortNames: [] },
  ...{ isNamespaced: true, columns: [], isCustom: true, hasStatus: true, verbs: [] },
  schema: { type: 'object', properties: { spec } },
});

test.each([
  [
    'a required field',
    { required: ['a'], type: 'object', properties: { a: { type: 'string' } } },
    {},
    ['spec.a: Required value'],
  ],
  ['a type', { type: 'string' }, 5, ['spec: Invalid value: "integer": spec in body must be of type string: "integer"']],
  [
    'a pattern',
    { type: 'string', pattern: '^[a-z]+$' },
    'x-3.19',
    [`spec: Invalid value: "x-3.19": spec in body should match '^[a-z]+$'`],
  ],
  ['a pattern that ignores case, of Go', { type: 'string', pattern: '(?i)^(a|b)$' }, 'B', []],
  ['a choice', { type: 'string', enum: ['a', 'b'] }, 'c', ['spec: Unsupported value: "c": supported values: "a", "b"']],
  ['a length', { type: 'string', maxLength: 2 }, 'abc', ['spec: Too long: may not be more than 2 bytes']],
  [
    'a smallest number',
    { type: 'integer', minimum: 1 },
    0,
    ['spec: Invalid value: 0: spec in body should be greater than or equal to 1'],
  ],
  [
    'an item of a list',
    { type: 'array', items: { type: 'string' } },
    ['a', 1],
    ['spec[1]: Invalid value: "integer": spec[1] in body must be of type string: "integer"'],
  ],
  ['null where it may be', { type: 'string', nullable: true }, null, []],
  [
    'a number or a text',
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    '5',
    [],
  ],
])('holds an object against %s', (_, schema, spec, expected) => {
  expect(faultsOf(kindWith(schema), { spec }).map(({ field, message }) => `${field}: ${message}`)).toEqual(expected);
});

test('drops fields that are not known, fills in defaults, and keeps what is left open', () => {
  const spec = {
    type: 'object',
    properties: {
      a: { type: 'string', default: 'x' },
      open: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { in: { type: 'object', properties: {} } },
      },
      map: { type: 'object', additionalProperties: { type: 'object', properties: { b: { type: 'string' } } } },
    },
  };
  const given = {
    apiVersion: 'v',
    kind: 'k',
    metadata: { any: 1 },
    spec: { bogus: 1, open: { any: 1 }, map: { k: { b: 'b', c: 'c' } } },
    more: 1,
  };
  const { object, unknown } = pruned(kindWith(spec), given);
  expect(unknown).toEqual(['spec.bogus', 'spec.map.k.c', 'more']);
  expect(object).toEqual({
    apiVersion: 'v',
    kind: 'k',
    metadata: { any: 1 },
    spec: { a: 'x', open: { any: 1 }, map: { k: { b: 'b' } } },
  });
});

test.each([
  [
    'Strict',
    400,
    'Snapshot in version "v1alpha1" cannot be handled as a Snapshot: strict decoding error: unknown field "spec.bogus"',
    null,
  ],
  ['Warn', 201, undefined, '299 - "unknown field \\"spec.bogus\\""'],
  ['Ignore', 201, undefined, null],
])('an unknown field with fieldValidation %s', async (wish, code, message, warning) => {
  const { ask } = pretendCluster();
  const body = snapshot('sample-one', { spec: { application: 'a', bogus: 1 } });
  const answer = await ask(studio(`snapshots?fieldValidation=${wish}`), { method: 'POST', body });
  expect([answer.code, answer.body.message, answer.warning]).toEqual([code, message, warning]);
  if (code === 201) expect(answer.body.spec).toEqual({ application: 'a' });
});

test('a value that its kind does not allow is refused with field, value and rule', async () => {
  const type = 'application/merge-patch+json';
  const { code, body } = await pretendCluster().ask(studio(`components/${COMPONENT}`), {
    method: 'PATCH',
    type,
    body: { spec: { componentName: 'x-3.19' } },
  });
  expect([code, body.message]).toEqual([
    422,
    `Component.appstudio.redhat.com "${COMPONENT}" is invalid: spec.componentName: Invalid value: "x-3.19": spec.componentName in body should match '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'`,
  ]);
  expect(body.details.causes).toEqual([
    expect.objectContaining({ field: 'spec.componentName', reason: 'FieldValueInvalid' }),
  ]);
});

test.each([
  ['.a.b', 1],
  ['.list[-1].n', 'y'],
  ['.list[?(@.n=="x")].v', 5],
  [".labels['a.b/c']", 'd'],
  ['.labels.a\\.b/c', 'd'],
  ['.none.b', undefined],
  ['.list[?(@.n>1)]', undefined],
])('a column finds %s', (path, expected) => {
  const value = { a: { b: 1 }, list: [{ n: 'x', v: 5 }, { n: 'y' }], labels: { 'a.b/c': 'd' } };
  expect(at(value, path)).toEqual(expected);
});

test.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [150, '2m30s'],
  [3_600, '60m'],
  [3 * 3_600, '3h'],
  [3 * 3_600 + 60, '3h1m'],
  [30 * 3_600, '30h'],
  [50 * 3_600, '2d2h'],
  [30 * 86_400, '30d'],
  [800 * 86_400, '2y70d'],
  [-5, '<invalid>'],
])('%i seconds are %s old', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

const lacking = existsSync(new URL('../../../../../shared/data/konflux/crds/', import.meta.url))
  ? null
  : 'the definitions are not beside this checkout';

/** The real definitions. */
function realKinds(): Kind[] {
  const root = new URL('../../../../../shared/data/konflux/', import.meta.url).pathname;
  const files = globSync(`${root}{crds,crds-operator-bundle}/*.yaml`);
  return files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => kindOf(document.toJS())),
  );
}

test('the server runs with the real definitions, and what the world gives is such as they allow', async ({ skip }) => {
  if (lacking) skip(lacking);
  const kinds = realKinds();
  expect(kinds.length).toBeGreaterThan(20);
  const { ask } = pretendCluster(kinds);
  for (const [path, plural] of [
    ['tekton.dev/v1', 'pipelineruns'],
    ['tekton.dev/v1', 'taskruns'],
    ['appstudio.redhat.com/v1alpha1', 'snapshots'],
    ['appstudio.redhat.com/v1alpha1', 'components'],
  ]) {
    const { body } = await ask(`/apis/${path}/namespaces/bootc-tenant/${plural}`);
    const kind = kinds.find((one) => one.plural === plural && `${one.group}/${one.version}` === path);
    expect([plural, kind?.plural]).toEqual([plural, plural]);
    for (const item of kind ? body.items : []) {
      expect(kind && faultsOf(kind, item)).toEqual([]);
      expect(kind && pruned(kind, item).unknown).toEqual([]);
    }
  }
});

test('what is no definition is no kind', () => {
  expect(kindOf(null)).toEqual([]);
  expect(kindOf({ kind: 'Secret', spec: { versions: [{ name: 'v1' }] } })).toEqual([]);
  expect(kindOf({ kind: 'CustomResourceDefinition', spec: { versions: 5 } })).toEqual([]);
});
