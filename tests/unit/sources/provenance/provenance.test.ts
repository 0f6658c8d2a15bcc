import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { type Content, inMemory } from '#sources/content.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { Provenance, Signature } from '#status/attachment.ts';
import { type Snapshot, SOURCES } from '#status/model.ts';
import { signer } from '../../../support/beside.ts';
import { collectWorld, imageOf, smallWorld, snapshotOf } from '../../../support/world.ts';

/** Signatures and attestations of a pretend registry, through a whole refresh. */

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
// They refer to the arches of an image, and are asked for too.
const WITHOUT_SBOMS = new Set(SOURCES.filter((source) => source !== 'sbom'));
const DAY_MS = 86_400_000;
const SAMPLE = (await readWorld('content/worlds/sample.yaml')).watch.keys?.[0]?.pem ?? '';
const KEY_ID = 'SHA256:bGxKKaybwKwKDeg1CwOJ03zsZGTAx+meRmqTTZNOuh8';
const KEYS = `  keys: [{ id: sample, pem: ${JSON.stringify(SAMPLE)} }]\n`;

const world = (standard: string, minimal = standard, keys = KEYS) =>
  smallWorld(
    `repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, attach: [${standard}] }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [{ at: -5h, attach: [${minimal}] }] } }
`,
    keys,
  );

const states = (snapshot: Snapshot, id = STANDARD) => {
  const { signature, provenance, verdict } = imageOf(snapshot, id);
  return [signature?.state, provenance?.state, verdict.facets.trust.value, verdict.state];
};

/** What is asked where only signatures matter. */
const SIGNED = new Set(['quay', 'oci', 'provenance'] as const);

const again = (afterMs: number, content: Content, previous: Snapshot) => ({ afterMs, content, previous });
const ofRegistry = (requests: string[]) => requests.filter((request) => request.includes('/v2/'));

test('verifies signature and attestation by the key of the targets file, and tells what was built', async () => {
  const snapshot = await snapshotOf(world('signature, provenance'));
  const { signature, provenance, composeId } = imageOf(snapshot, STANDARD);
  expect(states(snapshot)).toEqual(['verified', 'verified', 'verified', 'fresh']);
  expect(signature).toMatchObject({ found: 'tag', keyId: KEY_ID, against: [KEY_ID], why: null });
  expect(provenance).toMatchObject({
    keyId: KEY_ID,
    keySince: snapshot.generatedAt,
    builder: 'https://tekton.dev/chains/v2',
    source: { commit: expect.stringContaining('sample') },
    finishedAt: '2026-11-20T09:07:00.000Z',
  });
  expect([provenance?.tasks?.length, provenance?.bundles?.length]).toEqual([28, 16]);
  expect(composeId).toBe('Fedora-sample-20261120.n.0');
  expect(snapshot.sources.find(({ id }) => id === 'provenance')).toMatchObject({ state: 'ok', problems: 0 });
});

test('without a key they are present, read, and not verified', async () => {
  const snapshot = await snapshotOf(world('signature, provenance', 'signature', ''));
  expect(states(snapshot)).toEqual(['present-unverified', 'present-unverified', 'present-unverified', 'fresh']);
  expect(imageOf(snapshot, STANDARD).provenance).toMatchObject({ keyId: KEY_ID, against: [] });
  expect(imageOf(snapshot, STANDARD).provenance?.tasks).toHaveLength(28);
});

test.each([
  ['signature-broken, provenance', 'failed', 'verified'],
  ['signature-of-other, provenance', 'failed', 'verified'],
  ['signature, provenance-broken', 'verified', 'failed'],
  ['signature, provenance-of-other', 'verified', 'failed'],
])('with %s the image is bad', async (attach, signature, provenance) => {
  const snapshot = await snapshotOf(world(attach));
  expect(states(snapshot)).toEqual([signature, provenance, 'failed', 'trust-failed']);
  const image = imageOf(snapshot, STANDARD);
  expect(image.verdict.reason).toContain(`The ${signature === 'failed' ? 'signature' : 'provenance'} is invalid: it`);
  expect(image.verdict.since).toBe(snapshot.generatedAt);
  if (provenance === 'failed') expect([image.provenance?.tasks, image.composeId]).toEqual([null, null]);
  expect(snapshot.problems).toEqual([]);
});

