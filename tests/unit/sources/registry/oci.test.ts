import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { inMemory } from '#sources/content.ts';
import { SourceError } from '#sources/error.ts';
import { type Fetch, http } from '#sources/http.ts';
import { digestOf } from '#sources/read.ts';
import { oci } from '#sources/registry/oci.ts';
import { smallWorld } from '../../../support/world.ts';

const REPOSITORY = 'bootc-devel/fedora-bootc-45-standard';
const AT = Date.parse('2026-11-20T14:07:00Z');

function registry(fetch: Fetch, address = 'https://quay.io') {
  const seen: Request[] = [];
  const watched: Fetch = (request) => {
    seen.push(request);
    return fetch(request);
  };
  const client = http({ fetch: watched, clock: pretendClock(AT, 50), random: () => 0.5, isMultiplexed: () => true });
  return { ...oci(client, address, inMemory()), seen };
}

const kindOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof SourceError ? error.kind : `no SourceError: ${error}`;
};

const json = (body: unknown, headers: Record<string, string> = {}, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const challenge = (realm: string) =>
  json(
    { errors: [{ code: 'UNAUTHORIZED' }] },
    { 'www-authenticate': `Bearer realm="${realm}",service="quay.io"` },
    401,
  );

test('reads an open repository without a ping and without a token', async () => {
  const { resolve, seen } = registry(simulate(smallWorld()));
  expect(await resolve(REPOSITORY, 'latest')).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(seen.map(({ method, url }) => [method, url])).toEqual([
    ['HEAD', `https://quay.io/v2/${REPOSITORY}/manifests/latest`],
  ]);
  expect(seen[0]?.headers.get('accept')).toContain('application/vnd.oci.image.index.v1+json');
});

test('gets a token where one is asked for, once for all of a repository', async () => {
  const world = smallWorld(
    'repositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, challenge: true, tags: { latest: [-5h] } }\n',
  );
  const { resolve, manifest, seen } = registry(simulate(world));
  const digest = await resolve(REPOSITORY, 'latest');
  expect((await manifest(REPOSITORY, digest ?? '')).manifests).toHaveLength(4);
  expect(seen.filter(({ url }) => url.includes('/v2/auth'))).toHaveLength(1);
  expect(seen.at(-1)?.headers.get('authorization')).toMatch(/^Bearer /);
});

test('sends no token past a redirect to where the blobs lie', async () => {
  const world = smallWorld(
    'repositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, challenge: true, tags: { latest: [-5h] } }\n',
  );
  const { resolve, manifest, config, seen } = registry(simulate(world));
  const index = await manifest(REPOSITORY, (await resolve(REPOSITORY, 'latest')) ?? '');
  const child = await manifest(REPOSITORY, index.manifests?.[0]?.digest ?? '');
  expect((await config(REPOSITORY, child.config?.digest ?? '')).architecture).toBe('amd64');
  const elsewhere = seen.filter(({ url }) => new URL(url).origin !== 'https://quay.io');
  expect(elsewhere.length).toBeGreaterThan(0);
  expect(elsewhere.map(({ headers }) => headers.get('authorization'))).toEqual(elsewhere.map(() => null));
});

test.each(['https://evil.example/token', 'http://quay.io/token', 'https://a:b@quay.io/token', 'not a url'])(
  'asks nobody for a token at %s',
  async (realm) => {
    const { resolve, seen } = registry(async () => challenge(realm));
    expect(['redirect', 'unreadable']).toContain(await kindOf(resolve(REPOSITORY, 'latest')));
    expect(seen.filter(({ url }) => !url.includes('/manifests/'))).toEqual([]);
  },
);

test('lets a registry on loopback give its token without TLS', async () => {
  const { resolve } = registry(async (request) => {
    if (request.url.includes('/token')) return json({ token: 'abc' });
    return request.headers.has('authorization')
      ? new Response(null, { headers: { 'docker-content-digest': `sha256:${'a'.repeat(64)}` } })
      : challenge('http://127.0.0.1:5000/token');
  }, 'http://127.0.0.1:5000');
  expect(await resolve('a/b', 'latest')).toBe(`sha256:${'a'.repeat(64)}`);
});

test.each(['a\nb', '中'])('a token like %j is no token', async (token) => {
  const { resolve } = registry(async ({ url }) =>
    url.includes('/v2/auth') ? json({ token }) : challenge('https://quay.io/v2/auth'),
  );
  expect(await kindOf(resolve(REPOSITORY, 'latest'))).toBe('unreadable');
});

test.each(['<http://[>; rel="next"', '<https://a:b@quay.io/v2/x>; rel="next"'])(
  'a page that continues at %s is refused',
  async (link) => {
    expect(await kindOf(registry(async () => json({ tags: ['a'] }, { link })).tags(REPOSITORY))).toBe('redirect');
  },
);

test('a refused token is a refusal, not a loop', async () => {
  const { resolve, seen } = registry(async ({ url }) =>
    url.includes('/v2/auth') ? json({ token: 'abc' }) : challenge('https://quay.io/v2/auth'),
  );
  expect(await kindOf(resolve(REPOSITORY, 'latest'))).toBe('denied');
  expect(seen.length).toBeLessThan(6);
});

test('a tag that is not there is null, a repository that is not there is not', async () => {
  const { resolve } = registry(simulate(smallWorld()));
  expect(await resolve(REPOSITORY, 'nope')).toBeNull();
  expect(await kindOf(resolve('bootc-devel/nope', 'latest'))).toBe('denied');
});

test('follows the pages of the tag list', async () => {
  const tags = Array.from({ length: 250 }, (_, index) => `"t${String(index).padStart(3, '0')}": [-5h]`).join(', ');
  const world = smallWorld(
    `repositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { ${tags} } }\n`,
  );
  const found = await registry(simulate(world)).tags(REPOSITORY);
  expect(found.length).toBe(250);
  expect(new Set(found).size).toBe(250);
});

test('does not follow the pages of a tag list to another host, nor without end', async () => {
  const elsewhere = registry(async () => json({ tags: ['a'] }, { link: '<https://evil.example/v2/x>; rel="next"' }));
  expect(await kindOf(elsewhere.tags(REPOSITORY))).toBe('redirect');
  const endless = registry(async () =>
    json({ tags: ['a'] }, { link: `</v2/${REPOSITORY}/tags/list?last=a>; rel="next"` }),
  );
  expect(await kindOf(endless.tags(REPOSITORY))).toBe('endless');
});

test('believes no bytes that do not match their digest, and keeps none of them', async () => {
  const bytes = new TextEncoder().encode('{"manifests":[]}');
  const wrong = `sha256:${'b'.repeat(64)}`;
  const { manifest, seen } = registry(async () => new Response(bytes));
  expect(await kindOf(manifest(REPOSITORY, wrong))).toBe('digest');
  expect(await kindOf(manifest(REPOSITORY, wrong))).toBe('digest');
  expect(seen).toHaveLength(2);
  expect(await manifest(REPOSITORY, digestOf(bytes))).toEqual({ manifests: [] });
  expect(await manifest(REPOSITORY, digestOf(bytes))).toEqual({ manifests: [] });
  expect(seen).toHaveLength(3);
});
