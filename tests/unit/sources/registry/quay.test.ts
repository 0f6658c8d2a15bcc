import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { SourceError } from '#sources/error.ts';
import { type Fetch, http } from '#sources/http.ts';
import { quay } from '#sources/registry/quay.ts';
import { smallWorld } from '../../../support/world.ts';

const REPOSITORY = 'bootc-devel/fedora-bootc-45-standard';
const AT = Date.parse('2026-11-20T14:07:00Z');

function api(fetch: Fetch, token?: string) {
  const seen: Request[] = [];
  const watched: Fetch = (request) => {
    seen.push(request);
    return fetch(request);
  };
  const client = http({ fetch: watched, clock: pretendClock(AT, 50), random: () => 0.5, isMultiplexed: () => true });
  return { ...quay(client, 'https://quay.io/api/v1', { token, now: () => AT }), seen };
}

/** A repository with so many further tags that were pushed after `latest`. */
const busy = (count: number) => {
  const later = Array.from({ length: count }, (_, index) => `"t${index}": [-${count - index}m]`).join(', ');
  return smallWorld(
    `repositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [-29h, -9h], ${later} } }\n`,
  );
};

test('one page is enough where the wanted tag is on it', async () => {
  const { tags, seen } = api(simulate(busy(20)));
  const { rows, isWhole } = await tags(REPOSITORY, [{ name: 'latest', since: null }]);
  expect([isWhole, rows.filter(({ name }) => name === 'latest').length, seen.length]).toEqual([true, 2, 1]);
});

test('asks for the tag itself where a long list hides it', async () => {
  const { tags, seen } = api(simulate(busy(250)));
  const { rows, isWhole } = await tags(REPOSITORY, [{ name: 'latest', since: null }]);
  expect([isWhole, rows.filter(({ name }) => name === 'latest').length, seen.length]).toEqual([false, 2, 2]);
});

test('asks no further where the first page reaches back to what was known', async () => {
  const world = smallWorld(
    `repositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [-30m], ${Array.from({ length: 150 }, (_, index) => `"t${index}": [-${index + 1}h]`).join(', ')} } }\n`,
  );
  const { tags, seen } = api(simulate(world));
  await tags(REPOSITORY, [{ name: 'latest', since: AT / 1_000 - 3_600 }]);
  expect(seen).toHaveLength(1);
});

test('pages that shift while tags are pushed lose nothing and count nothing twice', async () => {
  const row = (index: number) => ({
    name: 'latest',
    manifest_digest: `sha256:${String(index + 1_000).padStart(64, '0')}`,
    start_ts: 1_000_000 - index,
  });
  let pushed = 0;
  const shifting: Fetch = async (request) => {
    const page = Number(new URL(request.url).searchParams.get('page'));
    // Before each page but the first, one more row has come in at the front.
    const all = Array.from({ length: 250 + pushed }, (_, index) => row(index - pushed));
    pushed += 1;
    const part = all.slice((page - 1) * 100, page * 100);
    return new Response(JSON.stringify({ tags: part, page, has_additional: page * 100 < all.length }));
  };
  const { rows } = await api(shifting).tags(REPOSITORY, [{ name: 'latest', since: null }]);
  const digests = rows.map(({ manifest_digest }) => manifest_digest);
  expect(new Set(digests).size).toBe(digests.length);
  expect(
    Array.from({ length: 250 }, (_, index) => row(index).manifest_digest).filter((digest) => !digests.includes(digest)),
  ).toEqual([]);
});

test('lists a namespace of several pages, and stops where the pages repeat', async () => {
  const page = (names: string[], next?: string) =>
    new Response(
      JSON.stringify({
        repositories: names.map((name) => ({ namespace: 'n', name, last_modified: 5 })),
        next_page: next,
      }),
    );
  const two = api(async ({ url }) => (url.includes('next_page') ? page(['b']) : page(['a'], 'x')));
  expect([...(await two.namespace('n'))]).toEqual([
    ['n/a', 5],
    ['n/b', 5],
  ]);
  const endless = api(async () => page(['a'], 'x'));
  await expect(endless.namespace('n')).rejects.toMatchObject({ kind: 'endless' });
  expect(endless.seen.length).toBeLessThan(4);
});

test('the token goes to the API and nowhere else', async () => {
  const { namespace, seen } = api(simulate(smallWorld()), 'secret');
  await namespace('bootc-devel');
  expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret']);
  const led = api(
    async ({ url }) =>
      url.startsWith('https://quay.io')
        ? new Response(null, { status: 302, headers: { location: 'https://other.example/' } })
        : new Response('{}'),
    'secret',
  );
  await expect(led.namespace('n')).rejects.toBeInstanceOf(SourceError);
  expect(led.seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret', null]);
});
