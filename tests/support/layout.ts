import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { tar } from './tar.ts';

/** OCI image layouts on disk, as skopeo reads them from `oci:DIR:TAG`. */

/** The image of one architecture. */
export interface Machine {
  /** OCI's name: amd64, arm64, … */
  architecture: string;
  created: string;
  labels: Record<string, string>;
  /** What each layer holds: a text makes a layer with one file of it. */
  layers: (string | Layer)[];
}

export interface Layer {
  tar: Buffer;
  packing: keyof typeof PACKINGS;
}

const PACKINGS = {
  'tar+gzip': gzipSync,
  'tar+zstd': (bytes: Buffer) => zstdCompressSync(bytes),
  tar: (bytes: Buffer) => bytes,
} as const;

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

const OCI = 'application/vnd.oci.image';

/** Writes a layout whose tag `it` names an index of these machines, or the one machine itself; returns its digest. */
export function writeLayout(dir: string, machines: readonly Machine[], { isSingle = false } = {}): string {
  mkdirSync(join(dir, 'blobs/sha256'), { recursive: true });
  const store = (mediaType: string, bytes: Buffer): Descriptor => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(dir, 'blobs/sha256', hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const json = (mediaType: string, value: object) => store(mediaType, Buffer.from(JSON.stringify(value)));
  const manifests = machines.map((machine) => ({
    ...storeMachine(machine, store, json),
    platform: { architecture: machine.architecture, os: 'linux' },
  }));
  const index = { schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests };
  const [first] = manifests;
  const top = isSingle && first ? first : json(index.mediaType, index);
  const named = { ...top, annotations: { 'org.opencontainers.image.ref.name': 'it' } };
  writeFileSync(join(dir, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  writeFileSync(join(dir, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
  return top.digest;
}

function storeMachine(
  { architecture, created, labels, layers }: Machine,
  store: (mediaType: string, bytes: Buffer) => Descriptor,
  json: (mediaType: string, value: object) => Descriptor,
): Descriptor {
  const archives = layers.map(
    (layer): Layer =>
      typeof layer === 'string' ? { tar: tar([{ path: 'etc/it', body: layer }]), packing: 'tar+gzip' } : layer,
  );
  const config = json(`${OCI}.config.v1+json`, {
    created,
    architecture,
    os: 'linux',
    config: { Cmd: ['/sbin/init'], Labels: labels },
    rootfs: {
      type: 'layers',
      diff_ids: archives.map((one) => `sha256:${createHash('sha256').update(one.tar).digest('hex')}`),
    },
    history: layers.map((layer) => ({
      created,
      created_by: typeof layer === 'string' ? layer.slice(0, 40) : 'a layer',
    })),
  });
  return json(`${OCI}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config,
    layers: archives.map((one) => store(`${OCI}.layer.v1.${one.packing}`, PACKINGS[one.packing](one.tar))),
  });
}
