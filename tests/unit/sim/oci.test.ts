import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import type { World } from '#world/model.ts';
import {
  type Asked,
  ask,
  HOUR_MS,
  hash,
  INDEX,
  type Index,
  MANIFEST,
  NOW_MS,
  type Plain,
  REPOSITORY,
  V2,
  worldOf,
  worldWith,
} from './world.ts';

const BOTH = { accept: `${INDEX}, ${MANIFEST}` };
const MIRROR = 'registry.fedoraproject.org';
const ZERO = `sha256:${'0'.repeat(64)}`;

const indexOf = (world: World, address = `${V2}/manifests/45`) => ask<Index>(world, address, BOTH);
const amd64 = async (world: World): Promise<Asked<Plain>> => {
  const digest = (await indexOf(world)).body.manifests[0]?.digest;
  return ask<Plain>(world, `${V2}/manifests/${digest}`, BOTH);
};

test('reads a public repository without a token, byte for byte what the digests say', async () => {
  const world = worldWith(['-5h']);
  const index = await indexOf(world);
  expect(index.status).toBe(200);
  expect(index.headers.get('content-type')).toBe(INDEX);
  expect(index.headers.get('docker-content-digest')).toBe(await hash(index.text));
  expect(index.body.manifests.map(({ platform }) => platform.architecture)).toEqual([
    'amd64',
    'arm64',
    'ppc64le',
    's390x',
  ]);
  for (const { digest, size } of index.body.manifests) {
    const manifest = await ask<Plain>(world, `${V2}/manifests/${digest}`, BOTH);
    expect([await hash(manifest.text), manifest.text.length]).toEqual([digest, size]);
  }
});

test('the config says when, for which machine and with which labels it was built', async () => {
  const world = worldWith([{ at: '-5h', version: '45.sample', labels: { a: '{stamp}' } }]);
  const manifest = await amd64(world);
  const hop = await ask(world, `${V2}/blobs/${manifest.body.config.digest}`);
  expect([hop.status, hop.headers.get('docker-content-digest')]).toEqual([302, manifest.body.config.digest]);
  const config = await ask(world, hop.headers.get('location') ?? '');
  expect(await hash(config.text)).toBe(manifest.body.config.digest);
  expect(config.body).toMatchObject({
    created: expect.stringMatching(/^2026-11-20T08:5\d:\d\dZ$/), // minutes before the push
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { a: '20261120-090700', 'org.opencontainers.image.version': '45.sample' } },
  });
});

test.each([
  ['epoch', '1970-01-01T00:00:00Z'],
  ['future', '2027-12-25T14:07:00Z'],
  ['-9d', '2026-11-11T14:07:00Z'],
  ['absent', undefined],
])('a build date can be %s', async (created, expected) => {
  const world = worldWith([{ at: '-5h', created: { x86_64: created } }]);
  const { location } = Object.fromEntries(
    (await ask(world, `${V2}/blobs/${(await amd64(world)).body.config.digest}`)).headers,
  );
  expect((await ask<{ created?: string }>(world, location ?? '')).body.created).toBe(expected);
});

test('storage refuses a request that brings credentials', async () => {
  const world = worldWith(['-5h']);
  const hop = await ask(world, `${V2}/blobs/${(await amd64(world)).body.config.digest}`);
  expect((await ask(world, hop.headers.get('location') ?? '', { authorization: 'Bearer x' })).status).toBe(400);
});

