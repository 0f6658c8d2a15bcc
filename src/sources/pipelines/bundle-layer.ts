import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { stringify } from 'yaml';
import { SourceError } from '#sources/error.ts';

/** One layer of a bundle: a tar, packed with gzip, with one file of YAML or JSON in it. */

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const USTAR_AT = 257;
/** More than any reader here takes, and written as YAML in a fifth of a second. */
const MAX_DEPTH = 64;
const MAX_VALUES = 50_000;

/** The bytes of a layer, of which at most so many are taken; a SourceError names `from`. */
export async function unpackedOf(layer: Uint8Array, from: string, most: number): Promise<Uint8Array> {
  if (startsWith(layer, ZSTD))
    throw new SourceError('oci', 'unreadable', `a layer of ${from} is packed with zstd, which no bundle may be`);
  if (startsWith(layer, GZIP)) return unpacked(layer, from, most);
  if (layer.length > most) throw tooLarge(from);
  return layer;
}

/** The text of the object in the bytes of a layer, JSON set as YAML; a SourceError names `from`. */
export async function textOf(bytes: Uint8Array, from: string): Promise<string> {
  const fail = (why: string, cause?: unknown): never => {
    throw new SourceError('oci', 'unreadable', `a layer of ${from} ${why}`, { cause });
  };
  const file = isTar(bytes) ? await onlyFile(bytes).catch((cause) => fail(because(cause), cause)) : bytes;
  try {
    return readable(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch (cause) {
    return fail(cause instanceof RangeError ? because(cause) : 'holds no text that can be read', cause);
  }
}

const tooLarge = (from: string, cause?: unknown) =>
  new SourceError('oci', 'too-large', `the layers of ${from} unpack to more than they may together`, { cause });
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
const because = (cause: unknown) => (cause instanceof RangeError ? cause.message : 'holds no whole archive');

async function unpacked(layer: Uint8Array, from: string, most: number): Promise<Uint8Array> {
  try {
    return await new Promise((resolve, reject) => {
      gunzip(layer, { maxOutputLength: Math.max(1, most) }, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(from, cause);
    throw new SourceError('oci', 'unreadable', `a layer of ${from} is no whole gzip`, { cause });
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
  if (!text.trimStart().startsWith('{')) return text;
  const value: unknown = JSON.parse(text);
  if (valuesIn(value, 0) > MAX_VALUES) throw new RangeError(`holds more than ${MAX_VALUES} values, or too deep ones`);
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** How many values there are in one; infinite where they lie too deep. */
function valuesIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  return Object.values(value).reduce<number>((sum, one) => sum + valuesIn(one, depth + 1), 1);
}
