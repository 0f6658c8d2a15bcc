import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import { inMemory } from '#sources/content.ts';
import { SourceError } from '#sources/error.ts';
import type { Fetch } from '#sources/http.ts';
import { failedRow } from '#sources/packages/sbom-place.ts';
import { keepRefusal } from '#sources/packages/scan-refusal.ts';
import { memoryShelf, type Records, records } from '#sources/records.ts';
import type { Snapshot, SourceId } from '#status/model.ts';
import { unreadArch } from '#status/sbom.ts';
import { type Asked, collectWorld, imageOf, smallWorld } from '../../../support/world.ts';

/** Which layers a refresh reads for their packages, in which order, and how often. */

const GB = 1_000_000_000;
const HOUR_MS = 3_600_000;
const ids = { standard: 'production/standard/45', minimal: 'production/minimal/45', mirror: 'mirror/standard/45' };

/** Two production images, the older one compared with; `standard` and `minimal` are more fields of their pushes. */
function world({ standard = 'rpmdb: true', minimal = 'rpmdb: true', more = '' } = {}) {
  const rest = 'arches: [x86_64, aarch64, ppc64le, s390x], cadence: { expect: 24h, fresh: 36h, stale: 72h }';
  return smallWorld(
    `repositories:
  - repository: bootc-devel/fedora-bootc-45-standard
    defaults: { packages: [some] }
    tags: { latest: [{ at: -5h, rpmdb: true }] }
  - repository: fedora/{variant}
    variant: [standard, minimal]
    defaults: { packages: [some], sizeMB: 900 }
    tags:
      "45": [{ at: -6h, created: -8h, ${standard} }]
  - repository: fedora/minimal-too
    defaults: { packages: [some], sizeMB: 900 }
    tags:
      "45": [{ at: -5h, ${minimal} }]
packages:
  some: [kernel-6.17.8-300.sample, bash-5.3-1.sample, tzdata-2026a-1.sample.noarch]
${more}
`,
    `    - { channel: production, variant: standard, release: "45", repository: fedora/standard, tag: "45", ${rest} }
    - { channel: production, variant: minimal, release: "45", repository: fedora/minimal-too, tag: "45", ${rest} }
    - { channel: mirror, variant: standard, release: "45", repository: fedora/standard, tag: "45", parity: ${ids.standard}, ${rest} }
`,
  );
}

/** Refreshes of one world, one after the other, that remember. */
function refreshes(of = world()) {
  const content = inMemory();
  const kept: Records = records(memoryShelf());
  let previous: Snapshot | null = null;
  return async (asked: Asked) => {
    const { collected, requests } = await collectWorld(of, { content, records: kept, previous, ...asked });
    if (!collected.hasAnswer) throw new Error('no source has answered');
    previous = collected.snapshot;
    const row = (id: string) => {
      const found = imageOf(collected.snapshot, id).sbom?.arches.find(({ arch }) => arch === 'x86_64');
      return found && { state: found.state, origin: found.origin, packages: found.packages, why: found.why };
    };
    const layers = requests.filter((request) => /^GET .*\/(blobs\/|storage)/.test(request)).toSorted();
    return { snapshot: collected.snapshot, row, layers, kept };
  };
}

/** What the layers of the production images have, as their manifests tell. */
async function sizes(of: ReturnType<typeof world>): Promise<number[]> {
  const { snapshot } = await refreshes(of)({});
  return [ids.standard, ids.minimal].map((id) => imageOf(snapshot, id).arches[0]?.size ?? 0);
}

const READ = { state: 'read', origin: 'scan', packages: 3, why: null };

test('without a budget nothing is read, and the row says how it could be', async () => {
  const { row, layers } = await refreshes()({});
  expect(row(ids.standard)).toEqual({
    state: 'not-read',
    origin: 'scan',
    packages: null,
    why: expect.stringMatching(
      /^no SBOM tells its packages; a refresh with --scan reads them from its layers, \d+ MB$/,
    ),
  });
  const { layers: more } = await refreshes()({ scanBytes: 4 * GB });
  expect(more.filter((request) => !layers.includes(request))).not.toEqual([]);
  expect(layers).toEqual((await refreshes()({ only: new Set<SourceId>(['quay', 'oci']) })).layers);
});

