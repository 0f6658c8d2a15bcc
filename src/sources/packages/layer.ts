import { PassThrough, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import type { Sink } from '#sources/body.ts';
import { SourceError } from '#sources/error.ts';
import { zstdFrames } from './zstd-frames.ts';

/** A layer as it comes from the registry, looked through file by file; nothing is held but what was asked for. */

export interface Entry {
  /** From the root, without a slash before it. */
  path: string;
  kind: 'file' | 'link' | 'symlink' | 'directory' | 'other';
  /** Of a link, as the archive has it. */
  target: string;
  size: number;
}

/** A file that is to be read. */
export interface Wish {
  /** It is left where its first bytes are not these. */
  start?: Uint8Array;
  /** Asked before anything is held. */
  isTaken?(): boolean;
  take(bytes: Uint8Array): void;
}

export type Visit = (entry: Entry) => Wish | null;

const OUTPUT_BYTES = 8 * 2 ** 30;
const RATIO = 100;
// What is this small may be packed as well as it likes.
const SMALL_BYTES = 64 << 20;
const ENTRIES = 1_000_000;
const PATH_LENGTH = 4_096;
const MAGIC_BYTES = 4;
const NOTHING = new Uint8Array(0);

/** Reads a compressed (gzip, zstd) or plain tar of `size` bytes; `end` throws a SourceError where it is broken or too large, `write` never does. */
export function layerSink(size: number, visit: Visit): Sink {
  let first: Uint8Array = NOTHING;
  let reading: Sink | null = null;
  return {
    async write(part) {
      if (reading) return reading.write(part);
      first = first.length > 0 ? Buffer.concat([first, part]) : part;
      if (first.length < MAGIC_BYTES) return;
      reading = unpack(first, size, visit);
      await reading.write(first);
    },
    end: async () => (reading ?? unpack(first, size, visit)).end(),
  };
}

interface Packing {
  inflate: Transform;
  cut(part: Uint8Array): Uint8Array[];
}

/** By its first bytes: the type that a manifest gives is not always true. */
function packingOf(first: Uint8Array): Packing {
  const magic = Buffer.from(first.subarray(0, MAGIC_BYTES)).toString('hex');
  if (magic.startsWith('1f8b')) return { inflate: createGunzip(), cut: (part) => [part] };
  if (magic === '28b52ffd' || /^5.2a4d18$/.test(magic)) return { inflate: createZstdDecompress(), cut: zstdFrames() };
  return { inflate: new PassThrough(), cut: (part) => [part] };
}

function unpack(first: Uint8Array, size: number, visit: Visit): Sink {
  const { inflate, cut } = packingOf(first);
  const tar = createTarDecoder({ strict: true });
  const limit = Math.min(OUTPUT_BYTES, Math.max(SMALL_BYTES, size * RATIO));
  let failure: unknown = null;
  let goOn: () => void = () => undefined;
  // Whether the content is at fault or the way that it came is only known at its end, by its digest.
  const fail = (error: unknown) => {
    failure ??= readable(error);
    inflate.destroy();
    goOn();
  };
  const work = Promise.all([pump(inflate, tar.writable, limit), visitAll(tar.readable, visit)]).catch(fail);
  return {
    async write(part) {
      try {
        for (const piece of failure ? [] : cut(part)) {
          if (failure) return;
          await new Promise<void>((resolve) => {
            goOn = resolve;
            inflate.write(piece, () => resolve());
          });
        }
      } catch (error) {
        fail(error);
      }
    },
    async end() {
      if (!failure) inflate.end();
      await work;
      if (failure) throw failure;
    },
  };
}

function readable(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new SourceError('sbom', 'unreadable', `the layer is no whole archive (${why})`, { cause: error });
}

async function pump(inflate: Transform, into: WritableStream<Uint8Array>, limit: number): Promise<void> {
  const writer = into.getWriter();
  // Its failures are those of what is written and read.
  writer.closed.catch(() => undefined);
  let length = 0;
  try {
    for await (const chunk of inflate) {
      const part: Uint8Array<ArrayBuffer> = chunk;
      length += part.length;
      if (length > limit)
        throw new SourceError('sbom', 'too-large', `the layer unpacks to more than ${limit} bytes, as no image does`);
      await writer.write(part);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

async function visitAll(entries: ReadableStream<ParsedTarEntry>, visit: Visit): Promise<void> {
  let count = 0;
  for await (const { header, body } of entries) {
    count += 1;
    if (count > ENTRIES) throw new SourceError('sbom', 'too-large', `the layer has more than ${ENTRIES} files`);
    const { name, linkname = '', size } = header;
    if (name.length > PATH_LENGTH || linkname.length > PATH_LENGTH)
      throw new SourceError('sbom', 'too-large', `the layer has a path of more than ${PATH_LENGTH} letters`);
    const wish = visit({ path: rooted(name), kind: kindOf(header.type), target: linkname, size });
    const reader = body.getReader();
    if (wish) await grant(reader, size, wish);
    // Read to its end, since cancelling one that is already buffered loses the bytes of the next.
    while (!(await reader.read()).done);
  }
}

/** A path as it is from the root: `./usr/bin/` is `usr/bin`. */
export function rooted(path: string): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}

function kindOf(type: string | undefined): Entry['kind'] {
  return type === 'file' || type === 'link' || type === 'symlink' || type === 'directory' ? type : 'other';
}

async function grant(reader: ReadableStreamDefaultReader<Uint8Array>, size: number, wish: Wish): Promise<void> {
  const { start = NOTHING } = wish;
  let held: Uint8Array = NOTHING;
  let isDone = false;
  const more = async () => {
    const { done, value } = await reader.read();
    isDone = done;
    return value ?? NOTHING;
  };
  while (held.length < start.length && !isDone) held = Buffer.concat([held, await more()]);
  if (!start.every((byte, index) => held[index] === byte) || wish.isTaken?.() === false) return;
  const bytes = new Uint8Array(size);
  bytes.set(held);
  for (let at = held.length; !isDone; ) {
    const part = await more();
    bytes.set(part, at);
    at += part.length;
  }
  wish.take(bytes);
}
