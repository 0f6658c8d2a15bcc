import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { stringify } from 'yaml';
import { SourceError } from '#sources/error.ts';

/** One layer of a bundle: a tar, packed with gzip, with one file of YAML or JSON in it. */

const UNPACKED_BYTES = 8 << 20;
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const USTAR_AT = 257;

/** The text of the object that a layer holds, JSON set as YAML; a SourceError names `from`. */
export async function textOf(layer: Uint8Array, from: string): Promise<string> {
  const fail = (why: string, cause?: unknown): never => {
    throw new SourceError('oci', 'unreadable', `a layer of ${from} ${why}`, { cause });
  };
  if (startsWith(layer, ZSTD)) fail('is packed with zstd, which no bundle may be');
  const bytes = startsWith(layer, GZIP) ? await unpacked(layer, from) : layer;
  const file = isTar(bytes) ? await onlyFile(bytes).catch((cause) => fail(because(cause), cause)) : bytes;
  try {
    return readable(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch (cause) {
    return fail('holds no text that can be read', cause);
  }
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
const because = (cause: unknown) => (cause instanceof RangeError ? cause.message : 'holds no whole archive');

async function unpacked(layer: Uint8Array, from: string): Promise<Uint8Array> {
  try {
    return await new Promise((resolve, reject) => {
      gunzip(layer, { maxOutputLength: UNPACKED_BYTES }, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });
  } catch (cause) {
    const isBomb = cause instanceof RangeError;
    const why = isBomb ? `unpacks to more than ${UNPACKED_BYTES} bytes` : 'is no whole gzip';
    throw new SourceError('oci', isBomb ? 'too-large' : 'unreadable', `a layer of ${from} ${why}`, { cause });
  }
}

/** What comes without one is the object itself, as early bundles had it. */
const isTar = (bytes: Uint8Array) => Buffer.from(bytes.subarray(USTAR_AT, USTAR_AT + 5)).toString('latin1') === 'ustar';

async function onlyFile(archive: Uint8Array): Promise<Uint8Array> {
  const entries = await unpackTar(archive, { strict: true });
  const files = entries.filter(({ header }) => header.type !== 'directory');
  const [only, ...others] = files;
  if (!only || others.length > 0) throw new RangeError(`holds ${files.length} files instead of one`);
  if (only.header.type !== 'file' || !only.data) throw new RangeError(`holds a ${only.header.type} instead of a file`);
  return only.data;
}

/** JSON as YAML, whose lines can be shown; anything else as it is. */
function readable(text: string): string {
  const isJson = text.trimStart().startsWith('{');
  return isJson ? stringify(JSON.parse(text), { lineWidth: 0, aliasDuplicateObjects: false }) : text;
}
