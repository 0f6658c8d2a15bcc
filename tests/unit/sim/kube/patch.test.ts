import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applied, merged, patched } from '#sim/kube/patch.ts';
import { fromProtobuf } from '#sim/kube/protobuf.ts';
import { COMPONENT, core, pretendCluster, snapshot, studio } from '../../../support/kube.ts';

const one = studio(`components/${COMPONENT}`);

test.each([
  ['a field', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
  ['a field that goes', { a: 1, b: 2 }, { a: null }, { b: 2 }],
  ['an inner field', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
  ['nothing inside of what is new', {}, { a: { b: null } }, { a: {} }],
  ['a list, whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
])('merge: %s', (_, object, patch, expected) => {
  expect(merged(object, patch)).toEqual(expected);
});

test('a strategic merge knows items by name, and leaves its directives out', () => {
  const before = { imagePullSecrets: [{ name: 'a' }], subjects: [1] };
  const patch = {
    imagePullSecrets: [{ name: 'b' }, { name: 'a', $patch: 'delete' }],
    subjects: [2],
    $retainKeys: ['x'],
  };
  expect(patched('strategic', before, patch)).toEqual({ imagePullSecrets: [{ name: 'b' }], subjects: [2] });
});

test('apply takes away what the same manager no longer says, and nothing else', () => {
  const before = { spec: { a: 1, b: { c: 1 } } };
  const object = { spec: { a: 1, b: { c: 1, d: 2 }, other: 3 } };
  expect(applied(object, before, { spec: { a: 5 } })).toEqual({ spec: { a: 5, b: { d: 2 }, other: 3 } });
});

test.each([
  [
    'strategic merge',
    'application/strategic-merge-patch+json',
    {},
    415,
    /accepted media types include: application\/merge-patch\+json/,
  ],
  ['no type', 'text/plain', {}, 415, /unknown format/],
  ['a JSON patch that is no list', 'application/json-patch+json', {}, 400, /error decoding patch/],
  [
    'a JSON patch of no operation',
    'application/json-patch+json',
    [{ op: 'x', path: '/a' }],
    400,
    /error decoding patch/,
  ],
  [
    'a JSON patch of what is not there',
    'application/json-patch+json',
    [{ op: 'remove', path: '/spec/none' }],
    422,
    /rejected our request/,
  ],
  [
    'a test that fails',
    'application/json-patch+json',
    [{ op: 'test', path: '/spec/application', value: 'x' }],
    422,
    /rejected our request/,
  ],
  [
    'a path to the prototype',
    'application/json-patch+json',
    [{ op: 'add', path: '/__proto__/x', value: 'x' }],
    400,
    /leads to the prototype/,
  ],
  ['an apply without a manager', 'application/apply-patch+yaml', {}, 400, /fieldManager: Required value/],
  [
    'another name',
    'application/merge-patch+json',
    { metadata: { name: 'x' } },
    400,
    /does not match the name on the URL/,
  ],
])('a patch with %s is refused', async (_, type, body, code, message) => {
  const answer = await pretendCluster().ask(one, { method: 'PATCH', type, body });
  expect([answer.code, answer.body.message]).toEqual([code, expect.stringMatching(message)]);
});

test('apply creates, and refuses what its kind does not declare', async () => {
  const { ask } = pretendCluster();
  const path = `${studio('snapshots/sample-one')}?fieldManager=kubectl`;
  const type = 'application/apply-patch+yaml';
  expect((await ask(path, { method: 'PATCH', type, body: snapshot('sample-one') })).code).toBe(201);
  expect((await ask(path, { method: 'PATCH', type, body: snapshot('sample-one') })).code).toBe(200);
  const bad = await ask(path, { method: 'PATCH', type, body: snapshot('sample-one', { spec: { bogus: 1 } }) });
  expect([bad.code, bad.body.message]).toEqual([
    500,
    expect.stringContaining('.spec.bogus: field not declared in schema'),
  ]);
});

/** `k8s\0`, the type, and the message. */
function protobuf(apiVersion: string, kind: string, raw: readonly number[]): Uint8Array {
  const text = (value: string) => [...new TextEncoder().encode(value)];
  const field = (number: number, bytes: readonly number[]) => [number * 8 + 2, bytes.length, ...bytes];
  const type = [...field(1, text(apiVersion)), ...field(2, text(kind))];
  return new Uint8Array([...text('k8s\0'), ...field(1, type), ...field(2, raw)]);
}

test('reads the messages that kubectl sends as protobuf', async () => {
  // metadata { name: "s" }, data { a: "b" }, type: "Opaque"
  const raw = [10, 3, 10, 1, 115, 18, 6, 10, 1, 97, 18, 1, 98, 26, 6, 79, 112, 97, 113, 117, 101];
  const body = protobuf('v1', 'Secret', raw);
  expect(fromProtobuf(body)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    data: { a: 'Yg==' },
    type: 'Opaque',
  });
  const type = 'application/vnd.kubernetes.protobuf';
  const { ask } = pretendCluster();
  expect((await ask(core('secrets'), { method: 'POST', type, body })).body.data).toEqual({ a: 'Yg==' });
  const other = await ask(core('pods'), {
    method: 'POST',
    type,
    body: protobuf('v1', 'Secret', [10, 99]),
    role: 'admin',
  });
  expect([403, 415]).toContain(other.code);
});

test('bytes that are no message are refused, whatever they are', () => {
  const head = new TextEncoder().encode('k8s\0');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const read = fromProtobuf(new Uint8Array([...head, ...bytes]));
      expect(read === null || typeof read === 'object').toBe(true);
    }),
  );
  expect(fromProtobuf(new Uint8Array([1, 2, 3]))).toBeNull();
});
