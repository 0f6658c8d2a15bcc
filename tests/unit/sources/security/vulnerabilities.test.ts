import { expect, test } from 'vitest';
import { type Content, inMemory } from '#sources/content.ts';
import { memoryShelf, type Records, records } from '#sources/records.ts';
import { readUpdates } from '#status/advisory.ts';
import { type Image, Snapshot } from '#status/model.ts';
import { collectWorld, imageOf, REPOSITORIES, smallWorld, snapshotOf } from '../../../support/world.ts';

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
const HOUR_MS = 3_600_000;

const ADVISORIES = `advisories:
  - { id: FEDORA-2026-sampleA, release: F45, severity: urgent, pushed: -3d, builds: [expat-2.7.0-1.sample] }
  - { id: FEDORA-2026-sampleB, release: F45, severity: low, pushed: -9d, builds: [expat-2.6.0-1.sample] }
  - { id: FEDORA-2026-sampleC, release: F45, severity: high, pushed: +1h, builds: [expat-2.7.1-1.sample] }
  - { id: FEDORA-2026-sampleD, release: F45, severity: high, pushed: -3d, builds: [firefox-145-1.sample] }
  - { id: FEDORA-2026-sampleE, release: F45, severity: high, pushed: -3d, builds: [expat-9-1.sample], type: bugfix }
`;

interface Kept {
  content: Content;
  records: Records;
  texts: ReadonlyMap<string, string>;
}

function shelf(): Kept {
  const memory = memoryShelf();
  return { content: inMemory(), records: records(memory), texts: memory.texts };
}

/** A list with one package for an arch of an image. */
async function hold(kept: Kept, image: Image, evr: string, arch: 'x86_64' | 's390x' = 'x86_64'): Promise<void> {
  await kept.records.keepPackages({
    ...{ schema: 1, image: image.digest ?? '', arch, origin: { kind: 'scan', layer: image.digest ?? '' } },
    packages: [{ name: 'expat', evr, arch, source: `expat-${evr}` }],
  });
}

const updatesAsked = (requests: string[]) =>
  requests
    .filter((one) => one.includes('/updates/'))
    .map((one) => new URL(one.slice(4)).searchParams.get('pushed_since'));
const scansAsked = (requests: string[]) => requests.filter((one) => one.includes('/security?')).length;

async function again(world: ReturnType<typeof smallWorld>, previous: Snapshot, kept: Kept, afterMs: number) {
  const { collected, requests } = await collectWorld(world, { ...kept, previous, afterMs });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  return { snapshot: collected.snapshot, requests };
}

test('tells which security updates are out and not in an image, arch by arch', async () => {
  const world = smallWorld(ADVISORIES);
  const kept = shelf();
  const first = await snapshotOf(world, kept);
  await hold(kept, imageOf(first, STANDARD), '2.6.4-1.sample');
  await hold(kept, imageOf(first, STANDARD), '2.7.0-1.sample', 's390x');
  const { snapshot } = await again(world, first, kept, 60_000);
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  expect(imageOf(snapshot, STANDARD).vulnerabilities).toMatchObject({
    image: imageOf(snapshot, STANDARD).digest,
    updates: {
      ...{ checkedAt: '2026-11-20T14:08:00.000Z', release: '45', total: 2, arches: ['x86_64', 's390x'] },
      counts: { urgent: 1, high: 0, low: 0 },
      lacking: [
        {
          ...{ id: 'FEDORA-2026-sampleA', severity: 'urgent', pushedAt: '2026-11-17T14:07:00Z' },
          url: 'https://bodhi.fedoraproject.org/updates/FEDORA-2026-sampleA',
          packages: [{ name: 'expat', has: '2.6.4-1.sample', fixed: '2.7.0-1.sample', arches: ['x86_64'] }],
        },
      ],
    },
    why: null,
  });
  expect(imageOf(snapshot, MINIMAL).vulnerabilities).toMatchObject({
    updates: null,
    why: expect.stringContaining('No package list'),
  });
});

test('Bodhi is asked nothing where no package list is known', async () => {
  const { requests } = await collectWorld(smallWorld(ADVISORIES));
  expect(updatesAsked(requests)).toEqual([]);
});

test('reads all updates once, then only what is new, and all again after a week', async () => {
  const world = smallWorld(ADVISORIES);
  const kept = shelf();
  const first = await snapshotOf(world, kept);
  await hold(kept, imageOf(first, STANDARD), '2.6.4-1.sample');
  const whole = await again(world, first, kept, HOUR_MS / 2);
  expect(updatesAsked(whole.requests)).toEqual([null]);
  const next = await again(world, whole.snapshot, kept, 2 * HOUR_MS);
  expect(updatesAsked(next.requests)).toEqual(['2026-11-20T13:37:00.000Z']);
  expect(imageOf(next.snapshot, STANDARD).vulnerabilities?.updates?.lacking.map(({ id }) => id)).toEqual([
    'FEDORA-2026-sampleA',
    'FEDORA-2026-sampleC',
  ]);
  expect(readUpdates(kept.texts.get('updates/45.json') ?? '')?.updates).toHaveLength(4);
  const later = await again(world, next.snapshot, kept, 8 * 24 * HOUR_MS);
  expect(updatesAsked(later.requests)).toEqual([null]);
});

