import type { Rpm } from './packages.ts';

/** RPM's database as an SQLite file: one table of headers, as small as SQLite lets it be. */

const PAGE = 16_384;
const FILE_HEADER = 100;
const LEAF = 13;
const INNER = 5;
const SQL = "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY,blob BLOB NOT NULL)";
const STRING = 6;
const INT32 = 4;

const encode = (value: string) => new TextEncoder().encode(value);

/** The file, with a header for each package. */
export function rpmdb(packages: readonly Rpm[]): Uint8Array<ArrayBuffer> {
  const rows = packages.map((one, index) => cell(index + 1, [null, header(one)]));
  const leaves = filled(rows);
  // The table begins at page 2; where it is one page that is all of it, else its leaves follow.
  const isOne = leaves.length === 1;
  const table: Page[] = isOne ? leaves : [{ cells: inner(leaves), kind: INNER, right: leaves.length + 2 }, ...leaves];
  const schema = cell(1, [encode('table'), encode('Packages'), encode('Packages'), 2, encode(SQL)], true);
  const pages: Page[] = [{ cells: [schema], kind: LEAF, right: 0 }, ...table];
  const file = new Uint8Array(pages.length * PAGE);
  for (const [index, page] of pages.entries()) write(file, index, page);
  fileHeader(file, pages.length);
  return file;
}

interface Page {
  cells: Uint8Array[];
  kind: typeof LEAF | typeof INNER;
  /** Of an inner page: the page after its last cell. */
  right: number;
}

/** As many rows on a page as fit. */
function filled(rows: readonly Uint8Array[]): Page[] {
  const pages: Page[] = [{ cells: [], kind: LEAF, right: 0 }];
  let room = PAGE - 8;
  for (const row of rows) {
    if (row.length + 2 > room) {
      pages.push({ cells: [], kind: LEAF, right: 0 });
      room = PAGE - 8;
    }
    room -= row.length + 2;
    pages.at(-1)?.cells.push(row);
  }
  return pages;
}

/** Each leaf but the last, with the greatest row in it. */
function inner(leaves: readonly Page[]): Uint8Array[] {
  let last = 0;
  return leaves.slice(0, -1).map(({ cells }, index) => {
    last += cells.length;
    return joined([uint32(index + 3), varint(last)]);
  });
}

function write(file: Uint8Array, index: number, { cells, kind, right }: Page): void {
  const page = file.subarray(index * PAGE, (index + 1) * PAGE);
  const view = new DataView(page.buffer, page.byteOffset, PAGE);
  const head = index === 0 ? FILE_HEADER : 0;
  view.setUint8(head, kind);
  view.setUint16(head + 3, cells.length);
  if (kind === INNER) view.setUint32(head + 8, right);
  let end = PAGE;
  for (const [number, one] of cells.entries()) {
    end -= one.length;
    page.set(one, end);
    view.setUint16(head + (kind === INNER ? 12 : 8) + 2 * number, end);
  }
  view.setUint16(head + 5, end);
}

function fileHeader(file: Uint8Array, pages: number): void {
  const view = new DataView(file.buffer);
  file.set(encode('SQLite format 3\0'));
  view.setUint16(16, PAGE);
  file.set([2, 2, 0, 64, 32, 32], 18);
  for (const [at, value] of [
    [24, 1],
    [28, pages],
    [40, 1],
    [44, 4],
    [56, 1],
    [92, 1],
  ] as const)
    view.setUint32(at, value);
}

/** A row of a table: text is told from blobs by `isText`. */
function cell(row: number, values: readonly (Uint8Array | number | null)[], isText = false): Uint8Array {
  const types = values.map((value) =>
    varint(value === null ? 0 : typeof value === 'number' ? 1 : 2 * value.length + (isText ? 13 : 12)),
  );
  const bodies = values.map((value) =>
    value === null ? new Uint8Array(0) : typeof value === 'number' ? new Uint8Array([value]) : value,
  );
  const length = types.reduce((sum, one) => sum + one.length, 1);
  const payload = joined([varint(length), ...types, ...bodies]);
  return joined([varint(payload.length), varint(row), payload]);
}

/** A package as RPM keeps it: an index of tags, then their values. */
function header({ name, epoch, version, release, arch, source }: Rpm): Uint8Array {
  const tags: [tag: number, value: string | number][] = [
    [1000, name],
    [1001, version],
    [1002, release],
    ...(epoch === null ? [] : [[1003, Number(epoch)] satisfies [number, number]]),
    [1022, arch],
    [1044, `${source}.src.rpm`],
  ];
  const index: Uint8Array[] = [];
  const values: Uint8Array[] = [];
  let offset = 0;
  const put = (bytes: Uint8Array) => {
    values.push(bytes);
    offset += bytes.length;
  };
  for (const [tag, value] of tags) {
    const isNumber = typeof value === 'number';
    if (isNumber) put(new Uint8Array((4 - (offset % 4)) % 4));
    index.push(uint32(tag), uint32(isNumber ? INT32 : STRING), uint32(offset), uint32(1));
    put(isNumber ? uint32(value) : encode(`${value}\0`));
  }
  return joined([uint32(tags.length), uint32(offset), ...index, ...values]);
}

function varint(value: number): Uint8Array {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
  return new Uint8Array(bytes);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
