import { expect, test } from 'vitest';
import { inMemory } from '#sources/content.ts';
import { Snapshot } from '#status/model.ts';
import { collectWorld, imageOf, REPOSITORIES, smallWorld, snapshotOf } from '../../support/world.ts';

/** Whatever a service answers: the refresh goes on, what was known stays, and a problem says what happened. */

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
const HOUR_MS = 3_600_000;

const faulty = (fault: string, repositories = REPOSITORIES) => smallWorld(`${repositories}faults:\n  - ${fault}\n`);
const TAGS = 'source: quay, repository: bootc-devel/fedora-bootc-45-standard, path: /tag/';

test.each([
  [`{ ${TAGS}, kind: 400 }`, 'unexpected', 'unknown-parse'],
  [`{ ${TAGS}, kind: 403 }`, 'denied', 'unknown-auth'],
  [`{ ${TAGS}, kind: broken-json }`, 'unreadable', 'unknown-parse'],
  [`{ ${TAGS}, kind: wrong-types }`, 'unreadable', 'unknown-parse'],
  [`{ ${TAGS}, kind: missing-fields }`, 'unreadable', 'unknown-parse'],
  [`{ ${TAGS}, kind: html }`, 'unreadable', 'unknown-parse'],
  [`{ ${TAGS}, kind: huge-body }`, 'too-large', 'unknown-parse'],
  [`{ ${TAGS}, kind: redirect, location: "http://169.254.169.254/" }`, 'redirect', 'unknown-parse'],
])('a tag list that answers with %s is a problem of one target', async (fault, kind, state) => {
  const content = inMemory();
  const previous = await snapshotOf(smallWorld(), { content });
  const old = { ...previous, images: previous.images.map((image) => ({ ...image, scannedAt: null })) };
  const snapshot = await snapshotOf(faulty(fault), { content, previous: old, afterMs: HOUR_MS });
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  expect(snapshot.problems).toMatchObject([{ source: 'quay', target: STANDARD, kind }]);
  expect(snapshot.problems[0]?.action.length).toBeGreaterThan(10);
  const [known, now] = [imageOf(previous, STANDARD), imageOf(snapshot, STANDARD)];
  expect(now.verdict.state).toBe(state);
  expect([now.digest, now.arches.map(({ digest }) => digest), now.checkedAt]).toEqual([
    known.digest,
    known.arches.map(({ digest }) => digest),
    known.checkedAt,
  ]);
  expect(imageOf(snapshot, MINIMAL).verdict.state).toBe('fresh');
});

test.each(['500', '502', 'html429', 'hang'])(
  'while Quay’s API answers %s, the registry itself is asked',
  async (kind) => {
    const world = faulty(`{ source: quay, path: /api/v1/, kind: ${kind} }`);
    const snapshot = await snapshotOf(world, { hangs: kind === 'hang' });
    const image = imageOf(snapshot, STANDARD);
    expect(image).toMatchObject({
      verdict: { state: 'fresh' },
      lastPoll: { outcome: 'ok', by: { oci: { outcome: 'ok' } } },
      taggedAt: null,
    });
    expect(image.arches.every(({ digest }) => digest)).toBe(true);
    expect(snapshot.sources.find(({ id }) => id === 'quay')).toMatchObject({ state: 'failed', lastGoodAt: null });
  },
);

test('an outage keeps what was known, and after 8 hours says that it is too old', async () => {
  const content = inMemory();
  const previous = await snapshotOf(smallWorld(), { content });
  const outage = smallWorld(
    `${REPOSITORIES}faults:\n  - { source: quay, kind: 502 }\n  - { source: oci, kind: 502 }\n`,
  );
  const soon = await snapshotOf(outage, { content, previous, afterMs: HOUR_MS });
  expect(imageOf(soon, STANDARD)).toMatchObject({
    digest: imageOf(previous, STANDARD).digest,
    checkedAt: imageOf(previous, STANDARD).checkedAt,
    verdict: { state: 'fresh', facets: { confidence: { value: 'last-known' } } },
  });
  const late = await snapshotOf(outage, { content, previous: soon, afterMs: 9 * HOUR_MS });
  expect(imageOf(late, STANDARD).verdict.state).toBe('unknown-source');
  expect(imageOf(late, STANDARD).digest).toBe(imageOf(previous, STANDARD).digest);
  expect(late.problems.find(({ target }) => target === STANDARD)?.since).toBe(soon.generatedAt);
  const back = await snapshotOf(smallWorld(), { content, previous: late, afterMs: 10 * HOUR_MS });
  expect([imageOf(back, STANDARD).verdict.state, back.problems]).toEqual(['fresh', []]);
});