test('a failure of Bodhi keeps what was known, with the moment of the last answer', async () => {
  const world = smallWorld(ADVISORIES);
  const kept = shelf();
  const first = await snapshotOf(world, kept);
  await hold(kept, imageOf(first, STANDARD), '2.6.4-1.sample');
  const { snapshot } = await again(world, first, kept, 60_000);
  const broken = smallWorld(`${ADVISORIES}faults:\n  - { source: bodhi, path: /updates/, kind: 502 }\n`);
  const later = await again(broken, snapshot, kept, 2 * HOUR_MS);
  const { updates } = imageOf(later.snapshot, STANDARD).vulnerabilities ?? {};
  expect(updates).toEqual(imageOf(snapshot, STANDARD).vulnerabilities?.updates);
  expect(later.snapshot.problems).toMatchObject([
    { source: 'bodhi', target: null, kind: 'server-error', message: expect.stringContaining('Fedora 45') },
  ]);
});

test('what was known of one digest is not said of the next', async () => {
  const world = smallWorld(`${REPOSITORIES.replace('-5h]', '-5h, +1h]')}${ADVISORIES}`);
  const kept = shelf();
  const first = await snapshotOf(world, kept);
  await hold(kept, imageOf(first, STANDARD), '2.6.4-1.sample');
  const { snapshot } = await again(world, first, kept, 60_000);
  const moved = await again(world, snapshot, kept, 2 * HOUR_MS);
  const { vulnerabilities, digest } = imageOf(moved.snapshot, STANDARD);
  expect(vulnerabilities).toMatchObject({ image: digest, updates: null });
  expect(vulnerabilities?.scans.map((scan) => scan.digest)).toEqual(
    imageOf(moved.snapshot, STANDARD).arches.map((arch) => arch.digest),
  );
});

test.each([
  ['rawhide', 'rawhide', 'made by machine'],
  ['eln', 'eln', 'ELN is none'],
  ['stable', 'a name without a number', 'does not say which Fedora'],
])('of %s it says why nothing is compared', async (release, version, why) => {
  const world = smallWorld(
    `repositories:\n  - { repository: "bootc-devel/fedora-bootc-${release}-standard", defaults: { version: "${version}" }, tags: { latest: [-5h] } }\n`,
  );
  const rows = world.watch.targets.map((row) => ({ ...row, release: [release], variant: ['standard'] }));
  const watched = { ...world, watch: { ...world.watch, targets: rows } };
  const kept = shelf();
  const first = await snapshotOf(watched, kept);
  const id = `development/standard/${release}`;
  await hold(kept, imageOf(first, id), '2.6.4-1.sample');
  const { snapshot, requests } = await again(watched, first, kept, 60_000);
  expect(imageOf(snapshot, id).vulnerabilities).toMatchObject({ updates: null, why: expect.stringContaining(why) });
  expect(updatesAsked(requests)).toEqual([]);
});

const SCANS = `scans:
  - { repository: bootc-devel/fedora-bootc-45-standard, arches: [x86_64], findings: [{ id: CVE-2026-0, severity: high, package: sample, version: "1", link: "https://example.org/a https://example.org/b" }] }
  - { repository: bootc-devel/fedora-bootc-45-standard, arches: [aarch64], state: failed }
  - { repository: bootc-devel/fedora-bootc-45-standard, arches: [ppc64le], state: unsupported }
  - { repository: bootc-devel/fedora-bootc-45-standard, arches: [s390x], state: manifest_layer_too_large }
  - { state: queued }
`;

test('every arch is asked for, all five states are told apart', async () => {
  const { collected, requests } = await collectWorld(smallWorld(SCANS));
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const scans = imageOf(collected.snapshot, STANDARD).vulnerabilities?.scans ?? [];
  expect(scans.map(({ arch, state, counts }) => [arch, state, counts?.high ?? null])).toEqual([
    ['x86_64', 'scanned', 1],
    ['aarch64', 'failed', null],
    ['ppc64le', 'unsupported', null],
    ['s390x', 'manifest_layer_too_large', null],
  ]);
  expect(scans[0]?.findings).toMatchObject([
    { id: 'CVE-2026-0', links: ['https://example.org/a', 'https://example.org/b'] },
  ]);
  const [queued] = imageOf(collected.snapshot, MINIMAL).vulnerabilities?.scans ?? [];
  expect([queued?.state, scansAsked(requests)]).toEqual(['queued', 8]);
});

