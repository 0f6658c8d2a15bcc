/** Tars with exactly these entries, whole or broken. */

export interface TarEntry {
  path: string;
  body?: Uint8Array | string;
  /** A hard link to this path, from the root of the archive. */
  link?: string;
  symlink?: string;
  isFolder?: boolean;
  /** What the header claims instead of the length of the body. */
  size?: number;
}

const BLOCK = 512;

/** The archive, with its two empty blocks at the end. */
export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(entryOf), Buffer.alloc(2 * BLOCK)]);
}

function entryOf({ path, body = '', link, symlink, isFolder = false, size }: TarEntry): Buffer {
  const bytes = Buffer.from(body);
  const kind = link !== undefined ? '1' : symlink !== undefined ? '2' : isFolder ? '5' : '0';
  const header = headerOf(path, kind, size ?? bytes.length, link ?? symlink ?? '');
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** One header block; the path has at most 100 bytes. */
function headerOf(path: string, kind: string, size: number, target: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(path, 0, 100);
  header.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8), 100);
  header.write(octal(size, 12) + octal(0, 12), 124);
  header.write('        ', 148);
  header.write(kind, 156);
  header.write(target, 157, 100);
  header.write('ustar\x0000', 257);
  // The checksum counts its own field as spaces.
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
