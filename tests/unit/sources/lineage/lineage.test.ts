import { expect, test } from 'vitest';
import { inMemory } from '#sources/content.ts';
import { type BaseLayers, beginsWith, keepLayers, readLayers } from '#sources/packages/layers.ts';
import { memoryShelf, type Records, records } from '#sources/records.ts';
import type { Lineage } from '#status/lineage.ts';
import type { Snapshot } from '#status/model.ts';
import { RECENT_MOVES } from '#status/retention.ts';
import type { World } from '#world/model.ts';
import { digest } from '../../../support/snapshot.ts';
import { type Asked, collectWorld, imageOf, smallWorld } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const MINIMAL = 'bootc-devel/fedora-bootc-45-minimal:latest';
const STANDARD = 'bootc-devel/fedora-bootc-45-standard:latest';
const BASE = 'org.opencontainers.image.base';
const ID = 'development/desktop/45';
const DESKTOP = `
    - channel: development
      variant: desktop
      release: "45"
      repository: team/desktop
      tag: "45"
      arches: [x86_64]
      cadence: { expect: 24h, fresh: 36h, stale: 72h }
    - channel: development
      variant: compose
      release: "45"
      repository: bootc-devel/fedora-bootc-{release}-{variant}
      tag: latest
      arches: [x86_64]
      cadence: { expect: 24h, fresh: 36h, stale: 72h }`;

/** Base images of the last days, and one image that a push describes. */
function worldOf(push: string, more = ''): World {
  return smallWorld(
    `repositories:
  - repository: bootc-devel/fedora-bootc-{release}-{variant}
    release: "45"
    variant: [standard, minimal]
    defaults: { version: "45", sizeMB: 500 }
    tags: { latest: [-53h, -29h, -5h] }
  - repository: bootc-devel/fedora-bootc-45-compose
    defaults: { sizeMB: 70, also: ["Fedora-45-updates-{date}.0"] }
    tags: { latest: [-54h, -30h, -6h] }
  - repository: team/desktop
    defaults: { arches: [x86_64], version: "45", sizeMB: 900 }
    tags: { "45": [${push}] }
${more}`,
    DESKTOP,
  );
}

async function collected(world: World, asked: Asked = {}) {
  const { collected, requests } = await collectWorld(world, asked);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const { snapshot } = collected;
  const toRegistry = requests.filter((request) => request.includes('/v2/'));
  return { snapshot, toRegistry };
}

async function ask(world: World, asked: Asked = {}) {
  const got = await collected(world, asked);
  return { ...got, lineage: lineageOf(got.snapshot) };
}

function lineageOf(snapshot: Snapshot, id = ID): Lineage {
  const { lineage } = imageOf(snapshot, id);
  if (!lineage) throw new Error(`${id} has no lineage`);
  return lineage;
}

/** The index digest that a tag pointed at before. */
const before = (snapshot: Snapshot, back: number) => imageOf(snapshot, 'development/standard/45').history[back]?.digest;

test.for([
  ['provenance', 'attach: [provenance]'],
  ['annotations', ''],
  ['layers', ''],
] as const)('finds the base by its %s, also when its tag has moved since', async ([method, more]) => {
  const push = `{ at: -20h, base: "${STANDARD}", tells: [${method}]${more ? `, ${more}` : ''} }`;
  const { snapshot, lineage } = await ask(worldOf(push));
  expect(lineage).toMatchObject({
    isSettled: true,
    why: null,
    base: {
      image: `quay.io/${STANDARD}`,
      target: 'development/standard/45',
      method,
      digest: before(snapshot, 1),
      createdAt: '2026-11-19T09:07:00.000Z',
    },
  });
  expect(snapshot.problems).toEqual([]);
});

test('the attestation is believed before annotations and layers, and names the compose too', async () => {
  const compose = 'bootc-devel/fedora-bootc-45-compose:latest';
  const both = await ask(
    worldOf(`{ at: -20h, base: "${MINIMAL}", tells: [provenance, annotations, layers], attach: [provenance] }`),
  );
  expect(both.lineage.base?.method).toBe('provenance');
  const { snapshot } = await ask(worldOf(`{ at: -20h, compose: "${compose}", attach: [provenance] }`));
  expect(lineageOf(snapshot)).toMatchObject({
    base: null,
    compose: {
      image: 'quay.io/bootc-devel/fedora-bootc-45-compose:Fedora-45-updates-20261119.0',
      target: 'development/compose/45',
      createdAt: '2026-11-19T08:07:00.000Z',
      method: 'provenance',
    },
  });
  expect(imageOf(snapshot, ID).composeId).toBe('Fedora-45-updates-20261119.0');
});

