import { SourceError } from '#sources/error.ts';

/** The pages of an SQLite table, counted before SQLite walks them: pages that lead to each other would keep it busy for ever. */

const LEAF = 13;
const INNER = 5;
const FILE_HEADER = 100;

/** Throws a SourceError unless the table whose first page is `root` is a tree: no page comes twice. */
export function checkTree(file: Uint8Array, root: number): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pageBytes = pageBytesOf(file, view);
  const seen = new Set<number>();
  const waiting = [root];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    const at = (page - 1) * pageBytes;
    if (page < 1 || at + pageBytes > file.length || seen.has(page)) throw broken(`page ${page} comes twice or never`);
    seen.add(page);
    const head = at + (page === 1 ? FILE_HEADER : 0);
    const kind = view.getUint8(head);
    if (kind === LEAF) continue;
    if (kind !== INNER) throw broken(`page ${page} is of no table`);
    waiting.push(view.getUint32(head + 8));
    const cells = view.getUint16(head + 3);
    if (head + 12 + 2 * cells > at + pageBytes) throw broken(`page ${page} has too many cells`);
    for (let cell = 0; cell < cells; cell++) {
      const offset = view.getUint16(head + 12 + 2 * cell);
      if (offset + 4 > pageBytes) throw broken(`page ${page} has a cell outside of it`);
      waiting.push(view.getUint32(at + offset));
    }
  }
}

function pageBytesOf(file: Uint8Array, view: DataView): number {
  if (file.length < 512 || Buffer.from(file.subarray(0, 16)).toString('latin1') !== 'SQLite format 3\0')
    throw broken('it does not begin as one');
  const said = view.getUint16(16);
  const bytes = said === 1 ? 65_536 : said;
  if (bytes < 512 || (bytes & (bytes - 1)) !== 0) throw broken('its pages have no size');
  return bytes;
}

function broken(why: string): SourceError {
  return new SourceError('sbom', 'unreadable', `the RPM database is no whole SQLite file: ${why}`);
}
