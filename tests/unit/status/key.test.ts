import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifier } from '#sources/provenance/key.ts';
import { Key } from '#status/key.ts';
import { parseTargets } from '#status/parse.ts';
import { signer } from '../../support/beside.ts';

const isKey = (pem: string) => Key.safeParse({ id: 'mine', pem }).success;
const pemOf = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
  key.export({ type: 'spki', format: 'pem' }).toString();

test('a P-256 public key is a key, with or without the line end', () => {
  const { pem } = signer();
  expect([isKey(pem), isKey(pem.trim())]).toEqual([true, true]);
});

test('however its lines are broken, a key that is accepted can verify', () => {
  const { pem } = signer();
  const shapes = [pem.trim().replaceAll('\n', ' '), pem.trim().replace('\n-----END', '-----END')];
  for (const shape of shapes) {
    expect(isKey(shape)).toBe(true);
    expect(verifier(shape).id).toBe(verifier(pem).id);
  }
});

const GOOD = signer().pem;
const WRONG: [string, string][] = [
  ['of another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)],
  ['of RSA', pemOf(generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey)],
  ['that is private', GOOD.replaceAll('PUBLIC', 'PRIVATE')],
  ['that was cut', GOOD.replace(/.{10}\n-----END/, '\n-----END')],
  ['that is no point of the curve', GOOD.replace(/.{4}==/, 'AAAA==')],
  ['that is no base64', GOOD.replace(/^M.*$/m, '<script>')],
  ['that is a word', 'cosign.pub'],
];

test.each(WRONG)('a key %s is none', (_, pem) => {
  expect(isKey(pem)).toBe(false);
});

const file = (keys: string, row = '') => `schema: 1
services: { quay: { api: https://quay.io/api/v1, registry: https://quay.io } }
keys:
${keys}
targets:
  - channel: production
    variant: standard
    release: [44, 45]
    repository: fedora/fedora-bootc
    tag: "{release}"
    arches: [x86_64]
    cadence: { expect: 24h, fresh: 36h, stale: 72h }
${row}`;
const line = (id: string, pem = GOOD) => `  - { id: ${id}, pem: ${JSON.stringify(pem)} }\n`;

test('a target may be signed with any key of the file, unless it names some', () => {
  const ids = (row: string) =>
    parseTargets(file(line('a') + line('b'), row), 'targets.yaml').targets.map(({ keys }) => keys.map(({ id }) => id));
  expect(ids('')).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(ids('    keys: [b]\n')).toEqual([['b'], ['b']]);
  expect(ids('    keys: []\n')).toEqual([[], []]);
});

test.each([
  ['a key that is none', file(line('a', 'cosign.pub')), 'targets.yaml:4: keys.0.pem: write the PEM'],
  ['two of the same id', file(line('a') + line('a')), 'keys: two keys have the same id'],
  ['a key that nobody knows', file(line('a'), '    keys: [b]\n'), 'targets.0.keys: no key is called b'],
])('%s is told with its place and what to do', (_, text, message) => {
  expect(() => parseTargets(text, 'targets.yaml')).toThrow(message);
});