test('with no answer at all the attempt is told apart from a snapshot', async () => {
  const sources = ['quay', 'oci', 'bodhi', 'endoflife'];
  const dark = smallWorld(
    `${REPOSITORIES}faults:\n${sources.map((source) => `  - { source: ${source}, kind: refuse }\n`).join('')}`,
  );
  const { collected, requests } = await collectWorld(dark);
  if (collected.hasAnswer) throw new Error('something has answered');
  expect(collected.attempt.sources.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual(sources);
  expect(requests.length).toBeLessThan(20);
});

test.each(['wrong-digest', 'broken-json', 'huge-body', 'wrong-types'])(
  'an index with %s is never believed',
  async (kind) => {
    const world = faulty(
      `{ source: oci, repository: bootc-devel/fedora-bootc-45-standard, path: /manifests/, kind: ${kind} }`,
    );
    const snapshot = await snapshotOf(world);
    expect(imageOf(snapshot, STANDARD)).toMatchObject({
      platforms: null,
      checkedAt: null,
      verdict: { state: 'unknown-parse' },
    });
    expect(imageOf(snapshot, MINIMAL).verdict.state).toBe('fresh');
  },
);

test('damage in the cache is found out by its digest and asked for again', async () => {
  const kept = inMemory();
  const damaged = {
    ...kept,
    read: async (digest: string) => ((await kept.read(digest)) ? new TextEncoder().encode('{}') : null),
  };
  const first = await snapshotOf(smallWorld(), { content: damaged });
  const again = await snapshotOf(smallWorld(), { content: damaged });
  expect(imageOf(again, STANDARD).arches).toEqual(imageOf(first, STANDARD).arches);
});

test('pages without an end are left', async () => {
  const list = await snapshotOf(faulty('{ source: quay, path: /api/v1/repository, kind: endless-pages }'));
  expect(list.problems.map(({ kind }) => kind)).toContain('endless');
});

test('one voice on releases is enough, and none keeps what both said', async () => {
  const previous = await snapshotOf(smallWorld());
  const noBodhi = await snapshotOf(faulty('{ source: bodhi, kind: broken-json }'), { previous, afterMs: HOUR_MS });
  expect(noBodhi.releases).toEqual(previous.releases);
  expect(noBodhi.problems).toMatchObject([{ source: 'bodhi', target: null, kind: 'unreadable' }]);
  const first = await snapshotOf(faulty('{ source: bodhi, kind: 500 }'));
  expect(first.releases).toMatchObject([{ id: '45', state: 'supported', eolAt: '2027-11-24' }]);
});

test('labels with control characters and markup stay data, cut to a length', async () => {
  const snapshot = await snapshotOf(
    smallWorld(`repositories:
  - repository: bootc-devel/fedora-bootc-45-standard
    tags: { latest: [{ at: -5h, labels: { title: "<script>alert(1)</script>", bell: "a\\u0007b", long: "${'x'.repeat(3_000)}" } }], "<script>": [-4h] }
  - { repository: bootc-devel/fedora-bootc-45-minimal, tags: { latest: [-5h] } }
`),
  );
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  const { labels } = imageOf(snapshot, STANDARD);
  expect(labels['title']).toBe('<script>alert(1)</script>');
  expect(labels['long']).toHaveLength(500);
});

const SINGLES = {
  quay: ['oci', 'bodhi', 'endoflife'],
  oci: ['quay', 'bodhi', 'endoflife'],
  bodhi: ['quay', 'oci', 'endoflife'],
  endoflife: ['quay', 'oci', 'bodhi'],
};

test.each(Object.entries(SINGLES))(
  'with %s alone alive, all other facts are null with a problem',
  async (alive, dead) => {
    const world = smallWorld(
      `${REPOSITORIES}faults:\n${dead.map((source) => `  - { source: ${source}, kind: refuse }\n`).join('')}`,
    );
    const snapshot = await snapshotOf(world);
    expect(snapshot.mode).toBe('live');
    // What lies beside an image is asked of the same registry.
    const answered = alive === 'oci' ? ['oci', 'provenance', 'sbom'] : [alive];
    expect(snapshot.sources.filter(({ state }) => state === 'ok').map(({ id }) => id)).toEqual(answered);
    for (const source of dead) expect(snapshot.problems.map((one) => one.source)).toContain(source);
    const image = imageOf(snapshot, STANDARD);
    if (alive === 'bodhi' || alive === 'endoflife')
      expect([image.digest, image.createdAt, image.verdict.bucket]).toEqual([null, null, 'no-signal']);
    if (alive === 'quay')
      expect([image.arches.every(({ digest }) => digest === null), image.verdict.bucket]).toEqual([true, 'no-signal']);
  },
);