test('cannot tell says what was looked at', async () => {
  const { lineage } = await ask(worldOf('-20h'));
  expect(lineage).toMatchObject({ base: null, compose: null, isSettled: true });
  expect(lineage.why?.attestation).toBe('it carries no attestation');
  expect(lineage.why?.image).toMatch(
    /^its annotations name no base; it does not begin with the layers of any of the 2 /,
  );
});

test('base images and composes are made of packages: nothing is missing there', async () => {
  const { snapshot } = await ask(worldOf('-20h'));
  for (const id of ['development/standard/45', 'development/compose/45'])
    expect(lineageOf(snapshot, id)).toMatchObject({ base: null, why: null, isSettled: true });
});

test('a base that came after the image is none of its ancestors', async () => {
  // The same layers, seen in an image that is older than any base.
  const { lineage } = await ask(worldOf('{ at: -60h }'));
  expect(lineage.why?.image).toContain('there is no older base image whose layers we know');
});

test('what is settled is not asked again, and a new image is looked at anew', async () => {
  const world = worldOf(`{ at: -20h, base: "${STANDARD}", tells: [annotations] }, +1h`);
  const [content, shelf] = [inMemory(), records(memoryShelf())];
  const first = await ask(world, { content, records: shelf });
  const again = await ask(world, { content: inMemory(), records: shelf, previous: first.snapshot, afterMs: 60_000 });
  expect(again.toRegistry).toEqual([]);
  expect(again.lineage).toEqual(first.lineage);
  const moved = await ask(world, { content, records: shelf, previous: first.snapshot, afterMs: 2 * HOUR_MS });
  expect(moved.lineage.base).toBeNull();
  expect(moved.lineage.of).toBe(imageOf(moved.snapshot, ID).digest);
});

test('layers of bases that were there at an earlier refresh are remembered without the registry', async () => {
  const world = worldOf(`{ at: -20h, base: "${STANDARD}" }`);
  const shelf = records(memoryShelf());
  const content = inMemory();
  const first = await collected(world, { afterMs: -25 * HOUR_MS, records: shelf, content });
  const known = before(first.snapshot, 0) ?? '';
  expect(await readLayers(shelf, known)).toMatchObject({ target: 'development/standard/45', arch: 'x86_64' });
  const { lineage, toRegistry } = await ask(world, { previous: first.snapshot, records: shelf, content });
  expect(lineage.base?.digest).toBe(known);
  expect(toRegistry.filter((request) => request.includes(known))).toEqual([]);
});

test('a manifest that cannot be read is a problem, is tried again, and costs nothing of what was known', async () => {
  const push = `{ at: -20h, base: "${STANDARD}", tells: [annotations] }`;
  const good = await ask(worldOf(push));
  const failing = worldOf(push, 'faults:\n  - { source: oci, repository: team/desktop, kind: 503 }\n');
  const images = good.snapshot.images.map((image) => (image.id === ID ? { ...image, lineage: null } : image));
  const untold = { ...good.snapshot, images };
  // Neither the lineage nor the manifest is known any more, and the tag has not moved.
  const bad = await ask(failing, { previous: untold, afterMs: HOUR_MS, hangs: true });
  expect(bad.lineage).toMatchObject({ isSettled: false, base: null });
  expect(bad.lineage.why?.image).toBe('its manifest could not be read');
  expect(bad.snapshot.problems).toMatchObject([{ source: 'oci', target: ID }]);
  const healed = await ask(worldOf(push), { previous: bad.snapshot, afterMs: 2 * HOUR_MS });
  expect(healed.lineage.base).toEqual(good.lineage.base);
  const kept = await ask(failing, { previous: good.snapshot, afterMs: HOUR_MS, hangs: true });
  expect(kept.lineage).toEqual(good.lineage);
});

test('a base whose layers do not come is asked for again, and nothing is settled without it', async () => {
  const push = `{ at: -20h, base: "${STANDARD}", tells: [layers] }`;
  const good = await ask(worldOf(push));
  const known = good.lineage.base?.digest ?? '';
  const faults = 'faults:\n  - { source: oci, repository: bootc-devel/fedora-bootc-45-standard, kind: 503 }\n';
  const images = good.snapshot.images.map((image) => (image.id === ID ? { ...image, lineage: null } : image));
  const previous = { ...good.snapshot, images };
  const bad = await ask(worldOf(push, faults), { previous, afterMs: HOUR_MS, hangs: true });
  expect(bad.lineage).toMatchObject({
    isSettled: false,
    base: null,
    why: { image: 'the layers of an older base image could not be read' },
  });
  const healed = await ask(worldOf(push), { previous: bad.snapshot, afterMs: 2 * HOUR_MS });
  expect(healed.lineage.base).toMatchObject({ digest: known, method: 'layers' });
});

