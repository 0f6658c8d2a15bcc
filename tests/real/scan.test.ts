import { cpSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '#host/child.ts';
import { readPackages } from '#status/packages.ts';
import type { Target } from '#status/targets.ts';
import { type Layer, writeLayout } from '../support/layout.ts';
import { lackingOf, realTest } from '../support/needs.ts';
import { type RpmDatabase, rpmDatabase } from '../support/rpm.ts';
import { type Harbour, harbour } from './harbour.ts';
import { imageIn, inHours, seenIn } from './kept.ts';

/** Databases of the real rpm, in layers of the real tar, in a real registry, read by the real command. */

const TARGETS = `schema: 1
services:
  quay: { api: https://quay.io/api/v1, registry: https://quay.io }
  bodhi: { api: https://bodhi.fedoraproject.org }
  endoflife: { api: https://endoflife.date/api }
targets:
  - channel: production
    variant: [gzip, zstd, plain, ostree, split, broken]
    release: 45
    repository: fedora/{variant}
    tag: "45"
    arches: [x86_64, aarch64, ppc64le, s390x]
    cadence: { expect: 24h, fresh: 36h, stale: 72h }
`;
const NOARCH = { isNoarch: true, release: '1.sample' };
const PACKAGES = [
  { name: 'kernel', version: '6.17.8', release: '300.sample' },
  { name: 'kernel', version: '6.17.9', release: '300.sample' },
  { name: 'bootc', version: '1.2~rc1^20261101git0', release: '2.sample', epoch: 1 },
  { name: 'gpg-pubkey', version: 'aabbccdd', release: '5f0e1d2c' },
  ...Array.from({ length: 40 }, (_, index) => ({
    ...NOARCH,
    name: `package-${index}`,
    version: `${index}`,
    epoch: index % 3,
  })),
];
const OBJECT = 'sysroot/ostree/repo/objects/ab/cdef0123.file';

let dir: string;
let port: Harbour;
let out: string;
let cache: string;
let database: RpmDatabase;
const lacks = lackingOf(['skopeo', 'docker-registry', 'rpm', 'rpmbuild', 'tar']);

beforeAll(async () => {
  if (lacks) return;
  dir = mkdtempSync(join(tmpdir(), 'slipway-scan-'));
  const file = join(dir, 'targets.yaml');
  writeFileSync(file, TARGETS);
  database = await rpmDatabase(join(dir, 'new'), PACKAGES);
  const old = await rpmDatabase(join(dir, 'old'), PACKAGES.slice(0, 1));
  port = await harbour(file);
  [out, cache] = [port.folder(), port.folder()];
  const current = await fedora(database);
  const top: Layer = { packing: 'tar+gzip', tar: await folder('usr/bin/later', () => 'x') };
  const broken = current.subarray(0, current.length - 200_000);
  // Quay tells times in seconds, and each tag points at an image already.
  await sleep(1_100);
  await Promise.all([
    publish('gzip', [{ tar: current, packing: 'tar+gzip' }, top]),
    publish('zstd', [{ tar: current, packing: 'tar+zstd' }]),
    publish('plain', [{ tar: current, packing: 'tar' }]),
    publish('ostree', [{ tar: await ostree(database), packing: 'tar+gzip' }]),
    publish('split', [
      { tar: await fedora(old), packing: 'tar+gzip' },
      { tar: await folder('usr/lib/sysimage/rpm/.wh..wh..opq', () => ''), packing: 'tar+zstd' },
      { tar: await folder('usr/share/rpm/rpmdb.sqlite', () => database.bytes()), packing: 'tar+zstd' },
    ]),
    publish('broken', [{ tar: broken, packing: 'tar+gzip' }]),
  ]);
}, 120_000);

afterAll(async () => {
  await port?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

/** The tar of a folder, by the real tar. */
async function archive(root: string): Promise<Buffer> {
  const file = `${root}.tar`;
  const { code, output } = await run('tar', ['--sort=name', '-C', root, '-cf', file, '.'], { capture: true });
  if (code !== 0) throw new Error(output);
  return readFileSync(file);
}

/** A folder with one file, packed. */
function folder(path: string, body: () => string | Buffer): Promise<Buffer> {
  const root = mkdtempSync(join(dir, 'layer-'));
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), body());
  return archive(root);
}

/** As Fedora's images have it: rpm's own folder, and a link to it from the old place. */
function fedora({ folder: from }: RpmDatabase): Promise<Buffer> {
  const root = mkdtempSync(join(dir, 'layer-'));
  cpSync(from, join(root, 'usr/lib/sysimage/rpm'), { recursive: true });
  mkdirSync(join(root, 'var/lib'), { recursive: true });
  symlinkSync('../../usr/lib/sysimage/rpm', join(root, 'var/lib/rpm'));
  return archive(root);
}

/** As rpm-ostree's images have it: an object, and hard links to it. */
function ostree(from: RpmDatabase): Promise<Buffer> {
  const root = mkdtempSync(join(dir, 'layer-'));
  for (const path of [dirname(OBJECT), 'usr/share/rpm', 'usr/lib/sysimage'])
    mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, OBJECT), from.bytes());
  linkSync(join(root, OBJECT), join(root, 'usr/share/rpm/rpmdb.sqlite'));
  symlinkSync('../../share/rpm', join(root, 'usr/lib/sysimage/rpm'));
  return archive(root);
}

