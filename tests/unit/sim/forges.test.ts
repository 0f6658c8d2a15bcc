import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import { forgeWorld } from '../../support/forges.ts';
import { ask, worldOf } from './world.ts';

const GITHUB = 'https://api.github.com/repos/up/stream';
const GITLAB = 'https://gitlab.com/api/v4/projects/fe%2Fdora%2Fbase';

interface Row {
  number?: number;
  iid?: number;
  state: string;
  pull_request?: unknown;
  head_pipeline?: { status: string } | null;
}

test('GitHub lists changes among the issues, the newest first, and by label', async () => {
  const { body } = await ask<Row[]>(forgeWorld(), `${GITHUB}/issues?state=open&labels=bug`);
  expect(body.map(({ number, pull_request: change }) => [number, Boolean(change)])).toEqual([
    [10, true],
    [8, false],
    [7, false],
  ]);
});

test.each([
  [`${GITHUB}/issues?state=open&per_page=2`, 2],
  [`${GITLAB}/merge_requests?state=opened&per_page=1`, 1],
])('%s has pages, and the way to the next', async (address, size) => {
  const world = forgeWorld();
  const first = await ask<Row[]>(world, address);
  expect(first.body).toHaveLength(size);
  expect(first.headers.get('x-next-page')).toBe('2');
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await ask<Row[]>(world, next);
  expect(second.body[0]).not.toEqual(first.body[0]);
});

test.each([`${GITHUB}/issues/7`, `${GITLAB}/issues/83`])('%s answers 304 to who has it', async (address) => {
  const handler = simulate(forgeWorld());
  const first = await ask(handler, address);
  const again = await ask(handler, address, { 'if-none-match': first.headers.get('etag') ?? '' });
  expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
});

test('GitHub counts an hour without a token, but not what has not changed', async () => {
  const world = forgeWorld();
  if (world.forges) world.forges.anonymousPerHour = 2;
  let nowMs = Date.parse('2026-11-20T14:07:00Z');
  const handler = simulate(world, { now: () => nowMs });
  const first = await ask(handler, `${GITHUB}/issues/7`);
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  const etag = first.headers.get('etag') ?? '';
  expect((await ask(handler, `${GITHUB}/issues/7`, { 'if-none-match': etag })).status).toBe(304);
  expect((await ask(handler, `${GITHUB}/issues/8`)).status).toBe(200);
  const over = await ask(handler, `${GITHUB}/issues/8`);
  expect([over.status, over.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
  expect((await ask(handler, `${GITHUB}/issues/8`, { authorization: 'Bearer right-token' })).status).toBe(200);
  nowMs += 3_600_000;
  expect((await ask(handler, `${GITHUB}/issues/8`)).status).toBe(200);
});

test.each([`${GITHUB}/issues`, `${GITLAB}/issues`])('%s refuses a wrong token', async (address) => {
  expect((await ask(forgeWorld(), address, { authorization: 'Bearer other' })).status).toBe(401);
});

test.each([
  ['https://api.github.com/repos/up/none/issues', 404],
  [`${GITHUB}/issues/999`, 404],
  [`${GITHUB}/actions`, 501],
  ['https://gitlab.com/api/v4/projects/none/issues', 404],
  [`${GITLAB}/jobs`, 501],
])('%s answers %i', async (address, status) => {
  expect((await ask(forgeWorld(), address)).status).toBe(status);
});

test('GitLab tells of the pipeline of a single merge request only', async () => {
  const world = forgeWorld();
  const list = await ask<Row[]>(world, `${GITLAB}/merge_requests?state=opened`);
  expect(list.body.map(({ iid }) => iid)).toEqual([2, 1]);
  expect(list.body.every((row) => !('head_pipeline' in row))).toBe(true);
  expect((await ask<Row>(world, `${GITLAB}/merge_requests/1`)).body.head_pipeline?.status).toBe('running');
});

test('a report names the digest that its image had at that moment', async () => {
  const reports = `https://gitlab.com/api/v4/projects/${encodeURIComponent('fe/dora/reports')}/issues`;
  const image = 'https://quay.io/api/v1/repository/bootc-devel/fedora-bootc-45-standard/tag/?onlyActiveTags=true';
  const world = forgeWorld();
  const { tags } = (await ask<{ tags: { name: string; manifest_digest: string }[] }>(world, image)).body;
  const digest = tags.find(({ name }) => name === 'latest')?.manifest_digest ?? 'none';
  const [report] = (await ask<{ description: string }[]>(world, reports)).body;
  expect(report?.description).toContain(`| Digest | ${digest} |`);
});

test('a world without forges says that nobody is there', async () => {
  expect((await ask(worldOf([]), `${GITHUB}/issues`)).status).toBe(501);
});

test('an address that cannot be read is a bad request', async () => {
  const request = new Request('https://gitlab.com/api/v4/projects/%zz/merge_requests');
  expect((await simulate(forgeWorld())(request)).status).toBe(400);
});