test.each([
  'signature-broken, signature-bundle, provenance-of-other, provenance-bundle',
  'signature-of-other, signature-bundle, provenance-broken, provenance-bundle',
])('with %s the good one counts, wherever it lies, and what was found stays', async (attach) => {
  const content = inMemory();
  const signed = world(attach);
  const first = await snapshotOf(signed, { content, only: SIGNED });
  expect(states(first).slice(0, 3)).toEqual(['verified', 'verified', 'verified']);
  const next = await snapshotOf(signed, { ...again(3_600_000, content, first), only: SIGNED });
  expect(states(next).slice(0, 3)).toEqual(['verified', 'verified', 'verified']);
});

test('reads bundles that refer to the digest, where there is no tag', async () => {
  const { collected, requests } = await collectWorld(
    world('signature-bundle, provenance-bundle', 'signature, provenance'),
    { only: WITHOUT_SBOMS },
  );
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(states(collected.snapshot)).toEqual(['verified', 'verified', 'verified', 'fresh']);
  expect(imageOf(collected.snapshot, STANDARD).provenance).toMatchObject({ found: 'referrer', keyId: KEY_ID });
  expect(requests.filter((request) => request.includes('/referrers/'))).toHaveLength(1);
});

test('what is settled is not asked for again, a day later neither', async () => {
  const content = inMemory();
  const settled = world('signature, provenance', 'signature-bundle, provenance-of-other');
  const kept = records(memoryShelf());
  const previous = await snapshotOf(settled, { content, records: kept });
  for (const afterMs of [60_000, DAY_MS]) {
    const { collected, requests } = await collectWorld(settled, {
      ...again(afterMs, content, previous),
      ...{ records: kept, only: SIGNED },
    });
    expect(ofRegistry(requests)).toEqual([]);
    if (!collected.hasAnswer) throw new Error('no source has answered');
    const before = imageOf(previous, STANDARD);
    expect(imageOf(collected.snapshot, STANDARD)).toMatchObject({
      signature: before.signature,
      provenance: before.provenance,
      composeId: before.composeId,
    });
  }
});

test.each(['provenance', 'provenance-v1', 'provenance-v1-bundle'])(
  'the recording of an image with %s is kept, and read again without a request when it is lost',
  async (attach) => {
    const content = inMemory();
    const built = smallWorld(
      `packages: { few: [kernel-6.17.8-300.sample45] }
repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: -5h, packages: few, attach: [signature, ${attach}, sbom] }] } }
`,
      KEYS,
    );
    const shelf = () => records(memoryShelf());
    const [kept, lost] = [shelf(), shelf()];
    const previous = await snapshotOf(built, { content, records: kept });
    const { digest, provenance } = imageOf(previous, STANDARD);
    const recording = await kept.recording(digest ?? '');
    expect(provenance).toMatchObject({ state: 'verified', recording: true });
    expect(provenance?.sboms).toHaveLength(4);
    expect(provenance?.inputs.map(({ image }) => image)).toEqual([expect.stringContaining('-compose:Fedora-sample')]);
    expect(recording).toMatchObject({ image: digest, isVerified: true, pipeline: 'sample-pipeline' });
    const legs = recording?.tasks.filter(({ name }) => name === 'build-images');
    expect(legs?.map(({ platform }) => platform)).toEqual([
      'linux/amd64',
      'linux/arm64',
      'linux/ppc64le',
      'linux/s390x',
    ]);
    expect(legs?.[0]).toMatchObject({ after: ['prefetch-dependencies'], task: 'buildah-remote-oci-ta' });
    expect(recording?.tasks[0]?.platform).toBeNull();
    expect(recording?.tasks.at(-1)?.results['TEST_OUTPUT']).toContain('"result":"SUCCESS"');
    expect(recording?.tasks[0]?.steps[0]?.startedAt === null).toBe(attach === 'provenance');
    const { requests } = await collectWorld(built, {
      ...again(60_000, content, previous),
      ...{ records: lost, only: SIGNED },
    });
    expect(ofRegistry(requests)).toEqual([]);
    expect(await lost.recording(digest ?? '')).toEqual(recording);
  },
);

test('what nobody verified does not take the place of a verified recording', async () => {
  const kept = records(memoryShelf());
  const signed = await snapshotOf(world('provenance'), { records: kept });
  await snapshotOf(world('provenance', 'provenance', ''), { records: kept });
  expect(await kept.recording(imageOf(signed, STANDARD).digest ?? '')).toMatchObject({ isVerified: true });
});

test('a statement that fails has no recording', async () => {
  const kept = records(memoryShelf());
  const snapshot = await snapshotOf(world('provenance-broken'), { records: kept });
  const { digest, provenance } = imageOf(snapshot, STANDARD);
  expect([provenance?.recording, await kept.recording(digest ?? '')]).toEqual([false, null]);
});

