import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { type Content, inMemory } from '#sources/content.ts';
import { memoryShelf, packagesName, type Records, records } from '#sources/records.ts';
import type { Snapshot } from '#status/model.ts';
import { type Asked, collectWorld, imageOf, smallWorld, snapshotOf } from '../../../support/world.ts';

/** SBOMs of a pretend registry, through a whole refresh: standard has what the test attaches, minimal has nothing. */

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
const DAY_MS = 86_400_000;
const SAMPLE = (await readWorld('content/worlds/sample.yaml')).watch.keys?.[0]?.pem ?? '';
const KEYS = `  keys:\n    - id: sample\n      pem: ${JSON.stringify(SAMPLE)}\n`;
const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'] as const;

function world(attach: string, { keys = KEYS, standard = '', more = '' } = {}) {
  return smallWorld(
    `packages:
  base: [kernel-6.17.8-300.sample45, bash-5.3-2.sample45, openssl-libs-1:3.5.4-1.sample45 from openssl]
  image: { from: base, set: [tzdata-2026c-1.sample.noarch], on: { s390x: { set: [kernel-6.17.7-300.sample45] } } }
repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, attach: [${attach}], packages: image${standard} }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
${more}`,
    keys,
  );
}

const kept = () => ({ content: inMemory(), records: records(memoryShelf()) });
const sbomOf = (snapshot: Snapshot, id = STANDARD) => imageOf(snapshot, id).sbom;
const rows = (snapshot: Snapshot, id = STANDARD) =>
  sbomOf(snapshot, id)?.arches.map(({ arch, state, origin, isBound, packages }) => [
    arch,
    state,
    origin,
    isBound,
    packages,
  ]);
const whys = (snapshot: Snapshot, id = STANDARD) => [...new Set(sbomOf(snapshot, id)?.arches.map(({ why }) => why))];
const problems = (snapshot: Snapshot) =>
  snapshot.problems.filter(({ source }) => source === 'sbom').map(({ target, kind }) => `${target} ${kind}`);
const allRead = (origin: string, isBound: boolean) => ARCHES.map((arch) => [arch, 'read', origin, isBound, 4]);

interface Kept {
  content: Content;
  records: Records;
}

/** The same world again, so many milliseconds later. */
async function later(ofWorld: ReturnType<typeof world>, previous: Snapshot, afterMs: number, asked: Kept & Asked) {
  const { collected, requests } = await collectWorld(ofWorld, { ...asked, previous, afterMs });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  return { snapshot: collected.snapshot, requests: requests.filter((one) => /\/v2\/|storage/.test(one)) };
}

test('a list of each arch is read from the SBOM that the verified attestation names', async () => {
  const shelf = kept();
  const snapshot = await snapshotOf(world('signature, provenance, sbom'), shelf);
  expect(rows(snapshot)).toEqual(allRead('spdx', true));
  expect(sbomOf(snapshot)).toMatchObject({ state: 'verified', image: imageOf(snapshot, STANDARD).digest });
  expect(sbomOf(snapshot)?.headline).toEqual([
    {
      name: 'kernel',
      versions: [
        { evr: '6.17.8-300.sample45', arches: ['x86_64', 'aarch64', 'ppc64le'] },
        { evr: '6.17.7-300.sample45', arches: ['s390x'] },
      ],
    },
  ]);
  const list = await shelf.records.packages(imageOf(snapshot, STANDARD).digest ?? '', 's390x');
  expect(list?.origin).toEqual({ kind: 'sbom', format: 'spdx', blob: sbomOf(snapshot)?.arches[3]?.digest });
  expect(list?.packages).toEqual([
    { name: 'bash', evr: '5.3-2.sample45', arch: 's390x', source: 'bash-5.3-2.sample45' },
    { name: 'kernel', evr: '6.17.7-300.sample45', arch: 's390x', source: 'kernel-6.17.7-300.sample45' },
    { name: 'openssl-libs', evr: '1:3.5.4-1.sample45', arch: 's390x', source: 'openssl-3.5.4-1.sample45' },
    { name: 'tzdata', evr: '2026c-1.sample', arch: 'noarch', source: 'tzdata-2026c-1.sample' },
  ]);
  expect(problems(snapshot)).toEqual([]);
});