const idOf = (variant: string) => `production/${variant}/45`;

function targetOf(variant: string): Target {
  const target = port.targets.find(({ id }) => id === idOf(variant));
  if (!target) throw new Error(`no target ${variant}`);
  return target;
}

/** Pushes an x86_64 image of these layers, the newest last. */
async function publish(variant: string, layers: Layer[]): Promise<void> {
  const layout = port.folder();
  const created = new Date(Date.now() - 3_600_000).toISOString();
  writeLayout(layout, [{ architecture: 'amd64', created, labels: { variant }, layers }]);
  const { repository, tag } = targetOf(variant);
  await port.registry.push(layout, `${repository}:${tag}`);
}

function rowOf(variant: string) {
  return imageIn(out, idOf(variant)).sbom?.arches.find(({ arch }) => arch === 'x86_64');
}

function listOf(variant: string) {
  const hex = imageIn(out, idOf(variant)).digest?.replace('sha256:', '') ?? '';
  return readPackages(readFileSync(join(out, 'records/packages', hex, 'x86_64.json'), 'utf8'));
}

const blobs = (asked: readonly string[]) =>
  asked.filter((request) => request.startsWith('GET') && request.includes('/blobs/'));

realTest(
  'without --scan no layer is fetched, and the page can say how to read it',
  async () => {
    const { code, stderr } = await port.refresh(out, cache);
    expect(code, stderr).toBe(0);
    expect(rowOf('gzip')).toMatchObject({
      state: 'not-read',
      why: expect.stringMatching(/--scan .* from its layers, \d/),
    });
  },
  60_000,
  lacks,
);

realTest(
  'every make of layer gives exactly the packages that rpm -qa names',
  async () => {
    const { code, stderr } = await port.refresh(out, cache, '--scan');
    expect(code, stderr).toBe(0);
    const expected = (await database.packages()).filter(([name]) => name !== 'gpg-pubkey');
    expect(expected).toHaveLength(PACKAGES.length - 1);
    for (const variant of ['gzip', 'zstd', 'plain', 'ostree', 'split']) {
      const found = listOf(variant)?.packages.map(({ name, evr, arch, source }) => [name, evr, arch, source]) ?? [];
      expect(found.toSorted(), variant).toEqual(expected);
      expect(rowOf(variant)).toMatchObject({ state: 'read', origin: 'scan', packages: expected.length, why: null });
    }
    expect(imageIn(out, idOf('ostree')).sbom?.headline).toEqual([
      { name: 'kernel', versions: ['6.17.8', '6.17.9'].map((it) => ({ evr: `${it}-300.sample`, arches: ['x86_64'] })) },
      { name: 'bootc', versions: [{ evr: '1:1.2~rc1^20261101git0-2.sample', arches: ['x86_64'] }] },
    ]);
  },
  120_000,
  lacks,
);

realTest(
  'what was read is not fetched again, nor what could not be read, which stays said',
  async () => {
    for (const hours of [25, 50]) {
      await port.registry.asked();
      await port.refresh(out, cache, '--scan', '--now', inHours(hours));
      expect(blobs(await port.registry.asked())).toEqual([]);
      expect(rowOf('broken')).toMatchObject({ state: 'unreadable', why: expect.stringContaining('no whole archive') });
      expect(seenIn(out).problems).toContainEqual(
        expect.objectContaining({ source: 'sbom', target: idOf('broken'), kind: 'unreadable' }),
      );
      expect(rowOf('split')?.state).toBe('read');
    }
  },
  120_000,
  lacks,
);
