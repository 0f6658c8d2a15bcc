import { SourceError } from '#sources/error.ts';
import type { Package } from '#status/packages.ts';

/** One package as RPM keeps it: a header of tags, big-endian, as in RPM's own database. */

const TAGS = { name: 1000, version: 1001, release: 1002, epoch: 1003, arch: 1022, source: 1044 } as const;
const INT32 = 4;
const STRING = 6;
const ENTRY_BYTES = 16;
const ENTRIES = 10_000;
const WORD = 300;
// What RPM itself allows, and more than that would be a disguise.
const PRINTABLE = /^[\x21-\x7e]+$/;

interface Entry {
  type: number;
  offset: number;
}

interface Header {
  blob: Uint8Array;
  view: DataView;
  entries: ReadonlyMap<number, Entry>;
  /** Where the values begin. */
  start: number;
}

/** The package of a header; null for a key, which RPM keeps as if it were one. Throws a SourceError where it is broken. */
export function readHeader(blob: Uint8Array): Package | null {
  const header = open(blob);
  const word = (tag: number) => {
    const found = text(header, tag);
    if (found === null) throw broken(`tag ${tag} is missing`);
    return found;
  };
  const name = word(TAGS.name);
  if (name === 'gpg-pubkey') return null;
  const epoch = number(header, TAGS.epoch);
  const evr = `${epoch ? `${epoch}:` : ''}${word(TAGS.version)}-${word(TAGS.release)}`;
  if (evr.length > WORD) throw broken('its version is too long');
  const source = text(header, TAGS.source);
  return { name, evr, arch: word(TAGS.arch), source: source?.replace(/\.(no)?src\.rpm$/, '') ?? null };
}

function open(blob: Uint8Array): Header {
  if (blob.length < 8) throw broken('it has no beginning');
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const count = view.getUint32(0);
  const start = 8 + count * ENTRY_BYTES;
  if (count > ENTRIES || start + view.getUint32(4) > blob.length) throw broken('it is longer than its bytes');
  const wanted = new Set<number>(Object.values(TAGS));
  const entries = new Map<number, Entry>();
  for (let at = 8; at < start; at += ENTRY_BYTES) {
    const tag = view.getUint32(at);
    if (wanted.has(tag) && !entries.has(tag))
      entries.set(tag, { type: view.getUint32(at + 4), offset: view.getUint32(at + 8) });
  }
  return { blob, view, entries, start };
}

function text({ blob, entries, start }: Header, tag: number): string | null {
  const entry = entries.get(tag);
  if (!entry) return null;
  const from = start + entry.offset;
  const end = blob.indexOf(0, from);
  if (entry.type !== STRING || from >= blob.length || end === -1 || end - from > WORD)
    throw broken(`tag ${tag} holds no text that ends`);
  const value = Buffer.from(blob.subarray(from, end)).toString('latin1');
  if (!PRINTABLE.test(value)) throw broken(`tag ${tag} holds letters that RPM does not allow`);
  return value;
}

function number({ blob, view, entries, start }: Header, tag: number): number | null {
  const entry = entries.get(tag);
  if (!entry) return null;
  const at = start + entry.offset;
  if (entry.type !== INT32 || at + 4 > blob.length) throw broken(`tag ${tag} holds no number`);
  return view.getUint32(at);
}

function broken(why: string): SourceError {
  return new SourceError('sbom', 'unreadable', `a header in the RPM database is broken: ${why}`);
}
