import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, COMPONENT, core, pretendCluster, snapshot, studio } from '../../../support/kube.ts';

/** Whatever a client sends gets the answer of a Kubernetes, and leaves a cluster that still answers. */

const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const one = studio(`components/${COMPONENT}`);
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const merge = (body: string): Asked => ({ method: 'PATCH', type: MERGE, body });
const operation = (body: object): Asked => ({ method: 'PATCH', type: JSON_PATCH, body: [body] });
const post = (body: unknown): Asked => ({ method: 'POST', body });

test.each<[string, string, Asked, number]>([
  ['a pointer that is an object', one, operation({ op: 'add', path: { toString: 1 }, value: 1 }), 400],
  ['an origin that is an object', one, operation({ op: 'copy', path: '/a', from: { toString: 1 } }), 400],
  ['a field that is missing', one, operation({ op: 'remove', path: '/spec/none/deeper' }), 422],
  ['a test that fails', one, operation({ op: 'test', path: '/spec/application', value: 'x' }), 422],
  ['a whole object replaced by a number', one, operation({ op: 'replace', path: '', value: 5 }), 422],
  ['a pointer into the prototype', one, operation({ op: 'add', path: '/__proto__/x', value: 1 }), 400],
  ['labels that are a text', one, merge('{"metadata":{"labels":"x"}}'), 400],
  ['annotations that are a list', one, merge('{"metadata":{"annotations":["x"]}}'), 400],
  ['owners that are a number', one, merge('{"metadata":{"ownerReferences":5}}'), 400],
  ['a prototype', one, merge('{"__proto__":{"x":1}}'), 400],
  ['great depth', one, merge(nested(100_000)), 400],
  ['half an object', one, merge('{"a":'), 400],
  ['four megabytes', one, merge(`{"a":"${'x'.repeat(4 << 20)}"}`), 413],
  ['an unknown type', one, { method: 'PATCH', type: 'text/plain', body: '{}' }, 415],
  ['null', studio('snapshots'), post('null'), 400],
  ['metadata that is a number', studio('snapshots'), post('{"metadata":5,"spec":5}'), 422],
  ['a name with a slash', studio('snapshots'), post(snapshot('a/b')), 422],
  ['a kind that is an object', studio('snapshots'), post({ ...snapshot('a'), kind: { toString: 1 } }), 400],
  [
    'broken protobuf',
    core('secrets'),
    { ...post(new Uint8Array([107, 56, 115, 0, 255])), type: 'application/vnd.kubernetes.protobuf' },
    415,
  ],
  ['an old version', one, { method: 'PUT', body: { metadata: { name: COMPONENT, resourceVersion: '1' } } }, 409],
  ['a broken escape', studio('components/%E0%A4%A'), {}, 400],
  ['junk for labels', studio('components?labelSelector=%21%21%3D%28'), {}, 400],
  ['half a set of labels', studio('components?labelSelector=a+in+%28'), {}, 400],
  ['junk for fields', studio('components?fieldSelector=%3D%3D'), {}, 400],
  ['a limit below zero', studio('components?limit=-1'), {}, 400],
  ['the rest of no list', studio('components?limit=1&continue=%00%ff'), {}, 400],
  ['junk for a watch', studio('components?watch=true&timeoutSeconds=-1&resourceVersion=abc'), {}, 200],
  ['a name of the prototype', studio('components/__proto__'), {}, 404],
])('%s', async (_, path, asked, code) => {
  const cluster = pretendCluster();
  expect((await cluster.raw(path, asked)).status).toBe(code);
  expect((await cluster.ask(studio('components'))).body.items.length).toBe(1);
});

test('a label that only the prototype of an object has finds nothing', async () => {
  const { ask } = pretendCluster();
  expect((await ask(studio('components?labelSelector=constructor'))).body.items).toEqual([]);
});

const PLURALS = ['components', 'snapshots', 'releases', 'releaseplans', 'imagerepositories', 'applications'];
const any = fc.jsonValue({ maxDepth: 3 });

test('controllers bear objects of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PLURALS), any, any, any, async (plural, labels, annotations, spec) => {
      const { raw, pass } = pretendCluster();
      const metadata = { name: 'sample', labels, annotations };
      expect((await raw(studio(plural), post({ metadata, spec }))).status).toBeLessThan(500);
      expect(
        (await raw(one, { method: 'PATCH', type: MERGE, body: { metadata: { annotations }, spec } })).status,
      ).toBeLessThan(500);
      pass(3_600_000);
      for (const other of PLURALS) expect((await raw(studio(other))).status).toBe(200);
    }),
    { numRuns: 60 },
  );
}, 60_000);