test('a layer of claimed size has a size and no bytes, another one has both', async () => {
  const claimed = (await amd64(worldWith([{ at: '-5h', sizeMB: 900 }]))).body.layers;
  expect(claimed.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(850_000_000);
  expect((await ask(worldWith([{ at: '-5h', sizeMB: 900 }]), `${V2}/blobs/${claimed[1]?.digest}`)).status).toBe(501);
  const world = worldWith(['-5h']);
  const [layer] = (await amd64(world)).body.layers;
  const hop = await ask(world, `${V2}/blobs/${layer?.digest}`);
  expect(await hash((await ask(world, hop.headers.get('location') ?? '')).text)).toBe(layer?.digest);
});

test.each([
  ['no Accept at all', {}, 'application/vnd.docker.distribution.manifest.v1+prettyjws'],
  ['any type', { accept: '*/*' }, 'application/vnd.docker.distribution.manifest.v1+prettyjws'],
  ['plain manifests only', { accept: MANIFEST }, MANIFEST],
  ['indexes', BOTH, INDEX],
])('with %s an index comes as what Quay makes of it', async (_, headers, type) => {
  const world = worldWith(['-5h']);
  const answer = await ask(world, `${V2}/manifests/45`, headers);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('docker-content-digest')).toBe(await hash(answer.text));
  const isSame = answer.text === (await indexOf(world)).text;
  expect(isSame).toBe(type === INDEX);
});

test('HEAD gives the headers of GET and no body', async () => {
  const handler = simulate(worldWith(['-5h']));
  const [head, get] = await Promise.all(
    ['HEAD', 'GET'].map((method) => handler(new Request(`${V2}/manifests/45`, { method, headers: BOTH }))),
  );
  expect(Object.fromEntries(head?.headers ?? [])).toEqual(Object.fromEntries(get?.headers ?? []));
  expect([await head?.text(), (await get?.text())?.length]).toEqual(['', Number(get?.headers.get('content-length'))]);
});

test('a child that the registry does not hold is unknown', async () => {
  const world = worldWith([{ at: '-5h', sparse: ['s390x'] }]);
  const { manifests } = (await indexOf(world)).body;
  const states = await Promise.all(
    manifests.map(async ({ digest }) => (await ask(world, `${V2}/manifests/${digest}`, BOTH)).status),
  );
  expect(states).toEqual([200, 200, 200, 404]);
});

test('tells a tag that was deleted from one that never was', async () => {
  const world = worldWith({ pushes: ['-5h'], deleted: '-1h' });
  const code = async (tag: string) =>
    (await ask<{ errors: { code: string }[] }>(world, `${V2}/manifests/${tag}`, BOTH)).body.errors[0]?.code;
  expect(await code('45')).toBe('TAG_EXPIRED');
  expect(await code('never')).toBe('MANIFEST_UNKNOWN');
});

test.each([
  ['missing', {}, 'fedora/nothing'],
  ['private', { private: true }, REPOSITORY],
])('answers 401 with a challenge for a repository that is %s', async (_, more, name) => {
  const answer = await ask(worldWith(['-5h'], more), `https://quay.io/v2/${name}/manifests/45`, BOTH);
  expect([answer.status, answer.body]).toMatchObject([401, { errors: [{ code: 'UNAUTHORIZED' }] }]);
  expect(answer.headers.get('www-authenticate')).toBe(
    `Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:${name}:pull"`,
  );
});

test('a registry that asks for a token gives one, and it holds for an hour and its scope', async () => {
  const world = worldOf([
    { repository: REPOSITORY, challenge: true, tags: { '45': ['-5h'] } },
    { repository: 'fedora/other', challenge: true, tags: { '45': ['-5h'] } },
  ]);
  let nowMs = NOW_MS;
  const handler = simulate(world, { now: () => nowMs });
  expect((await ask(handler, `${V2}/manifests/45`, BOTH)).status).toBe(401);
  const { body } = await ask<{ token: string }>(
    handler,
    `https://quay.io/v2/auth?service=quay.io&scope=repository:${REPOSITORY}:pull`,
  );
  const headers = { ...BOTH, authorization: `Bearer ${body.token}` };
  expect((await ask(handler, `${V2}/manifests/45`, headers)).status).toBe(200);
  expect((await ask(handler, 'https://quay.io/v2/fedora/other/manifests/45', headers)).status).toBe(401);
  nowMs += 2 * HOUR_MS;
  expect((await ask(handler, `${V2}/manifests/45`, headers)).status).toBe(401);
});

