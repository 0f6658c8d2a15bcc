import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** OCI image layouts on disk, as skopeo reads them from `oci:DIR:TAG`. */

/** The image of one architecture. */
export interface Machine {
  /** OCI's name: amd64, arm64, … */
  architecture: string;
  created: string;
  labels: Record<string, string>;
  /** What each layer holds; every text makes a layer of its own. */
  layers: string[];
}

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
  const archives = layers.map(archive);
  const config = json(`${OCI}.config.v1+json`, {
    created,
    architecture,
    os: 'linux',
    config: { Cmd: ['/sbin/init'], Labels: labels },
    rootfs: {
      type: 'layers',
      diff_ids: archives.map((tar) => `sha256:${createHash('sha256').update(tar).digest('hex')}`),
    },
    history: layers.map((layer) => ({ created, created_by: layer.slice(0, 40) })),
  });
  return json(`${OCI}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config,
    layers: archives.map((tar) => store(`${OCI}.layer.v1.tar+gzip`, gzipSync(tar))),
  });
}

/** A tar with one file, `etc/it`. */
function archive(text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write('etc/it', 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8) + octal(0, 8), 108);
  header.write(octal(body.length, 12) + octal(0, 12), 124);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  // The checksum counts its own field as spaces.
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc(((512 - (body.length % 512)) % 512) + 1_024)]);
}
