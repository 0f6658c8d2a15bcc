import { DatabaseSync } from 'node:sqlite';
import { SourceError } from '#sources/error.ts';
import type { Package } from '#status/packages.ts';
import { readHeader } from './rpm-header.ts';
import { checkTree } from './sqlite-tree.ts';

/** RPM's database, an SQLite file with one header a package, read in memory. */

const HEADER_BYTES = 32 << 20;
const PACKAGES = 20_000;
// A view, or a table that computes its columns, could compute for ever.
const TABLE = /^CREATE TABLE 'Packages' \(\s*hnum INTEGER PRIMARY KEY( AUTOINCREMENT)?,\s*blob BLOB NOT NULL\s*\)$/;
const SCHEMA = "SELECT type, sql, rootpage FROM sqlite_schema WHERE name = 'Packages'";
const HEADERS = `SELECT CASE WHEN length(blob) <= ${HEADER_BYTES} THEN blob END AS blob FROM Packages NOT INDEXED`;

/** The packages of a database, keys left out; the bytes are changed by it. Throws a SourceError where it is broken or strange. */
export function readRpmdb(bytes: Uint8Array): Package[] {
  checkTree(bytes, 1);
  // Written in WAL mode; there is no log beside it here.
  bytes.fill(1, 18, 20);
  const database = new DatabaseSync(':memory:');
  try {
    database.deserialize(bytes);
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    checkTree(bytes, rootOf(database));
    return [...packagesIn(database, bytes.length)];
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SourceError('sbom', 'unreadable', `the RPM database cannot be read (${why})`, { cause: error });
  } finally {
    database.close();
  }
}

function rootOf(database: DatabaseSync): number {
  const { type, sql, rootpage } = database.prepare(SCHEMA).get() ?? {};
  if (type !== 'table' || typeof sql !== 'string' || typeof rootpage !== 'number' || !TABLE.test(sql))
    throw new SourceError('sbom', 'unreadable', 'the RPM database has no table of packages as RPM makes it');
  return rootpage;
}

/** Headers that share their pages could be read for hours: all together are no longer than the file of `size` bytes. */
function* packagesIn(database: DatabaseSync, size: number): Generator<Package> {
  let count = 0;
  let length = 0;
  for (const { blob } of database.prepare(HEADERS).iterate()) {
    count += 1;
    if (count > PACKAGES || !(blob instanceof Uint8Array))
      throw new SourceError('sbom', 'too-large', `the RPM database has over ${PACKAGES} packages, or one too large`);
    length += blob.length;
    if (length > size) throw new SourceError('sbom', 'unreadable', 'the headers in the RPM database overlap');
    const found = readHeader(blob);
    if (found) yield found;
  }
}