test('a wrong token is refused even where none is needed, and no scope gives no token', async () => {
  const world = worldWith(['-5h']);
  expect((await ask(world, `${V2}/manifests/45`, { ...BOTH, authorization: 'Bearer sim.@.sim' })).status).toBe(401);
  expect((await ask(world, `${V2}/manifests/45`, { ...BOTH, authorization: 'Bearer other' })).status).toBe(401);
  expect((await ask(world, 'https://quay.io/v2/auth?service=quay.io')).status).toBe(401);
  expect((await ask(world, 'https://quay.io/v2/')).status).toBe(401);
});

test('lists living tags by name, a hundred a page, with an absolute link to the next', async () => {
  const tags = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`t${String(index).padStart(3, '0')}`, ['-5h']]),
  );
  const world = worldOf([{ repository: REPOSITORY, tags: { ...tags, gone: { pushes: ['-5h'], deleted: '-1h' } } }]);
  const first = await ask<{ tags: string[] }>(world, `${V2}/tags/list?n=1000`);
  expect(first.body.tags).toHaveLength(100);
  const next = /^<(https:\/\/quay\.io\/v2\/.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await ask<{ tags: string[] }>(world, next);
  expect(second.body.tags).toHaveLength(20);
  expect(second.headers.has('link')).toBe(false);
  expect([...first.body.tags, ...second.body.tags]).toEqual(Object.keys(tags));
});

test('referrers: an index for a known digest, MANIFEST_INVALID for an unknown one', async () => {
  const world = worldWith(['-5h']);
  const digest = (await indexOf(world)).headers.get('docker-content-digest');
  expect(await ask(world, `${V2}/referrers/${digest}`)).toMatchObject({
    status: 200,
    body: { mediaType: INDEX, manifests: [] },
  });
  expect(await ask(world, `${V2}/referrers/${ZERO}`)).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'MANIFEST_INVALID' }] },
  });
});

test('the mirror is a plain registry: same digest, blobs without a detour, no conversion, no referrers', async () => {
  const world = worldOf([
    { repository: REPOSITORY, tags: { '45': ['-5h'] } },
    { repository: 'fedora-bootc', registry: MIRROR, tags: { '45': [{ at: '-4h', copy: `quay.io/${REPOSITORY}:45` }] } },
  ]);
  const base = `https://${MIRROR}/v2/fedora-bootc`;
  const mirrored = await indexOf(world, `${base}/manifests/45`);
  expect(mirrored.text).toBe((await indexOf(world)).text);
  const { body } = await ask<Plain>(world, `${base}/manifests/${mirrored.body.manifests[0]?.digest}`, BOTH);
  expect((await ask(world, `${base}/blobs/${body.config.digest}`)).status).toBe(200);
  expect((await ask(world, `${base}/manifests/45`, { accept: MANIFEST })).status).toBe(404);
  expect((await ask(world, `${base}/referrers/${ZERO}`)).status).toBe(404);
  expect(await ask(world, `https://${MIRROR}/v2/nothing/manifests/45`, BOTH)).toMatchObject({
    status: 404,
    body: { errors: [{ code: 'NAME_UNKNOWN' }] },
  });
  expect((await ask(world, `https://${MIRROR}/v2/`)).status).toBe(200);
});

test('a signature and an attestation name the digest that they are of', async () => {
  const world = worldWith([{ at: '-5h', attach: ['signature', 'provenance'] }]);
  const digest = (await indexOf(world)).headers.get('docker-content-digest') ?? '';
  const blobOf = async (suffix: string) => {
    const { body } = await ask<Plain>(world, `${V2}/manifests/${digest.replace(':', '-')}.${suffix}`, BOTH);
    const hop = await ask(world, `${V2}/blobs/${body.layers[0]?.digest}`);
    return (await ask<{ payload: string }>(world, hop.headers.get('location') ?? '')).body;
  };
  expect(await blobOf('sig')).toMatchObject({ critical: { image: { 'docker-manifest-digest': digest } } });
  expect(JSON.parse(atob((await blobOf('att')).payload))).toMatchObject({
    subject: [{ digest: { sha256: digest.slice(7) } }],
  });
});
