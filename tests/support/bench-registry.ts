import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's docker-registry on loopback, filled with images of the size that Fedora's bootc images have. */

export interface Registry {
  /** `http://127.0.0.1:41234` */
  url: string;
  stop(): Promise<void>;
}

export const REPOSITORIES = Array.from({ length: 20 }, (_, index) => `fedora/bootc-${String(index).padStart(2, '0')}`);
export const TAG = '45';
const ARCHES = ['amd64', 'arm64', 'ppc64le', 's390x'] as const;
const LAYERS = 70;
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CREATED_MS = Date.parse('2026-11-20T06:00:00Z');

/** Starts a registry that keeps its data in this directory, and pushes every repository. */
export async function startRegistry(directory: string): Promise<Registry> {
  const port = await freePort();
  const config = join(directory, 'registry.yml');
  await writeFile(
    config,
    `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${JSON.stringify(join(directory, 'registry'))} } }
http: { addr: "127.0.0.1:${port}" }
`,
  );
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const registry = { url: `http://127.0.0.1:${port}`, stop: () => ended(child) };
  try {
    await answers(`${registry.url}/v2/`);
    for (const repository of REPOSITORIES) await push(registry.url, repository);
    return registry;
  } catch (error) {
    await registry.stop();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within 10 s. Is Debian's docker-registry installed?`);
}

async function push(url: string, repository: string): Promise<void> {
  const layer = randomBytes(64);
  const layerDigest = await putBlob(url, repository, layer);
  const manifests: object[] = [];
  for (const architecture of ARCHES) {
    const config = Buffer.from(JSON.stringify(configOf(architecture)));
    const digest = await putBlob(url, repository, config);
    const layers = Array.from({ length: LAYERS }, () => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: layerDigest,
      size: layer.length,
      annotations: { 'ostree.components': `package-${randomBytes(20).toString('hex')}` },
    }));
    const named = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length };
    const manifest = { schemaVersion: 2, mediaType: IMAGE, config: named, layers };
    const put = await putManifest(url, repository, null, manifest);
    manifests.push({ mediaType: IMAGE, ...put, platform: { architecture, os: 'linux' } });
  }
  await putManifest(url, repository, TAG, { schemaVersion: 2, mediaType: INDEX, manifests });
}

function configOf(architecture: string) {
  const created = new Date(CREATED_MS).toISOString();
  const history = Array.from({ length: LAYERS }, (_, index) => ({
    created,
    created_by: `COPY dir:${randomBytes(60).toString('hex')} in /`,
    comment: `layer ${index}`,
  }));
  return {
    created,
    architecture,
    os: 'linux',
    config: {
      Labels: { 'org.opencontainers.image.version': '45.20261120.0', 'containers.bootc': '1' },
      Cmd: ['/sbin/init'],
    },
    rootfs: { type: 'layers', diff_ids: Array.from({ length: LAYERS }, () => digestOf(randomBytes(8))) },
    history,
  };
}

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function putBlob(url: string, repository: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = digestOf(bytes);
  const opened = await fetch(`${url}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(opened.headers.get('location') ?? '', url);
  place.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await expectCreated(await fetch(place, { method: 'PUT', body: bytes, headers }));
  return digest;
}

async function putManifest(
  url: string,
  repository: string,
  tag: string | null,
  manifest: { mediaType: string } & Record<string, unknown>,
) {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const digest = digestOf(bytes);
  const headers = { 'content-type': manifest.mediaType };
  const address = `${url}/v2/${repository}/manifests/${tag ?? digest}`;
  await expectCreated(await fetch(address, { method: 'PUT', body: bytes, headers }));
  return { digest, size: bytes.length };
}

async function expectCreated(answer: Response): Promise<void> {
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.url} answered ${answer.status}: ${text.slice(0, 200)}`);
}
