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
  /** Records of POSIX before it, as in `path`. */
  pax?: Readonly<Record<string, string>>;
}

const BLOCK = 512;

/** The archive, with its two empty blocks at the end. */
export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(entryOf), Buffer.alloc(2 * BLOCK)]);
}

function entryOf({ path, body = '', link, symlink, isFolder = false, size, pax }: TarEntry): Buffer {
  const bytes = Buffer.from(body);
  const before = pax ? paxOf(pax) : Buffer.alloc(0);
  const kind = link !== undefined ? '1' : symlink !== undefined ? '2' : isFolder ? '5' : '0';
  const header = headerOf(path, kind, size ?? bytes.length, link ?? symlink ?? '');
  return Buffer.concat([before, header, padded(bytes)]);
}

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);

function paxOf(records: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    // Its length counts its own digits.
    const length = rest.length + String(rest.length).length;
    return `${rest.length + String(length).length}${rest}`;
  });
  const bytes = Buffer.from(lines.join(''));
  return Buffer.concat([headerOf('pax', 'x', bytes.length, ''), padded(bytes)]);
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
