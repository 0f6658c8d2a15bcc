import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';
import { KEY_ID, sign } from '#sim/registry/signer.ts';
import { verifier } from '#sources/provenance/key.ts';
import { smallWorld } from '../../support/world.ts';

const NAME = 'content/worlds/sample.yaml';
const PEM = (await readWorld(NAME)).watch.keys?.[0]?.pem ?? '';

test('what the simulator signs, the public key of the sample verifies, whatever the length of its numbers', async () => {
  const key = createPublicKey(PEM);
  const texts = Array.from({ length: 200 }, (_, index) => new TextEncoder().encode(`sample ${index}`));
  const signatures = await Promise.all(texts.map(sign));
  expect(texts.every((text, at) => verify('sha256', text, key, Buffer.from(signatures[at] ?? '', 'base64')))).toBe(
    true,
  );
  expect(new Set(signatures.map((text) => Buffer.from(text, 'base64').length)).size).toBeGreaterThan(1);
});

test('the key id in its envelopes is the fingerprint of that key', () => {
  expect(verifier(PEM).id).toBe(KEY_ID);
});

test('the same world has the same attachments in every process', async () => {
  const tags = async () => {
    const world = smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, attach: [signature, provenance, sbom] }] } }
`);
    const url = 'https://quay.io/api/v1/repository/bootc-devel/fedora-bootc-45-standard/tag/?limit=100';
    return (await simulate(world)(new Request(url))).json();
  };
  const first = await tags();
  expect(first.tags).toHaveLength(4);
  expect(await tags()).toEqual(first);
});