test.each([
  ['a key is missing', 'provenance, sbom', '', 'present-unverified', 'spdx', true],
  ['no attestation names it', 'sbom', KEYS, 'present-unverified', 'spdx', false],
  ['the attestation is about another image', 'provenance-of-other, sbom', KEYS, 'present-unverified', 'spdx', false],
  ['it is CycloneDX', 'sbom-cyclonedx', KEYS, 'present-unverified', 'cyclonedx', false],
  ['it is a referrer', 'sbom-referrer', KEYS, 'present-unverified', 'spdx', false],
  ['a bundle names the referrer', 'provenance-bundle, sbom-referrer', KEYS, 'verified', 'spdx', true],
])('%s: read, and called what it is', async (_what, attach, keys, state, origin, isBound) => {
  const snapshot = await snapshotOf(world(attach, { keys }), kept());
  expect([sbomOf(snapshot)?.state, rows(snapshot)]).toEqual([state, allRead(origin, isBound)]);
});

test.each([
  ['sbom', 3],
  ['sbom-cyclonedx', 3],
  ['sbom-referrer', 4],
])('%s: %i questions an arch, the redirect of its blob among them', async (kind, each) => {
  const only = new Set(['quay', 'oci', 'sbom'] as const);
  const none = await collectWorld(world(''), { ...kept(), only });
  const { requests } = await collectWorld(world(kind), { ...kept(), only });
  // One question told of the image without any that it has none.
  expect(requests.length - none.requests.length).toBe(4 * each - 1);
});

test('what the attestation names is fetched at once, without looking for it', async () => {
  const { requests } = await collectWorld(world('provenance, sbom'), {
    ...kept(),
    only: new Set(['quay', 'oci', 'provenance', 'sbom']),
  });
  const standard = requests.filter((one) => one.includes('45-standard/'));
  expect(standard.filter((one) => one.includes('/referrers/'))).toHaveLength(1);
  expect(standard.filter((one) => one.includes('.sbom'))).toEqual([]);
});

test('an image without any is asked one question, and says so of the other arches', async () => {
  const { collected, requests } = await collectWorld(world(''), { ...kept(), only: new Set(['quay', 'oci', 'sbom']) });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(requests.filter((one) => one.includes('45-minimal/referrers/'))).toHaveLength(1);
  expect(requests.filter((one) => one.includes('.sbom'))).toEqual([]);
  expect(sbomOf(collected.snapshot, MINIMAL)?.state).toBe('absent');
  expect(rows(collected.snapshot, MINIMAL)?.map(([, state]) => state)).toEqual([
    ...['absent', 'not-read', 'not-read', 'not-read'],
  ]);
  expect(whys(collected.snapshot, MINIMAL)).toEqual([null, 'not looked for, since x86_64 has no SBOM']);
});

test('the arch whose layers can be scanned is the one that is looked at', async () => {
  const parts = world('');
  const targets = parts.watch.targets.map((one) => ({ ...one, arches: one.arches.toReversed() }));
  const snapshot = await snapshotOf({ ...parts, watch: { ...parts.watch, targets } }, kept());
  expect(rows(snapshot, MINIMAL)?.map(([arch, state]) => `${arch} ${state}`)).toEqual([
    ...['s390x not-read', 'ppc64le not-read', 'aarch64 not-read', 'x86_64 absent'],
  ]);
});

test('versions of lists that are no longer there are not shown', async () => {
  const only = new Set(['quay', 'oci', 'sbom'] as const);
  const first = await snapshotOf(world('sbom-referrer'), { ...kept(), only });
  expect(sbomOf(first)?.headline).toHaveLength(1);
  const { snapshot } = await later(world(''), first, DAY_MS, { ...kept(), only });
  expect(imageOf(snapshot, STANDARD).digest).toBe(imageOf(first, STANDARD).digest);
  expect(rows(snapshot)?.[0]?.[1]).toBe('absent');
  expect(sbomOf(snapshot)?.headline).toEqual([]);
});