test('within its budget it reads production images once, and every image with their digest has the list', async () => {
  const refresh = refreshes();
  const first = await refresh({ scanBytes: 4 * GB });
  for (const id of Object.values(ids)) expect(first.row(id), id).toEqual(READ);
  const { digest, sbom } = imageOf(first.snapshot, ids.standard);
  expect(sbom?.state).toBe('absent');
  expect(sbom?.headline).toEqual([{ name: 'kernel', versions: [{ evr: '6.17.8-300.sample', arches: ['x86_64'] }] }]);
  expect((await first.kept.packages(digest ?? '', 'x86_64'))?.packages.map(({ name }) => name)).toEqual([
    'bash',
    'kernel',
    'tzdata',
  ]);
  for (const afterMs of [HOUR_MS, 30 * HOUR_MS, 100 * HOUR_MS]) {
    const later = await refresh({ scanBytes: 4 * GB, afterMs });
    expect(later.layers).toEqual([]);
    expect(later.row(ids.mirror)).toEqual(READ);
    expect(imageOf(later.snapshot, ids.standard).sbom?.headline).toEqual(sbom?.headline);
  }
});

test('a development image is left to its SBOM', async () => {
  const { row } = await refreshes()({ scanBytes: 4 * GB });
  expect(row('development/standard/45')).toMatchObject({ state: 'absent', origin: null });
});

test('what others are compared with is read first, the rest waits for the next refresh', async () => {
  const refresh = refreshes();
  const scanBytes = Math.max(...(await sizes(world())));
  const first = await refresh({ scanBytes });
  expect(first.row(ids.standard)).toEqual(READ);
  expect(first.row(ids.minimal)).toMatchObject({
    state: 'not-read',
    why: expect.stringContaining('waits for its turn'),
  });
  const second = await refresh({ scanBytes, afterMs: HOUR_MS });
  expect(second.row(ids.minimal)).toEqual(READ);
});

test('what has come counts, not what an image is said to have: layers in vain leave less for the next image', async () => {
  const of = world({ standard: 'rpmdb: true, sizeMB: 0', minimal: 'rpmdb: true, sizeMB: 0' });
  const scanBytes = (await sizes(of)).reduce((sum, size) => sum + size, 0);
  const fine = await refreshes(of)({ scanBytes });
  expect([fine.row(ids.standard), fine.row(ids.minimal)]).toEqual([READ, READ]);
  const handler = simulate(of, { now: () => Date.parse(of.now) });
  let isBroken = false;
  const fetch: Fetch = async (request) => {
    const answer = await handler(request);
    if (isBroken || !new URL(request.url).hostname.startsWith('storage')) return answer;
    const bytes = await answer.arrayBuffer();
    isBroken = bytes.byteLength > 8_192;
    return new Response(bytes, { status: isBroken ? 503 : answer.status, headers: answer.headers });
  };
  const { row } = await refreshes(of)({ scanBytes, fetch });
  expect(isBroken).toBe(true);
  expect(row(ids.standard)).toEqual(READ);
  expect(row(ids.minimal)).toMatchObject({ state: 'not-read', why: expect.stringContaining('waits for its turn') });
});

test('an image of which nobody tells how large it is is not begun', async () => {
  const { arches } = imageOf((await refreshes()({})).snapshot, ids.minimal);
  const manifest = arches.find(({ arch }) => arch === 'x86_64')?.digest;
  const refresh = refreshes(world({ more: `faults: [{ source: oci, path: "${manifest}", kind: html, times: 1 }]` }));
  const first = await refresh({ scanBytes: 4 * GB });
  expect(imageOf(first.snapshot, ids.minimal).arches[0]).toMatchObject({ digest: manifest, size: null });
  expect(first.row(ids.minimal)).toMatchObject({
    state: 'not-read',
    why: expect.stringContaining('size is not known'),
  });
  expect(first.row(ids.standard)).toEqual(READ);
  const second = await refresh({ scanBytes: 4 * GB, afterMs: HOUR_MS });
  expect(second.row(ids.minimal)).toEqual(READ);
});

