import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { patientClock } from '#host/clock.ts';
import { rpmdb } from '#sim/registry/rpmdb.ts';
import { inMemory } from '#sources/content.ts';
import { SourceError } from '#sources/error.ts';
import { http } from '#sources/http.ts';
import { packagesInside } from '#sources/packages/rpm-layers.ts';
import { databaseSearch } from '#sources/packages/rpmdb-search.ts';
import { digestOf } from '#sources/read.ts';
import { oci } from '#sources/registry/oci.ts';
import { type TarEntry, tar } from '../../../support/tar.ts';

/** RPM's database in layers of every make, and in none. */

const database = (name: string) =>
  rpmdb([{ name, epoch: null, version: '1', release: '1', arch: 'noarch', source: `${name}-1-1` }]);
const NEW = database('new');
const OLD = database('old');
const PLACE = 'usr/lib/sysimage/rpm/rpmdb.sqlite';
const SHARED = 'usr/share/rpm/rpmdb.sqlite';
const OBJECT = 'sysroot/ostree/repo/objects/ab/cdef.file';
const NOISE = { path: 'usr/bin/noise', body: randomBytes(5_000) };
const SQLITE_TOO = { path: 'usr/lib/other.sqlite', body: OLD };

/** Looks through layers, the newest last; also tells which were fetched, by their place from the bottom. */
async function look(...layers: Uint8Array[]) {
  const blobs = new Map(layers.map((bytes) => [digestOf(bytes), bytes]));
  const digests = [...blobs.keys()];
  const asked: number[] = [];
  const client = http({
    clock: patientClock(0, 50),
    fetch: async ({ url }) => {
      const digest = url.split('/').at(-1) ?? '';
      asked.push(digests.indexOf(digest));
      return new Response(Buffer.from(blobs.get(digest) ?? []));
    },
  });
  const registry = oci(client, 'https://quay.io', inMemory(), 'sbom');
  const described = layers.map((bytes) => ({ digest: digestOf(bytes), size: bytes.length }));
  const found = await packagesInside(registry, 'team/image', described).catch((error: unknown) => error);
  if (found instanceof SourceError) return { found: found.message, kind: found.kind, asked };
  if (found instanceof Error) throw found;
  const { layer, packages } = found as Awaited<ReturnType<typeof packagesInside>>;
  return { found: packages.map(({ name }) => name).join(), layer: digests.indexOf(layer), asked };
}

const layer = (...entries: TarEntry[]) => gzipSync(tar(entries));

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
  ['no packing', (bytes: Buffer) => bytes],
  [
    'gzip in two members',
    (bytes: Buffer) => Buffer.concat([gzipSync(bytes.subarray(0, 999)), gzipSync(bytes.subarray(999))]),
  ],
  [
    'zstd in two frames',
    (bytes: Buffer) => Buffer.concat([zstdCompressSync(bytes.subarray(0, 999)), zstdCompressSync(bytes.subarray(999))]),
  ],
])('the database is read from a layer with %s', async (_, pack) => {
  expect(await look(pack(tar([NOISE, { path: PLACE, body: NEW }, NOISE])))).toMatchObject({ found: 'new' });
});

test.each([
  ['Fedora’s place', [{ path: PLACE, body: NEW }]],
  ['the place of rpm-ostree', [{ path: SHARED, body: NEW }]],
  ['the old place', [{ path: './var/lib/rpm/rpmdb.sqlite', body: NEW }]],
  [
    'Fedora’s place before any other',
    [
      { path: SHARED, body: OLD },
      { path: PLACE, body: NEW },
    ],
  ],
  [
    'a place that a linked folder leads to',
    [
      { path: 'usr/lib/sysimage/rpm', symlink: '../../../share/rpm' },
      { path: SHARED, body: NEW },
    ],
  ],
  [
    'a place of its own that a linked folder leads to',
    [
      { path: 'usr/lib/sysimage/rpm', symlink: '/opt/rpm' },
      { path: 'opt/rpm/rpmdb.sqlite', body: NEW },
    ],
  ],
  [
    'a linked file',
    [
      { path: 'opt/db', body: NEW },
      { path: PLACE, symlink: '../../../../../opt/db' },
    ],
  ],
  ['an object of an ostree repository', [SQLITE_TOO, { path: OBJECT, body: NEW }, { path: SHARED, link: OBJECT }]],
  [
    'an object, with a dot before its path',
    [
      { path: `./${OBJECT}`, body: NEW },
      { path: `./${SHARED}`, link: `./${OBJECT}` },
    ],
  ],
  ['a path that only POSIX’s records tell', [{ path: 'short', pax: { path: PLACE }, body: NEW }]],
  [
    'a link whose target only POSIX’s records tell',
    [
      { path: OBJECT, body: NEW },
      { path: SHARED, link: 'x', pax: { linkpath: OBJECT } },
    ],
  ],
  ['beside an empty log', [{ path: PLACE, body: NEW }, { path: `${PLACE}-wal` }]],
])('the database is found at %s', async (_, entries: TarEntry[]) => {
  expect(await look(layer(NOISE, ...entries))).toMatchObject({ found: 'new' });
});

