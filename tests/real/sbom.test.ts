import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { readPackages } from '#status/packages.ts';
import { envelopeLayer, envelopeOf, pushAttachment, sha256, signer, statementOf } from '../support/beside.ts';
import { lacking, realTest } from '../support/needs.ts';
import { type Harbour, harbour } from './harbour.ts';
import { imageIn, inHours } from './kept.ts';

/** SBOMs in a real registry as `cosign attach sbom` lays them out, read back by the real command. */

const ours = signer();
const purl = (name: string, arch: string) =>
  `pkg:rpm/fedora/${name}@1%3A2.0~rc1-1.fc45?arch=${arch}&upstream=${name}-2.0~rc1-1.fc45.src.rpm`;
const SPDX = Buffer.from(
  JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    packages: [{ externalRefs: [{ referenceType: 'purl', referenceLocator: purl('kernel', 'x86_64') }] }],
  }),
);
const CYCLONEDX = Buffer.from(
  JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ purl: purl('bash', 'aarch64') }] }),
);

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

realTest('each arch is read where it lies: named by the attestation, or under its tag; and read once', async () => {
  const [target] = port.targets;
  if (!target) throw new Error('the fixture has no target');
  const { digest, arches } = imageIn(out, target.id);
  const home = `http://${port.registry.host}/v2/${target.repository}`;
  const tagOf = (of: string | null | undefined, suffix: string) => `${of?.replace(':', '-')}.${suffix}`;
  const layer = (mediaType: string, bytes: Buffer) => [{ mediaType, bytes }];
  await pushAttachment(home, tagOf(arches[0]?.digest, 'sbom'), layer('text/spdx+json', SPDX));
  await pushAttachment(home, tagOf(arches[1]?.digest, 'sbom'), layer('application/vnd.cyclonedx+json', CYCLONEDX));
  const results = [
    { name: 'IMAGE_DIGEST', value: arches[0]?.digest },
    { name: 'SBOM_BLOB_URL', value: `${port.registry.host}/${target.repository}@${sha256(SPDX)}` },
  ];
  const build = { buildConfig: { tasks: [{ name: 'build', status: 'Succeeded', results }] } };
  const envelope = envelopeOf(statementOf(digest ?? '', build), [ours]);
  await pushAttachment(home, tagOf(digest, 'att'), [envelopeLayer(envelope)]);
  await port.registry.asked();
  const { code, stderr } = await port.refresh(out, cache, '--now', inHours(25));
  expect(code, stderr).toBe(0);
  const { sbom, provenance } = imageIn(out, target.id);
  expect(provenance?.state).toBe('verified');
  expect(sbom?.state).toBe('present-unverified');
  expect(sbom?.arches.map(({ state, origin, isBound, packages }) => [state, origin, isBound, packages])).toEqual([
    ['read', 'spdx', true, 1],
    ['read', 'cyclonedx', false, 1],
    ['absent', null, false, null],
    // Nothing lies under a tag of either, and the other one has none.
    ['not-read', null, false, null],
  ]);
  expect(sbom?.headline).toEqual([{ name: 'kernel', versions: [{ evr: '1:2.0~rc1-1.fc45', arches: ['x86_64'] }] }]);
  const hex = digest?.replace('sha256:', '') ?? '';
  expect(readPackages(readFileSync(join(out, 'records', 'packages', hex, 'aarch64.json'), 'utf8'))).toMatchObject({
    origin: { kind: 'sbom', format: 'cyclonedx', blob: sha256(CYCLONEDX) },
    packages: [{ name: 'bash', evr: '1:2.0~rc1-1.fc45', arch: 'aarch64', source: 'bash-2.0~rc1-1.fc45' }],
  });
  const asked = await port.registry.asked();
  expect(asked.filter((request) => request.includes(sha256(SPDX)))).toHaveLength(1);
  await port.refresh(out, cache, '--now', inHours(26));
  const again = (await port.registry.asked()).filter((request) => request.includes(target.repository));
  expect(again.filter((request) => /\.sbom|blobs|referrers/.test(request))).toEqual([]);
});
