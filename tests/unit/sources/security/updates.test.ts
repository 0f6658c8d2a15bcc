import { expect, test } from 'vitest';
import { patientClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { type Fetch, http } from '#sources/http.ts';
import { updates } from '#sources/security/updates.ts';
import { smallWorld } from '../../../support/world.ts';

const BODHI = 'https://bodhi.fedoraproject.org';

/** One page with these updates. */
const page = (...list: object[]) =>
  JSON.stringify({ updates: list, page: 1, pages: 1, rows_per_page: 40, total: list.length });
const wire = (change: object = {}) => ({
  ...{ alias: 'FEDORA-2025-aaa1111111', type: 'security', status: 'stable', severity: 'high' },
  ...{ url: `${BODHI}/updates/FEDORA-2025-aaa1111111`, date_stable: '2025-01-15 12:00:00' },
  builds: [{ nvr: 'java-17-openjdk-17.0.14.0.7-1.fc40', type: 'rpm', epoch: 1 }],
  ...change,
});

function client(fetch: Fetch) {
  return updates(http({ fetch, clock: patientClock(0, 50), random: () => 0 }), BODHI);
}
const answering = (body: string, status = 200) =>
  client(async () => new Response(body, { status, headers: { 'content-type': 'application/json' } }));

/** `count` updates in a world, and what a client of it asked for. */
function sample(count: number, advisory = '') {
  const advisories = Array.from(
    { length: count },
    (_, index) =>
      `  - { id: FEDORA-2026-sample${index}, release: F45, severity: low, pushed: -${index + 1}h, builds: ["a-1:1.${index}-1.fc45"]${advisory} }\n`,
  ).join('');
  const world = smallWorld(`advisories:\n${advisories}`);
  const handler = simulate(world);
  const seen: URLSearchParams[] = [];
  const ask = client(async (request) => {
    seen.push(new URL(request.url).searchParams);
    return handler(request);
  });
  return { ask, seen };
}

test('reads alias, severity, address, moment and builds, with the epoch', async () => {
  expect(await answering(page(wire()))('F40', null)).toEqual([
    {
      ...{ id: 'FEDORA-2025-aaa1111111', severity: 'high', url: `${BODHI}/updates/FEDORA-2025-aaa1111111` },
      pushedAt: '2025-01-15T12:00:00Z',
      builds: [{ source: 'java-17-openjdk', evr: '1:17.0.14.0.7-1.fc40' }],
    },
  ]);
});

test.each<[string, object, object]>([
  ['a severity that Bodhi has not had', { severity: 'important' }, { severity: 'unspecified' }],
  ['no date', { date_stable: null }, { pushedAt: null }],
  ['a date that is none', { date_stable: 'yesterday' }, { pushedAt: null }],
  ['an address that is no link', { url: 'javascript:alert(1)' }, { url: `${BODHI}/updates/FEDORA-2025-aaa1111111` }],
  ['no epoch', { builds: [{ nvr: 'a-1-1', type: 'rpm', epoch: null }] }, { builds: [{ source: 'a', evr: '1-1' }] }],
  ['a build that is no RPM', { builds: [{ nvr: 'a-1-1', type: 'flatpak' }] }, { builds: [] }],
  ['a build without a version', { builds: [{ nvr: 'nonsense', type: 'rpm' }] }, { builds: [] }],
])('bears %s', async (_, change, expected) => {
  expect((await answering(page(wire(change)))('F40', null))[0]).toMatchObject(expected);
});

test('believes only what is a stable security update', async () => {
  const list = [wire({ alias: 'A', status: 'testing' }), wire({ alias: 'B', type: 'bugfix' }), wire({ alias: 'C' })];
  expect((await answering(page(...list))('F40', null)).map(({ id }) => id)).toEqual(['C']);
});

test('asks page by page for one release, security, stable, and since when', async () => {
  const { ask, seen } = sample(95);
  const found = await ask('F45', null);
  expect(new Set(found.map(({ id }) => id)).size).toBe(95);
  expect(seen.map((query) => query.toString())).toEqual(
    [1, 2, 3].map((number) => `releases=F45&type=security&status=stable&rows_per_page=40&page=${number}`),
  );
  const since = await ask('F45', '2026-11-20T12:07:00.000Z');
  expect(since.map(({ id }) => id)).toEqual(['FEDORA-2026-sample0', 'FEDORA-2026-sample1']);
  expect(seen.at(-1)?.get('pushed_since')).toBe('2026-11-20T12:07:00.000Z');
});

test('a page that is too large comes in halves', async () => {
  const { ask, seen } = sample(50, ', comments: 1500');
  const found = await ask('F45', null);
  expect(found).toHaveLength(50);
  expect(new Set(seen.map((query) => query.get('rows_per_page')))).toEqual(new Set(['40', '20']));
});

test.each<[string, string, number, string]>([
  ['another shape', '{"updates":{}}', 200, 'unreadable'],
  ['a page of a portal', '<!doctype html>', 200, 'unreadable'],
  ['an update without a name', page(wire({ alias: '' })), 200, 'unreadable'],
  ['an unknown release', '{"status":"error"}', 400, 'unexpected'],
  ['a service that fails', '', 502, 'server-error'],
])('%s is a problem of its kind', async (_, body, status, kind) => {
  await expect(answering(body, status)('F40', null)).rejects.toMatchObject({ source: 'bodhi', kind });
});

test('pages that hold less than they promise are a problem', async () => {
  const short = client(async ({ url }) => {
    const number = new URL(url).searchParams.get('page');
    const list = number === '1' ? [wire({ alias: 'A' }), wire({ alias: 'B' })] : [];
    return new Response(JSON.stringify({ updates: list, total: 60 }));
  });
  await expect(short('F40', null)).rejects.toMatchObject({
    kind: 'unreadable',
    message: 'F40 has 60 security updates, listed are 2',
  });
});

test('pages without end are given up', async () => {
  let asked = 0;
  const endless = client(async () => {
    asked += 1;
    return new Response(JSON.stringify({ updates: [wire({ alias: `A${asked}` })], total: 1_000_000 }));
  });
  await expect(endless('F40', null)).rejects.toMatchObject({ kind: 'endless' });
  expect(asked).toBe(100);
});
