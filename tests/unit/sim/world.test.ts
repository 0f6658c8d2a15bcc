import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import {
  API,
  ask,
  HOUR_MS,
  INDEX,
  MANIFEST,
  NOW_MS,
  REPOSITORY,
  type RepositoryPage,
  type TagPage,
  tagsOf,
  worldOf,
  worldWith,
} from './world.ts';

const BOTH = { accept: `${INDEX}, ${MANIFEST}` };
const TAGS = `repository/${REPOSITORY}/tag/`;

test('the same world gives the same digests', async () => {
  const push = [{ at: '-5h', sizeMB: 900, attach: ['signature', 'provenance', 'sbom'], labels: { a: 'b' } }];
  const [one, other] = [await tagsOf(worldWith(push)), await tagsOf(worldWith(push))];
  expect(one).toEqual(other);
  expect(one.tags[0]?.manifest_digest).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('two pushes, and two repositories, never share a digest', async () => {
  const world = worldOf([{ repository: 'fedora/{variant}', variant: ['a', 'b'], tags: { '45': ['-5h', '-29h'] } }]);
  const pages = await Promise.all(
    ['a', 'b'].map((name) => ask<TagPage>(world, `${API}/repository/fedora/${name}/tag/`)),
  );
  const digests = pages.flatMap(({ body }) => body.tags.map((tag) => tag.manifest_digest));
  expect(new Set(digests).size).toBe(4);
});

test('at an earlier moment later pushes do not exist and deleted tags stand', async () => {
  const world = worldWith({ pushes: ['-5h', '-29h'], deleted: '-1h' });
  const at = async (hours: number) =>
    (await tagsOf(world, '?onlyActiveTags=true', { now: () => NOW_MS - hours * HOUR_MS })).tags;
  expect(await at(40)).toEqual([]);
  const [early] = await at(10);
  const [late] = await at(2);
  expect(early?.start_ts).toBe((NOW_MS - 29 * HOUR_MS) / 1_000);
  expect(early).not.toHaveProperty('end_ts');
  expect(late?.start_ts).toBe((NOW_MS - 5 * HOUR_MS) / 1_000);
  expect(await at(0)).toEqual([]);
});

test('a clock that runs shows a push when its time has come', async () => {
  let nowMs = NOW_MS;
  const handler = simulate(worldWith(['-5h', '+1h']), { now: () => nowMs });
  const count = async () => (await ask<TagPage>(handler, `${API}/${TAGS}`)).body.tags.length;
  expect(await count()).toBe(1);
  nowMs += 2 * HOUR_MS;
  expect(await count()).toBe(2);
});

test('a push repeats back in time, and its further tags carry its own moment', async () => {
  const { tags } = await tagsOf(
    worldWith([{ at: '-5h', every: '24h', count: 3, also: ['{stamp}'] }]),
    '?onlyActiveTags=true',
  );
  expect(tags.map(({ name }) => name)).toEqual(['20261120-090700', '45', '20261119-090700', '20261118-090700']);
  expect(tags[0]?.manifest_digest).toBe(tags[1]?.manifest_digest);
});

test('release and variant are replaced everywhere in a repository', async () => {
  const world = worldOf([
    {
      repository: 'fedora/{variant}-{release}',
      release: [45, 'rawhide'],
      variant: ['a', 'b'],
      tags: { '{release}': ['-5h'] },
    },
  ]);
  const { body } = await ask<RepositoryPage>(world, `${API}/repository?namespace=fedora&public=true`);
  expect(body.repositories.map(({ name }) => name)).toEqual(['a-45', 'b-45', 'a-rawhide', 'b-rawhide']);
  expect((await ask(world, 'https://quay.io/v2/fedora/b-rawhide/manifests/rawhide', BOTH)).status).toBe(200);
});

test('what a push says wins over its repository, and that over the world', async () => {
  const world = worldWith(
    ['-5h', { at: '-29h', arches: ['s390x'] }],
    { defaults: { arches: ['x86_64', 'aarch64'] } },
    { defaults: { arches: ['ppc64le'] } },
  );
  expect((await tagsOf(world)).tags.map((tag) => tag.child_manifest_count)).toEqual([2, 1]);
});

test('a world that copies what is not there, or names a repository twice, says so', () => {
  expect(() => simulate(worldWith([{ at: '-5h', copy: 'fedora/none:45' }]))).toThrow(
    'holds nothing at 2026-11-20T09:07:00Z',
  );
  expect(() =>
    simulate(
      worldOf([
        { repository: 'a/b', tags: {} },
        { repository: 'a/b', tags: {} },
      ]),
    ),
  ).toThrow('quay.io/a/b is listed twice');
});

test.each([
  ['https://quay.io/api/v1', 'https://quay.io'],
  ['http://127.0.0.1:8080/quay.io/api/v1', 'http://127.0.0.1:8080/quay.io'],
  ['http://quay.io:8080/api/v1', 'http://quay.io:8080'],
])('a service is found by host or by first path segment, and its links lead back there: %s', async (address, base) => {
  const world = worldWith(['-5h'], { challenge: true });
  expect((await ask<TagPage>(world, `${address}/${TAGS}`)).body.tags).toHaveLength(1);
  const refusal = await ask(world, `${base}/v2/${REPOSITORY}/manifests/45`, BOTH);
  expect(refusal.headers.get('www-authenticate')).toContain(`realm="${base}/v2/auth"`);
});

test('a client that cannot put a prefix before /v2/ puts the registry into the name', async () => {
  const world = worldOf([
    { repository: 'fedora-bootc', registry: 'registry.fedoraproject.org', tags: { '45': ['-5h'] } },
  ]);
  const base = 'http://127.0.0.1:8080/v2';
  expect((await ask(world, `${base}/registry.fedoraproject.org/fedora-bootc/manifests/45`, BOTH)).status).toBe(200);
  expect((await ask(worldWith(['-5h']), `${base}/${REPOSITORY}/manifests/45`, BOTH)).status).toBe(200);
});

test.each([
  'https://quay.io/api/v1/user/',
  'https://quay.io/v2/_catalog',
  'https://bodhi.fedoraproject.org/comments/',
  'https://endoflife.date/api/debian.json',
  'http://127.0.0.1/',
  'https://example.org/api/v1/repository',
])('what is not pretended answers 501 and says so: %s', async (address) => {
  const answer = await ask(worldWith(['-5h']), address);
  expect([answer.status, answer.text]).toEqual([501, expect.stringContaining('does not know GET')]);
});

test.each([
  [`https://quay.io/v2/${REPOSITORY}/manifests/45`, 401],
  ['https://quay.io/api/v1/repository/fedora/fedora-bootc/tag/45', 401],
  ['https://bodhi.fedoraproject.org/releases/', 501],
])('nobody may write where he is not known, and not at all to what is only read: %s', async (address, status) => {
  const answer = await simulate(worldWith(['-5h']))(new Request(address, { method: 'PUT', body: '{}' }));
  expect(answer.status).toBe(status);
});
