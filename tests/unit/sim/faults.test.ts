import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import {
  API,
  ask,
  HOUR_MS,
  hash,
  INDEX,
  type Index,
  MANIFEST,
  NOW_MS,
  REPOSITORY,
  type RepositoryPage,
  type TagPage,
  V2,
  worldWith,
} from './world.ts';

const BOTH = { accept: `${INDEX}, ${MANIFEST}` };
const TAGS = `${API}/repository/${REPOSITORY}/tag/`;
const LIST = `${API}/repository?namespace=fedora&public=true&last_modified=true`;

const faulty = (...faults: Record<string, unknown>[]) =>
  worldWith(['-5h', '-29h'], {}, { faults: faults.map((fault) => ({ source: 'quay', ...fault })) });

test.each([400, 401, 403, 404, 429, 500, 502, 503, 520])('a source can answer %i', async (kind) => {
  const answer = await ask(faulty({ kind }), TAGS);
  expect(answer.status).toBe(kind);
  const isPage = kind >= 500 && kind !== 520;
  expect(answer.headers.get('content-type')).toContain(isPage ? 'text/html' : 'application/json');
});

test('429 as nginx says it: a page, and no hint when to come back', async () => {
  const answer = await ask(faulty({ kind: 'html429' }), TAGS);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.has('retry-after')]).toEqual([
    429,
    'text/html',
    false,
  ]);
});

test('a fault keeps to its source, its repository, its path and its time', async () => {
  const status = async (fault: Record<string, unknown>, address = TAGS, options = {}) =>
    (await ask(faulty({ kind: 503, ...fault }), address, BOTH, options)).status;
  expect(await status({ source: 'oci' })).toBe(200);
  expect(await status({ source: 'oci' }, `${V2}/manifests/45`)).toBe(503);
  expect(await status({ repository: 'fedora/other' })).toBe(200);
  expect(await status({ repository: REPOSITORY })).toBe(503);
  expect(await status({ repository: REPOSITORY }, LIST)).toBe(200);
  expect(await status({ path: 'page=2' })).toBe(200);
  expect(await status({ path: 'page=2' }, `${TAGS}?page=2`)).toBe(503);
  expect(await status({ from: '-2h' })).toBe(503);
  expect(await status({ from: '-2h' }, TAGS, { now: () => NOW_MS - 3 * HOUR_MS })).toBe(200);
  expect(await status({ to: '-2h' })).toBe(200);
});

test('a fault can pass after some requests', async () => {
  const handler = simulate(faulty({ kind: 503, times: 2 }));
  const seen = [];
  for (let index = 0; index < 3; index++) seen.push((await ask(handler, TAGS)).status);
  expect(seen).toEqual([503, 503, 200]);
});

test('broken JSON is no JSON', async () => {
  const { text, status } = await ask(faulty({ kind: 'broken-json' }), TAGS);
  expect(status).toBe(200);
  expect(text).toContain('"tags"');
  expect(() => JSON.parse(text)).toThrow();
});

test('wrong types keep the names of the fields', async () => {
  const { body } = await ask<{ tags: Record<string, unknown>[]; page: unknown }>(faulty({ kind: 'wrong-types' }), TAGS);
  expect(body.tags[0]).toMatchObject({ name: 7, start_ts: { is: expect.any(Number) } });
});

test('missing fields leave empty rows', async () => {
  expect((await ask<TagPage>(faulty({ kind: 'missing-fields' }), TAGS)).body.tags).toEqual([{}, {}]);
});

test('dates can lie in the future', async () => {
  const { body } = await ask<TagPage>(faulty({ kind: 'future-dates' }), TAGS);
  expect((body.tags[0]?.start_ts ?? 0) * 1_000).toBeGreaterThan(NOW_MS);
  expect(Date.parse(body.tags[0]?.last_modified ?? '')).toBeGreaterThan(NOW_MS);
});

test('a page can stand where JSON should', async () => {
  const answer = await ask(faulty({ kind: 'html' }), TAGS);
  expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([
    200,
    'text/html',
    expect.stringContaining('<!doctype html>'),
  ]);
});

test('a redirect leads where the world says', async () => {
  const answer = await ask(faulty({ kind: 'redirect', location: 'http://169.254.169.254/' }), TAGS);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
});

test('content can differ from its digest, and the header from the content', async () => {
  const wrong = await ask<Index>(faulty({ source: 'oci', kind: 'wrong-digest' }), `${V2}/manifests/45`, BOTH);
  expect(await hash(wrong.text)).not.toBe(wrong.headers.get('docker-content-digest'));
  expect(wrong.body.manifests).toHaveLength(4);
  const header = await ask(faulty({ source: 'oci', kind: 'digest-header' }), `${V2}/manifests/45`, BOTH);
  expect(header.headers.get('docker-content-digest')).toBe(`sha256:${'0'.repeat(64)}`);
});

test('pages without end always have one more, each with other rows', async () => {
  const handler = simulate(
    worldWith(
      ['-5h'],
      {},
      {
        releases: [{ name: 'F45', version: '45', bodhi: { state: 'current' } }],
        faults: ['quay', 'oci', 'bodhi'].map((source) => ({ source, kind: 'endless-pages' })),
      },
    ),
  );
  const [one, two] = [await ask<TagPage>(handler, TAGS), await ask<TagPage>(handler, `${TAGS}?page=900`)];
  expect([one.body.has_additional, two.body.has_additional]).toEqual([true, true]);
  expect(one.body.tags[0]?.name).not.toBe(two.body.tags[0]?.name);
  expect((await ask<RepositoryPage>(handler, LIST)).body.next_page).toBeTruthy();
  expect((await ask(handler, `${V2}/tags/list?last=x`)).headers.get('link')).toContain('rel="next"');
  const bodhi = (
    await ask<{ page: number; pages: number }>(handler, 'https://bodhi.fedoraproject.org/releases/?page=77')
  ).body;
  expect(bodhi.pages).toBeGreaterThan(bodhi.page);
});

test('a huge body comes in pieces and stops when nobody reads on', async () => {
  const answer = await simulate(faulty({ kind: 'huge-body' }))(new Request(TAGS));
  const reader = answer.body?.getReader();
  let bytes = 0;
  while (bytes < 3_000_000) bytes += (await reader?.read())?.value?.length ?? Number.NaN;
  await reader?.cancel();
  expect((await reader?.read())?.done).toBe(true);
});

test('a hung answer ends when the client gives up, with its reason', async () => {
  const abort = new AbortController();
  const answer = simulate(faulty({ kind: 'hang' }))(new Request(TAGS, { signal: abort.signal }));
  setTimeout(() => abort.abort(new Error('had enough')), 20);
  await expect(answer).rejects.toThrow('had enough');
});

test('a stalled body begins and does not end', async () => {
  const abort = new AbortController();
  const answer = await simulate(faulty({ kind: 'stall' }))(new Request(TAGS, { signal: abort.signal }));
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(10);
  setTimeout(() => abort.abort(new Error('had enough')), 20);
  await expect(reader?.read()).rejects.toThrow('had enough');
});

test('a refused connection fails as fetch does', async () => {
  await expect(simulate(faulty({ kind: 'refuse' }))(new Request(TAGS))).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { code: 'ECONNREFUSED' },
  });
});
