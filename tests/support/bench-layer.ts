import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { rpmdb } from '#sim/registry/rpmdb.ts';
import { tar } from './tar.ts';

/** A registry on loopback with one image of one layer, as large as that of a bootc image that was not rechunked. */

export interface Served {
  url: string;
  /** Compressed, and unpacked. */
  bytes: { packed: number; plain: number };
  close(): void;
}

export type Packing = 'gzip' | 'zstd';

const FILES = 50_000;
const RPMS = 1_300;
const HEADER_BYTES = 30_000;
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';

/** Writes the layer into the directory and serves it: about 1.5 GB compressed, RPM's database near its end. */
export async function serveLayer(directory: string, packing: Packing): Promise<Served> {
  const layer = await writeLayer(join(directory, `layer.${packing}`), packing);
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', os: 'linux', created: '2026-11-20T06:00:00Z', config: { Labels: {} } }),
  );
  const described = { mediaType: `application/vnd.oci.image.layer.v1.tar+${packing}`, ...layer.descriptor };
  const manifest = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: IMAGE, config: descriptorOf(config), layers: [described] }),
  );
  const held = new Map([config, manifest].map((bytes) => [descriptorOf(bytes).digest, bytes]));
  const server = createServer(({ url = '', method }, answer) => {
    const last = url.split('/').at(-1) ?? '';
    if (last === layer.descriptor.digest) return void createReadStream(layer.file).pipe(answer);
    const bytes = last === '45' ? manifest : held.get(last);
    if (!bytes || url.includes('/referrers/')) return void answer.writeHead(404).end();
    const headers = { 'content-type': IMAGE, 'docker-content-digest': descriptorOf(bytes).digest };
    answer.writeHead(200, headers).end(method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: { packed: layer.descriptor.size, plain: layer.plain },
    close: () => server.close().closeAllConnections(),
  };
}

function descriptorOf(bytes: Buffer) {
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, size: bytes.length };
}

async function writeLayer(file: string, packing: Packing) {
  const hash = createHash('sha256');
  let size = 0;
  let plain = 0;
  const counted = new PassThrough();
  counted.on('data', (part: Buffer) => {
    hash.update(part);
    size += part.length;
  });
  const source = Readable.from(
    (function* () {
      for (const part of files()) {
        plain += part.length;
        yield part;
      }
    })(),
  );
  await pipeline(source, packerOf(packing), counted, createWriteStream(file));
  return { file, plain, descriptor: { digest: `sha256:${hash.digest('hex')}`, size } };
}

function packerOf(packing: Packing): Transform {
  if (packing === 'gzip') return createGzip({ level: 1 });
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** Files of 1 to 80 KB, of which three quarters cannot be compressed, as programs are. */
function* files(): Generator<Buffer> {
  const noise = randomBytes(4 << 20);
  const text = Buffer.alloc(1 << 20, 'text that packs well\n');
  const entry = (path: string, body: Buffer) => tar([{ path, body }]).subarray(0, -1_024);
  for (let index = 0; index < FILES; index++) {
    const length = 1_000 + ((index * 7_919) % 79_000);
    const from = (index * 104_729) % (noise.length - length);
    const body = Buffer.concat([noise.subarray(from, from + (length * 3) / 4), text.subarray(0, length / 4)]);
    if (index === FILES - 1_000) yield entry('usr/lib/sysimage/rpm/rpmdb.sqlite', Buffer.from(database()));
    yield entry(`usr/lib/files/${index}`, body);
  }
  yield Buffer.alloc(1_024);
}

/** Headers as long as they are with their files and change logs: a database of 40 MB. */
function database(): Uint8Array {
  const rpm = { epoch: null, version: '1', release: '1.sample', arch: 'x86_64', source: 'package-1-1.sample' };
  const small = rpmdb(Array.from({ length: RPMS }, (_, index) => ({ ...rpm, name: `package-${index}` })));
  const written = new DatabaseSync(':memory:');
  written.deserialize(small.fill(1, 18, 20));
  written.exec(`UPDATE Packages SET blob = CAST(blob || zeroblob(${HEADER_BYTES}) AS BLOB)`);
  return written.serialize();
}