test('the newest layer that has it is the last one asked for', async () => {
  const layers = [layer({ path: PLACE, body: OLD }), layer(NOISE, { path: PLACE, body: NEW }), layer(NOISE)];
  expect(await look(...layers)).toEqual({ found: 'new', layer: 1, asked: [2, 1] });
});

test.each([
  ['hides it', { path: 'usr/lib/sysimage/rpm/.wh.rpmdb.sqlite' }],
  ['hides its folder', { path: 'usr/lib/.wh.sysimage' }],
  ['hides all of its folder', { path: 'usr/lib/sysimage/rpm/.wh..wh..opq' }],
  ['has a file where its folder was', { path: 'usr/lib/sysimage/rpm', body: 'x' }],
  ['has it empty', { path: PLACE }],
])('a database below a layer that %s is not the image’s', async (_, entry) => {
  const below = layer({ path: PLACE, body: NEW }, { path: 'var/lib/rpm/rpmdb.sqlite', body: OLD });
  expect(await look(below, layer(NOISE, entry))).toMatchObject({ found: 'old', layer: 0 });
});

test.each([
  ['another file', 'usr/lib/sysimage/rpm/.wh.other'],
  ['a folder whose name begins alike', 'usr/lib/.wh.sys'],
])('a database below a layer that hides %s is the image’s', async (_, path) => {
  expect(await look(layer({ path: PLACE, body: NEW }), layer({ path }))).toMatchObject({ found: 'new' });
});

test('a whiteout hides nothing of its own layer', async () => {
  const hiding = layer({ path: 'usr/lib/sysimage/rpm/.wh..wh..opq' }, { path: PLACE, body: NEW });
  expect(await look(layer({ path: PLACE, body: OLD }), hiding)).toMatchObject({ found: 'new', layer: 1 });
});

test('a link to an object of a lower layer is followed there', async () => {
  const layers = [layer({ path: OBJECT, body: NEW }), layer(NOISE), layer({ path: SHARED, link: OBJECT })];
  expect(await look(...layers)).toEqual({ found: 'new', layer: 0, asked: [2, 1, 0] });
});

test('an object before its link is fetched again where too many files like it came first', async () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ ...SQLITE_TOO, path: `usr/lib/${index}` }));
  const entries = [...many, { path: OBJECT, body: NEW }, { path: SHARED, link: OBJECT }];
  expect(await look(layer(...entries))).toEqual({ found: 'new', layer: 0, asked: [0, 0] });
});

test('an empty database is none, and what lies below it is hidden', async () => {
  const layers = [layer({ path: PLACE, body: OLD }), layer({ path: PLACE, body: rpmdb([]) })];
  expect(await look(...layers)).toMatchObject({
    kind: 'unreadable',
    found: expect.stringContaining('none of its layers'),
  });
});

const whole = layer(NOISE, { path: PLACE, body: NEW });
const changed = (at: number) => {
  const bytes = tar([NOISE, { path: PLACE, body: NEW }]);
  bytes[at] = 88;
  return bytes;
};
const bomb = (pack: (bytes: Buffer) => Buffer) => pack(Buffer.concat([tar([]), Buffer.alloc(80 << 20)]));

