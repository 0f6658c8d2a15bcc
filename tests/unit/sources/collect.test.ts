import { expect, test } from 'vitest';
import { inMemory } from '#sources/content.ts';
import { Snapshot, type SourceId } from '#status/model.ts';
import { collectWorld, imageOf, smallWorld, snapshotOf } from '../../support/world.ts';

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
const DAY_MS = 86_400_000;

test('finds digest, dates, sizes and history of every arch', async () => {
  const snapshot = await snapshotOf(smallWorld());
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  const image = imageOf(snapshot, STANDARD);
  expect(image).toMatchObject({
    taggedAt: '2026-11-20T09:07:00.000Z',
    verdict: { state: 'fresh' },
    lastPoll: { outcome: 'ok' },
  });
  expect(
    image.arches.map(({ arch, digest, size, createdAt }) => [
      arch,
      Boolean(digest),
      (size ?? 0) > 0,
      Boolean(createdAt),
    ]),
  ).toEqual(['x86_64', 'aarch64', 'ppc64le', 's390x'].map((arch) => [arch, true, true, true]));
  expect(image.history).toHaveLength(2);
  expect(image.history[1]?.to).toBe(image.history[0]?.from);
  expect(snapshot.releases).toMatchObject([{ id: '45', state: 'supported', eolAt: '2027-11-24' }]);
  expect(snapshot.sources.filter(({ state }) => state === 'ok').map(({ id }) => id)).toEqual([
    'quay',
    'oci',
    'provenance',
    'sbom',
    'bodhi',
    'endoflife',
  ]);
  expect(snapshot.problems).toEqual([]);
});

test('one request a namespace proves that nothing has changed', async () => {
  const content = inMemory();
  const previous = await snapshotOf(smallWorld(), { content });
  const { collected, requests } = await collectWorld(smallWorld(), { content, previous, afterMs: 60_000 });
  const toQuay = requests.filter((request) => request.includes('quay.io'));
  expect(toQuay).toEqual([
    'GET https://quay.io/api/v1/repository?namespace=bootc-devel&public=true&last_modified=true',
  ]);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(imageOf(collected.snapshot, STANDARD)).toMatchObject({
    lastPoll: { outcome: 'unchanged', at: '2026-11-20T14:08:00.000Z' },
    digest: imageOf(previous, STANDARD).digest,
  });
  expect(collected.events).toEqual([]);
});

test('asks only the repository that changed', async () => {
  const content = inMemory();
  const moved = REPLACED('latest: [-29h, -5h, +1h]');
  const previous = await snapshotOf(moved, { content });
  const { collected, requests } = await collectWorld(moved, { content, previous, afterMs: 2 * 3_600_000 });
  expect(requests.filter((request) => request.includes('/tag/'))).toHaveLength(1);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(collected.events.map(({ type, target }) => [type, target])).toEqual([['tag.moved', STANDARD]]);
});

const REPLACED = (tags: string) =>
  smallWorld(`repositories:
  - repository: bootc-devel/fedora-bootc-45-standard
    tags: { ${tags} }
  - repository: bootc-devel/fedora-bootc-45-minimal
    tags: { latest: [-29h, -5h] }
`);

test('reads everything once a day, since a deletion does not raise the date', async () => {
  const deleted = REPLACED('latest: { pushes: [-5h], deleted: +1h }, other: [-1h]');
  const content = inMemory();
  const before = await snapshotOf(deleted, { content });
  const soon = await snapshotOf(deleted, { content, previous: before, afterMs: 2 * 3_600_000 });
  expect(imageOf(soon, STANDARD).verdict.state).toBe('fresh');
  const { collected } = await collectWorld(deleted, { content, previous: soon, afterMs: DAY_MS });
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(imageOf(collected.snapshot, STANDARD)).toMatchObject({ digest: null, verdict: { state: 'withdrawn' } });
  const removed = collected.events.find(({ type }) => type === 'tag.removed');
  expect(removed).toMatchObject({ target: STANDARD, at: '2026-11-20T15:07:00.000Z' });
});

test('collecting the same again makes the same events', async () => {
  const first = await collectWorld(smallWorld());
  const second = await collectWorld(smallWorld());
  if (!first.collected.hasAnswer || !second.collected.hasAnswer) throw new Error('no source has answered');
  expect(first.collected.events.length).toBeGreaterThan(0);
  expect(second.collected.events).toEqual(first.collected.events);
});

test('a tag that never was is missing; a repository that is private is missing while its neighbour answers', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { other: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, private: true, tags: { latest: [-5h] } }
`),
  );
  expect(imageOf(snapshot, STANDARD)).toMatchObject({ lastPoll: { outcome: 'absent' }, verdict: { state: 'missing' } });
  expect(imageOf(snapshot, MINIMAL)).toMatchObject({ lastPoll: { outcome: 'hidden' }, verdict: { state: 'missing' } });
});

test('a hidden repository costs nothing until the list of its namespace names it', async () => {
  const hidden = (until: string) =>
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, ${until} tags: { latest: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
`);
  const content = inMemory();
  const previous = await snapshotOf(hidden('private: true,'), { content });
  const again = await collectWorld(hidden('private: true,'), { content, previous, afterMs: 60_000 });
  expect(again.requests.filter((request) => request.includes('quay.io'))).toHaveLength(1);
  if (!again.collected.hasAnswer) throw new Error('no source has answered');
  expect(imageOf(again.collected.snapshot, STANDARD).verdict).toMatchObject({
    state: 'missing',
    since: previous.generatedAt,
  });
  expect(again.collected.snapshot.problems).toMatchObject([
    { target: STANDARD, kind: 'hidden', since: previous.generatedAt },
  ]);
  const open = await snapshotOf(hidden(''), { content, previous: again.collected.snapshot, afterMs: 120_000 });
  expect(imageOf(open, STANDARD).verdict.state).toBe('fresh');
});

