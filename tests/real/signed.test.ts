import { afterAll, beforeAll, expect } from 'vitest';
import type { Target } from '#status/targets.ts';
import {
  envelopeLayer,
  envelopeOf,
  payloadOf,
  pushAttachment,
  sha256,
  signer,
  simpleLayer,
  statementOf,
} from '../support/beside.ts';
import { lacking, realTest } from '../support/needs.ts';
import { type Harbour, harbour } from './harbour.ts';
import { imageIn, inHours } from './kept.ts';

/** Images in a real registry, signed and attested as cosign lays it out, read back by the real command. */

const [ours, theirs] = [signer(), signer()];
const BUILD = {
  builder: { id: 'https://tekton.dev/chains/v2' },
  metadata: { buildStartedOn: '2026-11-20T08:00:00Z', buildFinishedOn: '2026-11-20T09:00:00Z' },
  invocation: { parameters: { 'git-url': 'https://gitlab.com/team/images', revision: 'a'.repeat(40) } },
  buildConfig: { tasks: [{ name: 'init', status: 'Succeeded', startedOn: '2026-11-20T08:00:05Z' }] },
};

let port: Harbour;
let out: string;
let cache: string;

beforeAll(async () => {
  if (lacking) return;
  port = await harbour('tests/fixtures/targets.yaml', `keys: [{ id: ours, pem: ${JSON.stringify(ours.pem)} }]\n`);
  [out, cache] = [port.folder(), port.folder()];
  await port.refresh(out, cache);
}, 120_000);

afterAll(() => port?.close());

function nth(index: number): Target {
  const target = port.targets[index];
  if (!target) throw new Error(`the fixture has no target ${index}`);
  return target;
}

const digestOf = (target: Target) => imageIn(out, target.id).digest ?? '';
const home = (target: Target) => `http://${port.registry.host}/v2/${target.repository}`;
const tagOf = (digest: string, suffix: string) => `${digest.replace(':', '-')}.${suffix}`;

realTest(
  'a signature and an attestation beside an image are verified by its key, and cost nothing afterwards',
  async () => {
    const target = nth(0);
    const digest = digestOf(target);
    const envelope = envelopeOf(statementOf(digest, BUILD), [theirs, ours]);
    const sig = await pushAttachment(home(target), tagOf(digest, 'sig'), [simpleLayer(ours, payloadOf(digest))]);
    const att = await pushAttachment(home(target), tagOf(digest, 'att'), [envelopeLayer(envelope)]);
    const { code, stderr } = await port.refresh(out, cache, '--now', inHours(25));
    expect(code, stderr).toBe(0);
    const { signature, provenance } = imageIn(out, target.id);
    expect(signature).toMatchObject({ state: 'verified', digest: sig, found: 'tag', keyId: ours.id });
    expect(provenance).toMatchObject({
      state: 'verified',
      digest: att,
      keyId: ours.id,
      source: { repository: 'https://gitlab.com/team/images', commit: 'a'.repeat(40) },
      finishedAt: '2026-11-20T09:00:00.000Z',
      tasks: [{ name: 'init', status: 'Succeeded' }],
    });
    await port.registry.asked();
    await port.refresh(out, cache, '--now', inHours(25));
    expect((await port.registry.asked()).filter((request) => request.includes(digest))).toEqual([]);
  },
);

realTest('a signature of another image and an attestation by another key are wrong', async () => {
  const target = nth(1);
  const digest = digestOf(target);
  const payload = payloadOf(sha256(Buffer.from('another image')));
  await pushAttachment(home(target), tagOf(digest, 'sig'), [simpleLayer(ours, payload)]);
  const envelope = envelopeOf(statementOf(digest, BUILD), [theirs]);
  await pushAttachment(home(target), tagOf(digest, 'att'), [envelopeLayer(envelope)]);
  await port.refresh(out, port.folder(), '--now', inHours(25));
  const { signature, provenance, verdict } = imageIn(out, target.id);
  expect([signature?.state, provenance?.state]).toEqual(['failed', 'failed']);
  expect(provenance).toMatchObject({ keyId: theirs.id, tasks: null, source: null });
  expect(verdict.facets.trust.value).toBe('failed');
});