test.for([
  ['a name that nobody watches', 'quay.io/team/other:1', digest('other'), { target: null, createdAt: null }],
  ['a name alone', `quay.io/${STANDARD}`, '', { target: 'development/standard/45', digest: null }],
  ['a digest that is none', `quay.io/${STANDARD}`, 'sha256:xyz', { digest: null }],
  ['a name that goes on', `quay.io/${'x'.repeat(5_000)}`, '', { target: null }],
  ['a name that is none', '@@@:::', '', { target: null }],
] as const)('labels can name the base: %s', async ([, name, of, expected]) => {
  const labels = `labels: { "${BASE}.name": "${name}", "${BASE}.digest": "${of}" }`;
  const { lineage } = await ask(worldOf(`{ at: -20h, ${labels} }`));
  expect(lineage.base).toMatchObject({ method: 'annotations', ...expected });
  expect(lineage.base?.image.length).toBeLessThanOrEqual(300);
});

test('a label that an image has from its base says less than its layers', async () => {
  const labels = `labels: { "${BASE}.name": "quay.io/team/other:1" }`;
  const { lineage } = await ask(worldOf(`{ at: -20h, base: "${STANDARD}", tells: [layers], ${labels} }`));
  expect(lineage.base).toMatchObject({ method: 'layers', target: 'development/standard/45' });
});

test('an image cannot be its own base', async () => {
  const labels = `labels: { "${BASE}.name": "quay.io/team/desktop:45" }`;
  expect((await ask(worldOf(`{ at: -20h, ${labels} }`))).lineage.base).toBeNull();
});

const layer = (name: string, size = 50_000_000) => ({ digest: digest(name), size });
const base = (name: string, layers: BaseLayers['layers'], change: Partial<BaseLayers> = {}): BaseLayers => ({
  ...{ image: digest(name), target: name, createdAt: null, arch: 'x86_64', manifest: digest(`${name} x`), layers },
  ...change,
});

test('of several bases the one that shares most is taken; little, reordered or other layers tell nothing', () => {
  const [a, b, c] = [layer('a'), layer('b'), layer('c')];
  const minimal = base('minimal', [a]);
  const standard = base('standard', [a, b]);
  expect(beginsWith([a, b, c], 'x86_64', [minimal, standard])?.target).toBe('standard');
  expect(beginsWith([a, c], 'x86_64', [minimal, standard])?.target).toBe('minimal');
  expect(beginsWith([b, a], 'x86_64', [standard])).toBeNull();
  expect(beginsWith([a], 'x86_64', [standard])).toBeNull();
  expect(beginsWith([a, b], 'aarch64', [standard])).toBeNull();
  expect(beginsWith([layer('empty', 1_024), a], 'x86_64', [base('empty', [layer('empty', 1_024)])])).toBeNull();
  expect(beginsWith([a], 'x86_64', [base('none', [])])).toBeNull();
  const newer = base('newer', [a, b], { createdAt: '2026-11-19T00:00:00.000Z' });
  expect(beginsWith([a, b], 'x86_64', [standard, newer])?.target).toBe('newer');
});

test('layers of a base are looked for no further back than its records are kept', async () => {
  const shelf = records(memoryShelf());
  const names = new Set<string>();
  const read: Records['read'] = (name) => shelf.read(names.add(name) && name);
  const { snapshot } = await collected(
    smallWorld(
      `repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, every: 6h, count: 30 }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
  - { repository: team/desktop, defaults: { arches: [x86_64] }, tags: { "45": [-1h] } }
`,
      DESKTOP,
    ),
    { records: { ...shelf, read } },
  );
  const { history } = imageOf(snapshot, 'development/standard/45');
  expect(history).toHaveLength(30);
  const looked = history.filter(({ digest }) => names.has(`bases/${digest.replace('sha256:', '')}.json`));
  expect(looked).toEqual(history.slice(0, RECENT_MOVES));
});

test('a damaged record of layers counts as none', async () => {
  const shelf = records(memoryShelf());
  const one = base('one', [layer('a')]);
  await keepLayers(shelf, one);
  expect(await readLayers(shelf, one.image)).toEqual(one);
  await shelf.write(`bases/${one.image.replace('sha256:', '')}.json`, '{"image": 1}');
  expect(await readLayers(shelf, one.image)).toBeNull();
  await shelf.write(`bases/${one.image.replace('sha256:', '')}.json`, '{');
  expect(await readLayers(shelf, one.image)).toBeNull();
});