test('a repository that nobody vouches for is unknown', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, private: true, tags: { latest: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, private: true, tags: { latest: [-5h] } }
`),
  );
  expect(imageOf(snapshot, STANDARD).verdict.state).toBe('unknown-auth');
});

test('a repository that was public and no longer is, is withdrawn', async () => {
  const world = REPLACED('latest: [-5h]');
  const hidden = smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, private: true, tags: { latest: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-29h, -5h] } }
`);
  const previous = await snapshotOf(world);
  expect(imageOf(await snapshotOf(hidden, { previous, afterMs: 60_000 }), STANDARD).verdict.state).toBe('withdrawn');
});

test('finds the arch that is not in the index, and the one that the registry does not hold', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, arches: [x86_64, aarch64, ppc64le] }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [{ at: -5h, sparse: [s390x] }] } }
`),
  );
  for (const id of [STANDARD, MINIMAL]) {
    const { verdict, arches } = imageOf(snapshot, id);
    expect([id, verdict.state, verdict.facets.complete]).toEqual([
      id,
      'arch-missing',
      { value: 'missing', arches: ['s390x'] },
    ]);
    expect(arches.find(({ arch }) => arch === 's390x')).toMatchObject({
      digest: null,
      size: null,
      verdict: { state: 'arch-missing' },
    });
  }
});

test('never rests on an epoch, a future or an absent date', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, created: epoch }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [{ at: -5h, created: { x86_64: future, aarch64: absent } }] } }
`),
  );
  const epoch = imageOf(snapshot, STANDARD);
  expect(epoch.arches.map(({ createdAt }) => createdAt)).toEqual([null, null, null, null]);
  expect(epoch.createdAt).toBe(epoch.taggedAt);
  expect(
    imageOf(snapshot, MINIMAL)
      .arches.slice(0, 2)
      .map(({ createdAt }) => createdAt),
  ).toEqual([null, null]);
  expect(snapshot.problems).toMatchObject([{ source: 'oci', target: MINIMAL, kind: 'clock' }]);
});

test('what was not read is not called good', async () => {
  const quayAlone = await snapshotOf(smallWorld(), { only: new Set<SourceId>(['quay']) });
  const image = imageOf(quayAlone, STANDARD);
  expect(image.digest).not.toBeNull();
  expect([image.verdict.state, ...image.arches.map(({ verdict }) => verdict.state)]).toEqual(
    Array(5).fill('unknown-source'),
  );
});

test('a tag that was removed before we first looked is withdrawn, and has no arches left', async () => {
  const snapshot = await snapshotOf(REPLACED('latest: { pushes: [-50h], deleted: -20h }, other: [-1h]'));
  const image = imageOf(snapshot, STANDARD);
  expect(image).toMatchObject({
    digest: null,
    lastSeen: { at: '2026-11-19T18:07:00.000Z' },
    verdict: { state: 'withdrawn', since: '2026-11-19T18:07:00.000Z' },
  });
  expect(image.arches.map(({ digest, size }) => [digest, size])).toEqual(Array(4).fill([null, null]));
});

test('having nothing to ask is no failure', async () => {
  const content = inMemory();
  const previous = await snapshotOf(smallWorld(), { content });
  const only = new Set<SourceId>(['provenance']);
  const { collected, requests } = await collectWorld(smallWorld(), { content, previous, only, afterMs: 60_000 });
  expect([collected.hasAnswer, requests]).toEqual([true, []]);
});

test('sees signatures, attestations and SBOMs by their tags', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, attach: [signature, provenance] }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
`),
  );
  const { signature, provenance, sbom } = imageOf(snapshot, STANDARD);
  expect([signature?.state, provenance?.state, sbom?.state]).toEqual([
    'present-unverified',
    'present-unverified',
    'absent',
  ]);
});

test('what one registry told is not believed of another', async () => {
  const previous = await snapshotOf(smallWorld());
  const moved = {
    ...previous,
    images: previous.images.map((image) => ({ ...image, registry: 'http://127.0.0.1:5000' })),
  };
  const { requests } = await collectWorld(smallWorld(), { previous: moved });
  expect(requests.filter((request) => request.includes('/tag/'))).toHaveLength(2);
});

test('asks a registry of another kind by the distribution API alone, and compares digests', async () => {
  const world = smallWorld(
    `repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [-5h] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
  - { repository: fedora-bootc, registry: registry.fedoraproject.org, tags: { "45": [{ at: -5h, copy: "quay.io/bootc-devel/fedora-bootc-45-standard:latest" }] } }
`,
    `    - channel: mirror
      variant: standard
      release: "45"
      registry: https://registry.fedoraproject.org
      repository: fedora-bootc
      tag: "45"
      arches: [x86_64]
      cadence: { expect: 24h, fresh: 36h, stale: 72h }
      parity: development/standard/45
`,
  );
  const { collected, requests } = await collectWorld(world);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const mirror = imageOf(collected.snapshot, 'mirror/standard/45');
  expect(mirror).toMatchObject({ parity: { with: STANDARD, sameDigest: true }, verdict: { state: 'fresh' } });
  expect(
    requests.filter((request) => request.includes('registry.fedoraproject.org') && request.includes('/api/')),
  ).toEqual([]);
});