test('an image larger than the budget is never begun', async () => {
  const { layers: none } = await refreshes()({});
  const { row, layers } = await refreshes()({ scanBytes: GB / 2 });
  expect(row(ids.standard)).toMatchObject({
    state: 'not-read',
    why: expect.stringMatching(/more than a refresh may read \(500 MB\)/),
  });
  expect(layers).toEqual(none);
});

test('layers that do not come are asked for again after a day, and nothing else is begun before', async () => {
  const refresh = refreshes(world({ standard: 'version: sample' }));
  const first = await refresh({ scanBytes: 4 * GB });
  expect(first.row(ids.standard)).toMatchObject({ state: 'not-read', why: expect.stringContaining('501') });
  expect(first.snapshot.problems).toContainEqual(expect.objectContaining({ source: 'sbom', target: ids.standard }));
  expect(first.row(ids.minimal)).toMatchObject({ why: expect.stringContaining('waits for its turn') });
  const soon = await refresh({ scanBytes: 4 * GB, afterMs: HOUR_MS });
  expect(soon.row(ids.minimal)).toEqual(READ);
  expect(soon.layers.filter((one) => one.includes('fedora/standard'))).toEqual([]);
  const later = await refresh({ scanBytes: 4 * GB, afterMs: 25 * HOUR_MS });
  expect(later.layers.filter((one) => one.includes('fedora/standard'))).toHaveLength(1);
});

test('an image without an RPM database is refused once for all, which stays a problem', async () => {
  const refresh = refreshes(world({ standard: 'sizeMB: 0' }));
  for (const afterMs of [0, HOUR_MS, 60 * HOUR_MS]) {
    const { row, layers, snapshot } = await refresh({ scanBytes: 4 * GB, afterMs });
    expect(row(ids.standard)).toMatchObject({
      state: 'unreadable',
      why: expect.stringMatching(/none of its layers/),
    });
    expect(snapshot.problems.filter(({ source }) => source === 'sbom')).toMatchObject([
      { source: 'sbom', target: ids.standard, kind: 'unreadable' },
      { source: 'sbom', target: ids.mirror, kind: 'unreadable' },
    ]);
    expect(row(ids.minimal)).toEqual(READ);
    if (afterMs > 0) expect(layers).toEqual([]);
  }
});

test('the address of a storage that was refused is remembered without its signature', async () => {
  const shelf = memoryShelf();
  const why = 'https://cdn.example/blob?X-Amz-Signature=0123456789abcdef&x=1 answered 403';
  const error = new SourceError('sbom', 'denied', why);
  const refusal = await keepRefusal(records(shelf), `sha256:${'0'.repeat(64)}`, error, '2026-11-20T14:07:00Z');
  for (const text of [refusal.why, ...shelf.texts.values()]) expect(text).not.toContain('0123456789abcdef');
  expect(failedRow(unreadArch('x86_64'), error).why).not.toContain('0123456789abcdef');
});

test.each([
  ['is damaged', '{'],
  ['is of an older reader', '{"schema":1,"reader":0,"at":"2026-11-20T14:07:00Z","kind":"unreadable","why":"old"}'],
])('a refusal that %s counts for nothing', async (_, text) => {
  const of = world();
  const content = inMemory();
  const shelf = memoryShelf();
  const without = await collectWorld(of, { content });
  if (!without.collected.hasAnswer) throw new Error('no source has answered');
  const digest = imageOf(without.collected.snapshot, ids.standard).digest ?? '';
  await shelf.write(`scans/${digest.replace('sha256:', '')}.json`, text.replace('{"', `{"image":"${digest}","`));
  const { collected } = await collectWorld(of, { content, records: records(shelf), scanBytes: 4 * GB });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(imageOf(collected.snapshot, ids.standard).sbom?.arches[0]).toMatchObject({ state: 'read', origin: 'scan' });
});