test('an unchanged image asks nothing; what was not there is looked for a day later', async () => {
  const shelf = kept();
  const signed = world('signature, provenance, sbom');
  const first = await snapshotOf(signed, shelf);
  const soon = await later(signed, first, 3_600_000, shelf);
  expect(soon.requests).toEqual([]);
  expect(sbomOf(soon.snapshot)).toEqual(sbomOf(first));
  const nextDay = await later(signed, first, DAY_MS, { ...shelf, only: new Set(['quay', 'oci', 'sbom']) });
  expect(nextDay.requests).toHaveLength(1);
  expect(nextDay.requests[0]).toMatch(/45-minimal\/referrers\//);
  expect(sbomOf(nextDay.snapshot)).toEqual(sbomOf(first));
});

test('a lost record is read again, and only that', async () => {
  const shelf = kept();
  const signed = world('signature, provenance, sbom');
  const first = await snapshotOf(signed, shelf);
  const digest = imageOf(first, STANDARD).digest ?? '';
  const has: Records['has'] = async (name) => name !== packagesName(digest, 'aarch64') && shelf.records.has(name);
  const again = await later(signed, first, 60_000, { ...shelf, records: { ...shelf.records, has } });
  expect(again.requests.map((one) => new URL(one.replace('GET ', '')).hostname)).toEqual([
    'quay.io',
    'storage.quay.example',
  ]);
  expect(rows(again.snapshot)).toEqual(allRead('spdx', true));
});

test.each([
  ['sbom-broken', 'unreadable', 'unreadable', 'present-unverified'],
  ['sbom-of-other', 'not-read', 'digest', 'present-unverified'],
])('%s: no list, a problem that lasts, and no second reading', async (kind, state, problem, whole) => {
  const shelf = kept();
  const broken = world(`signature, provenance, ${kind}`);
  const first = await snapshotOf(broken, shelf);
  expect(sbomOf(first)?.state).toBe(whole);
  expect(rows(first)).toEqual(ARCHES.map((arch) => [arch, state, null, true, null]));
  expect(problems(first)).toEqual([`${STANDARD} ${problem}`]);
  expect(await shelf.records.packages(imageOf(first, STANDARD).digest ?? '', 'x86_64')).toBeNull();
  const soon = await later(broken, first, 3_600_000, shelf);
  expect(soon.requests).toEqual([]);
  expect(problems(soon.snapshot)).toEqual([`${STANDARD} ${problem}`]);
});

test('an SBOM without RPMs is no list', async () => {
  const snapshot = await snapshotOf(world('sbom-empty'), kept());
  expect(rows(snapshot)).toEqual(ARCHES.map((arch) => [arch, 'unreadable', 'spdx', false, 0]));
  expect(whys(snapshot)).toEqual(['the SBOM lists no RPMs']);
  expect(problems(snapshot)).toEqual([]);
});

test('a single manifest has one SBOM, its own', async () => {
  const snapshot = await snapshotOf(world('signature, provenance, sbom', { standard: ', single: x86_64' }), kept());
  expect(rows(snapshot)).toEqual([['x86_64', 'read', 'spdx', true, 4]]);
  expect(sbomOf(snapshot)?.state).toBe('verified');
});

test('a registry that fails leaves everything else, and is asked again by the next refresh', async () => {
  const shelf = kept();
  const fine = world('signature, provenance, sbom');
  const blob = sbomOf(await snapshotOf(fine, kept()))?.arches[0]?.digest ?? '';
  const faulty = world('signature, provenance, sbom', {
    more: `faults: [{ source: oci, path: "${blob}", kind: 503 }]`,
  });
  const first = await snapshotOf(faulty, shelf);
  expect(rows(first)?.[0]).toEqual(['x86_64', 'not-read', null, true, null]);
  expect(rows(first)?.slice(1)).toEqual(allRead('spdx', true).slice(1));
  expect(problems(first)).toEqual([`${STANDARD} server-error`]);
  const next = await later(fine, first, 60_000, shelf);
  expect(rows(next.snapshot)).toEqual(allRead('spdx', true));
  expect(sbomOf(next.snapshot)?.state).toBe('verified');
  expect(problems(next.snapshot)).toEqual([]);
});

test('what was read stays while the registry does not answer', async () => {
  const shelf = kept();
  const signed = world('signature, provenance, sbom');
  const first = await snapshotOf(signed, shelf);
  const down = world('signature, provenance, sbom', {
    more: 'faults: [{ source: oci, kind: 503 }, { source: quay, kind: 503 }]',
  });
  const { snapshot } = await later(down, first, 3_600_000, shelf);
  expect(sbomOf(snapshot)).toEqual(sbomOf(first));
});

test('without the source nothing is read, and what its tags tell stays', async () => {
  const snapshot = await snapshotOf(world('sbom'), { ...kept(), only: new Set(['quay', 'oci']) });
  expect(sbomOf(snapshot)).toMatchObject({ state: 'present-unverified', checkedAt: null });
  expect(rows(snapshot)?.map(([, state]) => state)).toEqual(Array(4).fill('not-read'));
});