test.each<[string, Uint8Array, string, RegExp]>([
  ['a gzip that ends early', whole.subarray(0, -20), 'unreadable', /no whole archive/],
  ['a zstd that ends early', zstdCompressSync(tar([NOISE])).subarray(0, -9), 'unreadable', /no whole archive/],
  ['a tar that ends early', tar([NOISE]).subarray(0, 2_000), 'unreadable', /no whole archive.*truncated/],
  ['a tar without an end', tar([NOISE]).subarray(0, -1_024), 'unreadable', /no whole archive/],
  ['a damaged header', changed(3), 'unreadable', /no whole archive.*checksum/],
  ['text', Buffer.from('<html>not found</html>'.repeat(100)), 'unreadable', /no whole archive/],
  ['nothing', Buffer.alloc(0), 'unreadable', /no whole archive/],
  ['a gzip bomb', bomb(gzipSync), 'too-large', /unpacks to more than/],
  ['a zstd bomb', bomb(zstdCompressSync), 'too-large', /unpacks to more than/],
  [
    'a path of a megabyte',
    tar([{ path: 'x', pax: { path: 'x'.repeat(1_000_000) } }]),
    'too-large',
    /a path of more than/,
  ],
  [
    'records of ten megabytes',
    tar([{ path: 'x', pax: { path: 'x'.repeat(10_000_000) } }]),
    'unreadable',
    /no whole archive/,
  ],
  ['a database of a gigabyte', tar([{ path: PLACE, size: 2 ** 30 }]), 'too-large', /1073741824 bytes, over/],
  ['a damaged database', layer({ path: PLACE, body: NEW.slice(0, 20_000) }), 'unreadable', /no whole SQLite file/],
  ['a database that is text', layer({ path: PLACE, body: 'x'.repeat(9_000) }), 'unreadable', /does not begin as one/],
  [
    'a database with a log',
    layer({ path: PLACE, body: NEW }, { path: `${PLACE}-wal`, body: 'x' }),
    'unreadable',
    /was not closed/,
  ],
  ['Berkeley’s format', layer({ path: 'var/lib/rpm/Packages', body: 'x' }), 'unreadable', /the format bdb/],
  ['RPM’s own format', layer({ path: 'usr/lib/sysimage/rpm/Packages.db', body: 'x' }), 'unreadable', /the format ndb/],
  ['no database', layer(NOISE), 'unreadable', /none of its layers/],
])('%s is refused and said', async (_, bytes, kind, message) => {
  expect(await look(bytes)).toMatchObject({ kind, found: expect.stringMatching(message) });
});

test('databases are held up to one limit for all of them, whatever else the layer has', () => {
  const { visit } = databaseSearch().look();
  const file = (path: string) => visit({ path, kind: 'file', target: '', size: 100 << 20 });
  expect([file('a'), file('b'), file('c')].every((wish) => wish?.start)).toBe(true);
  for (const path of [PLACE, SHARED]) expect(file(path)).toEqual({ take: expect.any(Function) });
  expect(() => file('var/lib/rpm/rpmdb.sqlite')).toThrow(/databases have \d+ bytes, over/);
});

test('links that lead to each other end', async () => {
  const there = { path: 'usr/lib/sysimage/rpm', symlink: '../../../share/rpm/x' };
  const back = { path: 'usr/share/rpm', symlink: '../../lib/sysimage/rpm/y' };
  expect(await look(layer(...Array.from({ length: 30 }, () => [there, back]).flat()))).toMatchObject({
    kind: 'unreadable',
  });
});

test.each([
  ['are another layer', whole],
  ['are no archive', Buffer.from('<html>sign in</html>'.repeat(900))],
  ['are damaged', Buffer.concat([whole.subarray(0, 3_000), Buffer.alloc(whole.length - 3_000)])],
  ['unpack without end', bomb(gzipSync)],
  ['are something between zstd frames', Buffer.concat([zstdCompressSync(tar([NOISE])), Buffer.from('x'.repeat(99))])],
])('bytes that %s, and not those of the digest, are a fault of the way that they came', async (_, bytes) => {
  const client = http({ clock: patientClock(0, 50), fetch: async () => new Response(Buffer.from(bytes)) });
  const registry = oci(client, 'https://quay.io', inMemory(), 'sbom');
  const work = packagesInside(registry, 'team/image', [{ digest: digestOf(Buffer.from('x')), size: 100_000 }]);
  await expect(work).rejects.toMatchObject({ kind: 'digest' });
});