test('a scan is asked for once a day, one that waits sooner', async () => {
  const world = smallWorld(SCANS);
  const kept = shelf();
  const first = await snapshotOf(world, kept);
  const soon = await again(world, first, kept, 60_000);
  const hours = await again(world, soon.snapshot, kept, 2 * HOUR_MS);
  const day = await again(world, hours.snapshot, kept, 24 * HOUR_MS);
  expect([soon, hours, day].map(({ requests }) => scansAsked(requests))).toEqual([0, 4, 8]);
});

test('a scanner that is down is given up soon, named once, and costs nothing of what was known', async () => {
  const kept = shelf();
  const first = await snapshotOf(smallWorld(), kept);
  const down = smallWorld('faults:\n  - { source: quay, path: /security, kind: 520 }\n');
  const { snapshot, requests } = await again(down, first, kept, 25 * HOUR_MS);
  const { scans } = imageOf(snapshot, STANDARD).vulnerabilities ?? {};
  expect(scans).toEqual(imageOf(first, STANDARD).vulnerabilities?.scans);
  expect(scansAsked(requests)).toBe(3 * 4);
  expect(snapshot.problems.map(({ source, kind }) => `${source} ${kind}`)).toContain('quay server-error');
  const { collected } = await collectWorld(down);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const fresh = imageOf(collected.snapshot, STANDARD).vulnerabilities?.scans ?? [];
  expect(fresh.map(({ state, checkedAt }) => [state, checkedAt])).toEqual(fresh.map(() => [null, null]));
  expect(fresh.every(({ why }) => why !== null)).toBe(true);
});

test('what the scanner refuses is asked for once a day, and what was known stays', async () => {
  const kept = shelf();
  const first = await snapshotOf(smallWorld(), kept);
  const gone = smallWorld('faults:\n  - { source: quay, path: /security, kind: 404 }\n');
  const day = await again(gone, first, kept, 25 * HOUR_MS);
  const soon = await again(gone, day.snapshot, kept, 26 * HOUR_MS);
  const next = await again(gone, soon.snapshot, kept, 50 * HOUR_MS);
  expect([day, soon, next].map(({ requests }) => scansAsked(requests))).toEqual([8, 0, 8]);
  const states = (one: Snapshot) =>
    imageOf(one, STANDARD).vulnerabilities?.scans.map(({ state, checkedAt }) => [state, checkedAt]);
  expect(states(soon.snapshot)).toEqual(states(first));
});

test('an image that the scanner fails on does not keep the others from being asked for', async () => {
  const { collected } = await collectWorld(
    smallWorld('faults:\n  - { source: quay, path: fedora-bootc-45-standard/manifest, kind: 520 }\n'),
  );
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const { snapshot } = collected;
  const states = (id: string) => imageOf(snapshot, id).vulnerabilities?.scans.map(({ state }) => state);
  expect([states(STANDARD), states(MINIMAL)]).toEqual([Array(4).fill(null), Array(4).fill('scanned')]);
});

test('a registry that is not Quay has no scanner to be asked', async () => {
  const world = smallWorld(`repositories:
  - { registry: registry.example.org, repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
`);
  const [row] = world.watch.targets;
  if (!row) throw new Error('no target');
  const targets = [
    { ...row, variant: ['standard'], registry: 'https://registry.example.org' },
    { ...row, variant: ['minimal'] },
  ];
  const { collected, requests } = await collectWorld({ ...world, watch: { ...world.watch, targets } });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(imageOf(collected.snapshot, STANDARD).vulnerabilities).toMatchObject({
    scans: [],
    scansWhy: expect.stringContaining('no scanner'),
  });
  expect(scansAsked(requests)).toBe(4);
});

test('a refresh asks for thirty scans; the others have their turn in the next one', async () => {
  const names = Array.from({ length: 28 }, (_, index) => `v${index}`);
  const world = smallWorld(
    `repositories:\n  - { repository: "bootc-devel/fedora-bootc-45-{variant}", variant: [${names.join(', ')}], defaults: { version: "45" }, tags: { latest: [-5h] } }\n`,
  );
  const rows = world.watch.targets.map((row) => ({ ...row, variant: names }));
  const many = { ...world, watch: { ...world.watch, targets: rows } };
  const kept = shelf();
  const first = await snapshotOf(many, kept);
  const waiting = first.images.flatMap(({ vulnerabilities }) => vulnerabilities?.scans ?? []).filter(({ why }) => why);
  expect([waiting.length, waiting[0]?.why]).toEqual([82, 'it waits for its turn']);
  const { snapshot, requests } = await again(many, first, kept, 60_000);
  expect(scansAsked(requests)).toBe(30);
  expect(snapshot.images.flatMap((one) => one.vulnerabilities?.scans ?? []).filter(({ why }) => why)).toHaveLength(52);
});
