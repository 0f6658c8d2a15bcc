import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  envelopeLayer,
  envelopeOf,
  manifestOf,
  payloadOf,
  sha256,
  signer,
  simpleLayer,
  statementOf,
} from './beside.ts';

/** A registry on loopback with one image of one or more arches, signed, and an SBOM of any size for each. */

export interface Served {
  url: string;
  /** Of the key that signed it. */
  pem: string;
  close(): void;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const ARCHES = ['amd64', 'arm64', 'ppc64le', 's390x'];
const RPMS = 1_300;

/** Writes an SBOM of so many bytes an arch into the directory and serves the image; its tag is `45`. */
export async function serveSboms(directory: string, arches: number, bytes: number): Promise<Served> {
  const held = new Map<string, Buffer>();
  const hold = (body: Buffer, ...names: string[]) => {
    for (const name of [sha256(body), ...names]) held.set(name, body);
    return { digest: sha256(body), size: body.length };
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const files = new Map<string, string>();
  const images = [];
  const tasks = [];
  for (const architecture of ARCHES.slice(0, arches)) {
    const config = hold(json({ architecture, os: 'linux', created: '2026-11-20T06:00:00Z', config: { Labels: {} } }));
    const image = hold(json({ schemaVersion: 2, mediaType: IMAGE, config, layers: [] }));
    const file = join(directory, `${architecture}.json`);
    const sbom = await writeSbom(file, architecture, bytes);
    files.set(sbom, file);
    images.push({ mediaType: IMAGE, ...image, platform: { architecture, os: 'linux' } });
    tasks.push(taskOf(image.digest, sbom));
  }
  const index = hold(json({ schemaVersion: 2, mediaType: INDEX, manifests: images }), '45');
  const by = signer();
  const layers = {
    att: [envelopeLayer(envelopeOf(statementOf(index.digest, { buildConfig: { tasks } }), [by]))],
    sig: [simpleLayer(by, payloadOf(index.digest))],
  };
  for (const [suffix, pieces] of Object.entries(layers)) {
    hold(manifestOf(pieces), `${index.digest.replace(':', '-')}.${suffix}`);
    for (const piece of pieces) hold(piece.bytes);
  }
  const server = createServer(({ url = '', method }, answer) => {
    const last = url.split('/').at(-1) ?? '';
    const file = files.get(last);
    if (file) return createReadStream(file).pipe(answer);
    const body = url.includes('/referrers/') ? undefined : held.get(last);
    if (!body) return answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': last === '45' ? INDEX : IMAGE, 'docker-content-digest': sha256(body) });
    return answer.end(method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, pem: by.pem, close: () => server.close().closeAllConnections() };
}

function taskOf(image: string, sbom: string) {
  const result = (name: string, value: string) => ({ name, type: 'string', value });
  const results = [result('IMAGE_DIGEST', image), result('SBOM_BLOB_URL', `registry.example/fedora-bootc@${sbom}`)];
  return { name: 'build', status: 'Succeeded', results };
}

/** An SPDX file as syft writes it: files and relations take up nearly all of it. */
async function writeSbom(file: string, arch: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const parts = function* () {
    for (const part of partsOf(arch, bytes)) {
      hash.update(part);
      yield part;
    }
  };
  await pipeline(Readable.from(parts()), createWriteStream(file));
  return `sha256:${hash.digest('hex')}`;
}

function* partsOf(arch: string, bytes: number): Generator<string> {
  yield `{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"${arch}","files":[{}`;
  yield* filled(bytes * 0.75, (index) => ({
    SPDXID: `SPDXRef-File-${index}`,
    checksums: [{ algorithm: 'SHA256', checksumValue: sha256(Buffer.from([index])).replace('sha256:', '') }],
    copyrightText: '',
    fileName: `usr/lib/modules/kernel/drivers/thing/thing-${index}.ko.xz`,
    licenseConcluded: 'NOASSERTION',
    licenseInfoInFiles: ['NOASSERTION'],
  }));
  yield '],"packages":[{}';
  for (let index = 0; index < RPMS; index++) yield `,${JSON.stringify(packageOf(index))}`;
  yield '],"relationships":[{}';
  yield* filled(bytes * 0.25, (index) => ({
    spdxElementId: `SPDXRef-Package-${index % RPMS}`,
    relatedSpdxElement: `SPDXRef-File-${index}`,
    relationshipType: 'CONTAINS',
  }));
  yield ']}';
}

function* filled(bytes: number, make: (index: number) => object): Generator<string> {
  for (let index = 0, left = bytes; left > 0; index++) {
    const text = `,${JSON.stringify(make(index))}`;
    left -= text.length;
    yield text;
  }
}

function packageOf(index: number) {
  const purl = `pkg:rpm/fedora/package-${index}@1.${index}-1.sample?arch=noarch&upstream=package-1.${index}-1.sample.src.rpm`;
  const cpe = { referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: `cpe:2.3:a:${index}` };
  const named = { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
  return { SPDXID: `SPDXRef-Package-${index}`, name: `package-${index}`, externalRefs: [cpe, cpe, named] };
}
