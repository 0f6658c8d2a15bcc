import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Rpm } from '#sim/registry/packages.ts';
import { rpmdb } from '#sim/registry/rpmdb.ts';
import { SourceError } from '#sources/error.ts';
import { readHeader } from '#sources/packages/rpm-header.ts';
import { readRpmdb } from '#sources/packages/rpmdb.ts';

/** RPM's database and its headers, whole and hostile; that of the real rpm is read in tests/real. */

const rpm = (change: Partial<Rpm> = {}): Rpm => ({
  ...{ name: 'bash', epoch: null, version: '5.3', release: '1', arch: 'x86_64', source: 'bash-5.3-1', ...change },
});

/** A database of these statements, as SQLite itself writes it. */
function written(...statements: string[]): Uint8Array {
  const database = new DatabaseSync(':memory:');
  for (const one of statements) database.exec(one);
  const bytes = database.serialize();
  database.close();
  return bytes;
}

/** The header in a database of one package. */
function headerOf(change: Partial<Rpm> = {}): Buffer {
  const database = new DatabaseSync(':memory:');
  database.deserialize(rpmdb([rpm(change)]).fill(1, 18, 20));
  const { blob } = database.prepare('SELECT blob FROM Packages').get() ?? {};
  if (!(blob instanceof Uint8Array)) throw new Error('no header was written');
  return Buffer.from(blob);
}

function kindOf(work: () => unknown): string {
  try {
    return `read: ${JSON.stringify(work())}`;
  } catch (error) {
    return error instanceof SourceError ? `${error.kind}: ${error.message}` : `not a SourceError: ${error}`;
  }
}

test.each([
  [{}, { name: 'bash', evr: '5.3-1', arch: 'x86_64', source: 'bash-5.3-1' }],
  [{ epoch: '0' }, { evr: '5.3-1' }],
  [{ epoch: '4294967295', version: '1~rc1^git2' }, { evr: '4294967295:1~rc1^git2-1' }],
  [{ name: 'gpg-pubkey' }, null],
])('a package %o is read as %o', (change, expected) => {
  const found = readHeader(headerOf(change));
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

const changed = (change: (header: Buffer) => unknown) => {
  const header = headerOf();
  change(header);
  return header;
};

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['seven bytes', Buffer.alloc(7)],
  ['no tags', Buffer.alloc(8)],
  ['too many tags', changed((header) => header.writeUInt32BE(0xffffffff, 0))],
  ['more values than bytes', changed((header) => header.writeUInt32BE(0xffffffff, 4))],
  ['a name outside of it', changed((header) => header.writeUInt32BE(0xfffffff0, 16))],
  ['a name that is a number', changed((header) => header.writeUInt32BE(4, 12))],
  ['a name with a line in it', changed((header) => header.write('b\nsh', 8 + 5 * 16))],
  ['an empty name', changed((header) => header.writeUInt8(0, 8 + 5 * 16))],
  ['a last text without an end', changed((header) => header.writeUInt8(65, header.length - 1))],
  ['a name of a thousand letters', headerOf({ name: 'n'.repeat(1_000) })],
  ['a version that no list can hold', headerOf({ version: '1'.repeat(200), release: '1'.repeat(200) })],
  ['a broken start', headerOf().subarray(0, -1)],
])('a header with %s is an error that says so', (_, header) => {
  expect(kindOf(() => readHeader(header))).toMatch(/^unreadable: a header in the RPM database is broken: /);
});

const TABLE = "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)";
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS hnum, i AS blob FROM n';

test.each([
  ['a view that never ends', written(`CREATE VIEW Packages AS ${ENDLESS}`), /unreadable: .*no table of packages/],
  [
    'a computed column',
    written("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY,blob BLOB AS (zeroblob(9)))"),
    /unreadable/,
  ],
  ['no table', written('CREATE TABLE other (x)'), /unreadable: .*no table of packages/],
  ['text for a header', written(TABLE, "INSERT INTO Packages (blob) VALUES ('text')"), /^too-large|^unreadable/],
  ['a header of 40 MB', written(TABLE, 'INSERT INTO Packages (blob) VALUES (zeroblob(40000000))'), /^too-large/],
  ['a broken header', written(TABLE, 'INSERT INTO Packages (blob) VALUES (zeroblob(9))'), /^unreadable/],
  ['its end cut off', rpmdb([rpm()]).slice(0, 20_000), /^unreadable: .*no whole SQLite file/],
  ['over 20,000 packages', rpmdb(Array.from({ length: 20_001 }, () => rpm())), /^too-large/],
])('a database with %s is an error that says so', (_, bytes, expected) => {
  expect(kindOf(() => readRpmdb(bytes))).toMatch(expected);
});

test.each([
  ['the table leads back to itself', 2],
  ['the schema leads back to itself', 1],
])('a database where %s is not walked for ever', (_, page) => {
  const bytes = rpmdb([rpm()]);
  const at = (page - 1) * 16_384 + (page === 1 ? 100 : 0);
  const view = new DataView(bytes.buffer);
  view.setUint8(at, 5);
  view.setUint16(at + 3, 0);
  view.setUint32(at + 8, page);
  expect(kindOf(() => readRpmdb(bytes))).toMatch(/^unreadable: .*page \d comes twice/);
});

test('one header that stands for thousands is not read as often', () => {
  const bytes = rpmdb([rpm()]);
  const view = new DataView(bytes.buffer);
  const [leaf, many] = [16_384, 2_000];
  const cell = view.getUint16(leaf + 8);
  view.setUint16(leaf + 3, many);
  for (let index = 0; index < many; index++) view.setUint16(leaf + 8 + 2 * index, cell);
  expect(kindOf(() => readRpmdb(bytes))).toBe('unreadable: the headers in the RPM database overlap');
});

test('whatever byte is damaged, there is a list or an error that says so', () => {
  const whole = rpmdb(Array.from({ length: 20 }, (_, index) => rpm({ name: `package-${index}` })));
  const places = [...Array(200).keys(), ...Array.from({ length: 400 }, (_, index) => whole.length - 1 - index * 7)];
  for (const at of places) {
    const bytes = whole.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    expect(kindOf(() => readRpmdb(bytes))).not.toMatch(/^not a SourceError/);
  }
});