test('what was not found is looked for once a day, since a referrer comes without a date', async () => {
  const content = inMemory();
  const previous = await snapshotOf(world('sbom'), { content });
  expect(states(previous)).toEqual(['absent', 'absent', 'present-unverified', 'fresh']);
  const soon = await collectWorld(world('sbom'), again(3_600_000, content, previous));
  expect(ofRegistry(soon.requests)).toEqual([]);
  const later = await collectWorld(world('sbom'), { ...again(DAY_MS, content, previous), only: WITHOUT_SBOMS });
  expect(ofRegistry(later.requests).map((request) => request.split('/referrers/').length)).toEqual([2, 2]);
});

test('a signature that fails is looked at again a day later, where no list would tell of a better one', async () => {
  const content = inMemory();
  const strange = `  keys: [{ id: strange, pem: ${JSON.stringify(signer().pem)} }]\n`;
  const signed = world('signature-bundle', 'signature', strange);
  const previous = await snapshotOf(signed, { content, only: SIGNED });
  expect([states(previous)[0], states(previous, MINIMAL)[0]]).toEqual(['failed', 'failed']);
  const asked = async (afterMs: number) => {
    const { requests } = await collectWorld(signed, { ...again(afterMs, content, previous), only: SIGNED });
    return ofRegistry(requests).filter((request) => request.includes('standard/referrers/')).length;
  };
  expect([await asked(3_600_000), await asked(DAY_MS)]).toEqual([0, 1]);
});

test('an image that was seen before it was signed is looked at again half an hour later', async () => {
  const content = inMemory();
  const world = smallWorld(
    `repositories:
  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [{ at: 0, attach: [signature-bundle] }] } }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
`,
    KEYS,
  );
  const first = await snapshotOf(world, { content });
  const soon = await collectWorld(world, again(2 * 60_000, content, first));
  expect(ofRegistry(soon.requests)).toEqual([]);
  const later = await snapshotOf(world, again(31 * 60_000, content, first));
  expect([first, later].map((snapshot) => imageOf(snapshot, STANDARD).signature?.state)).toEqual([
    'absent',
    'verified',
  ]);
});

test('another key, or none any more, has everything held against the keys of today, from the cache', async () => {
  const content = inMemory();
  const previous = await snapshotOf(world('signature, provenance', 'signature', ''), { content });
  const { collected, requests } = await collectWorld(
    world('signature, provenance', 'signature'),
    again(60_000, content, previous),
  );
  if (!collected.hasAnswer) throw new Error('no source has answered');
  expect(states(collected.snapshot).slice(0, 2)).toEqual(['verified', 'verified']);
  expect(imageOf(collected.snapshot, STANDARD).provenance?.keySince).toBe(previous.generatedAt);
  expect(ofRegistry(requests).filter((request) => request.includes('standard'))).toEqual([]);
});

test('a signature that the registry does not give is not checked, and neither bad nor lost', async () => {
  const content = inMemory();
  const faulty = world('signature, provenance');
  faulty.faults.push({ source: 'oci', path: '/blobs/', kind: 503, from: '0' });
  const fine = world('signature, provenance');
  const snapshot = await snapshotOf(faulty, { content, only: new Set(['quay', 'provenance']) });
  expect(imageOf(snapshot, STANDARD).signature).toMatchObject({ state: 'not-checked', digest: expect.any(String) });
  expect(imageOf(snapshot, STANDARD).verdict.facets.trust.value).toBe('not-checked');
  expect(snapshot.problems.map(({ source, kind }) => `${source} ${kind}`)).toContain('provenance server-error');
  const next = await snapshotOf(fine, again(60_000, content, snapshot));
  expect(states(next).slice(0, 2)).toEqual(['verified', 'verified']);
});

test('an attachment of which a kept snapshot says no more than its state was never checked', () => {
  const kept = { state: 'present-unverified', digest: null };
  expect(Signature.parse(kept)).toMatchObject({ checkedAt: null, keyId: null, against: [] });
  expect(Provenance.parse(kept)).toMatchObject({ checkedAt: null, tasks: null, source: null });
});

test('--only provenance reads what was seen before, and a refresh without it only sees', async () => {
  const content = inMemory();
  const seen = await snapshotOf(world('signature, provenance'), { content, only: new Set(['quay']) });
  expect(imageOf(seen, STANDARD).signature).toMatchObject({ state: 'present-unverified', checkedAt: null });
  const only = new Set(['provenance'] as const);
  const snapshot = await snapshotOf(world('signature, provenance'), { content, previous: seen, only });
  expect(states(snapshot).slice(0, 2)).toEqual(['verified', 'verified']);
  expect(imageOf(snapshot, MINIMAL).signature?.state).toBe('verified');
});
