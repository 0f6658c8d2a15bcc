import { expect, test } from 'vitest';
import { SourceError } from '#sources/error.ts';
import type { Question } from '#sources/forges/forge.ts';
import { github } from '#sources/forges/github.ts';
import type { Fetch } from '#sources/http.ts';
import { forgesOf, forgeWorld } from '../../../support/forges.ts';

const PROJECT = 'up/stream';
const LIST: Question = { about: 'issues', project: PROJECT, labels: [] };
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceError)) throw new Error(`expected a SourceError, got ${error}`);
  return error;
};
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** A client whose waits are short, over answers in order, the last one for ever. */
function over(...answers: ((request: Request) => Response)[]) {
  const seen: Request[] = [];
  const fetch: Fetch = async (request) => {
    seen.push(request);
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    if (!answer) throw new Error('there is no answer');
    return answer(request);
  };
  const { http } = forgesOf(forgeWorld(), {}, fetch);
  const client = (token?: string) => github(http, 'https://api.github.com', token, 1);
  return { client, seen };
}

test.each<[string, Question, unknown]>([
  [
    'an issue',
    { about: 'thing', project: PROJECT, kind: 'issue', number: 7 },
    [
      {
        number: 7,
        title: 'Sample: broken',
        state: 'open',
        labels: ['bug', 'hold'],
        assignees: ['ann'],
        url: 'https://github.com/up/stream/issues/7',
        createdAt: '2026-10-21T14:07:00.000Z',
      },
    ],
  ],
  [
    'a change',
    { about: 'thing', project: PROJECT, kind: 'change', number: 10 },
    [{ number: 10, url: 'https://github.com/up/stream/pull/10', branch: 'konflux/x' }],
  ],
  [
    'issues by label, without the changes that GitHub lists with them',
    { about: 'issues', project: PROJECT, labels: ['bug'] },
    [{ number: 7 }, { number: 8 }],
  ],
  [
    'the newest release',
    { about: 'release', project: PROJECT },
    [{ number: null, title: 'Two', state: 'published', url: 'https://github.com/up/stream/releases/tag/v2' }],
  ],
])('reads %s', async (_, question, items) => {
  const { forges, asked } = forgesOf(forgeWorld());
  const told = await forges.github.ask(question, null);
  expect(told?.items).toMatchObject(items as object[]);
  expect(told?.etag).toMatch(/^W\//);
  expect(await forges.github.ask(question, told?.etag ?? null)).toBeNull();
  expect(asked.map(({ status }) => status)).toEqual([200, 304]);
});

test('reads the checks of a commit', async () => {
  const { forges } = forgesOf(forgeWorld(), { GITHUB_TOKEN: 'right-token' });
  const changes = await forges.github.ask({ about: 'changes', project: PROJECT }, null);
  const head = changes?.items.find(({ number }) => number === 10)?.head ?? '';
  const told = await forges.github.ask({ about: 'pipeline', project: PROJECT, number: 10, head }, null);
  expect(told?.items).toMatchObject([{ pipeline: 'failed' }]);
});

test.each([
  ['success', 1, 'success'],
  ['success', 101, null],
  ['failure', 101, 'failed'],
  ['success', 0, 'none'],
])('checks that end in %s, one read of %i, are %s', async (conclusion, count, pipeline) => {
  const runs = [{ status: 'completed', conclusion }].slice(0, count);
  const asked = over(() => json({ total_count: count, check_runs: runs })).client('right-token');
  const told = await asked.ask({ about: 'pipeline', project: PROJECT, number: 10, head: 'abc' }, null);
  expect(told?.items).toMatchObject([{ pipeline }]);
});

test('a long list is read to its third page, and then without an ETag', async () => {
  const many = Array.from({ length: 420 }, (_, n) => `{ number: ${n + 100}, title: "Sample ${n}", created: -1h }`);
  const { forges, asked } = forgesOf(forgeWorld({ github: `    up/long: { issues: [${many.join(', ')}] }` }));
  const told = await forges.github.ask({ about: 'issues', project: 'up/long', labels: [] }, null);
  expect(told?.items).toHaveLength(300);
  expect(told?.etag).toBeNull();
  expect(asked).toHaveLength(3);
});

test('a list of just three pages is whole', async () => {
  const many = Array.from({ length: 300 }, (_, n) => `{ number: ${n + 1}, title: "Sample ${n}", created: -1h }`);
  const { forges } = forgesOf(
    forgeWorld({
      github: `    up/long: { issues: [${many.join(', ')}] }`,
      gitlab: `    fe/long: { issues: [${many.join(', ')}] }`,
    }),
  );
  const told = await forges.github.ask({ about: 'issues', project: 'up/long', labels: [] }, null);
  expect(told).toMatchObject({ isCut: false, items: { length: 300 } });
  const too = await forges.gitlab.ask({ about: 'issues', project: 'fe/long', labels: [] }, null);
  expect(too).toMatchObject({ isCut: false, items: { length: 300 } });
});

test('a token goes to the API and nowhere else', async () => {
  const away = over(
    () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/x' } }),
    () => json([]),
  );
  await away.client('ghp_secret').ask(LIST, null);
  expect(away.seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer ghp_secret', null]);
  const next = over(() => json([], 200, { link: '<https://elsewhere.example/page2>; rel="next"' }));
  expect(await failure(next.client('ghp_secret').ask(LIST, null))).toMatchObject({ kind: 'redirect' });
  expect(next.seen).toHaveLength(1);
});

test.each([500, 502, 503])('asks again after %i, and then gives up', async (status) => {
  const once = over(
    () => new Response('<html>', { status }),
    () => json([]),
  );
  expect(await once.client().ask(LIST, null)).toMatchObject({ items: [] });
  expect(once.seen).toHaveLength(2);
  const ever = over(() => new Response('<html>', { status }));
  expect(await failure(ever.client().ask(LIST, null))).toMatchObject({ kind: 'server-error', status });
  expect(ever.seen).toHaveLength(3);
});

test.each([
  [
    'the limit of an hour',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795273200' },
    'rate-limited',
    /60 requests an hour.*again at 15:00 UTC/,
  ],
  ['too many at once, for long', 403, { 'retry-after': '60' }, 'rate-limited', /limit is used up/],
  ['429', 429, {}, 'rate-limited', /limit is used up/],
  ['a repository that is closed to us', 403, {}, 'denied', /answered 403/],
  ['a wrong token', 401, {}, 'denied', /answered 401/],
  ['nothing there', 404, {}, 'not-found', /answered 404/],
] as const)('%s is one clear problem, and not asked again', async (_, status, headers, kind, message) => {
  const words = status === 403 && 'retry-after' in headers ? 'You have exceeded a secondary rate limit' : 'No';
  const { client, seen } = over(() => json({ message: words }, status, headers));
  const error = await failure(client().ask(LIST, null));
  expect(error.kind).toBe(kind);
  expect(error.message).toMatch(message);
  expect(seen).toHaveLength(1);
});

test('waits for a short limit once', async () => {
  const short = () => json({ message: 'You have exceeded a secondary rate limit' }, 403, { 'retry-after': '1' });
  const { client, seen } = over(short, () => json([]));
  expect(await client().ask(LIST, null)).toMatchObject({ items: [] });
  expect(seen).toHaveLength(2);
});

test.each([
  ['HTML', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'unreadable'],
  ['broken JSON', () => new Response('[{', { headers: { 'content-type': 'application/json' } }), 'unreadable'],
  ['wrong types', () => json([{ number: 'seven' }]), 'unreadable'],
  ['a mere text', () => json('text'), 'unreadable'],
  ['nothing', () => json(null), 'unreadable'],
  ['a list that is none', () => json({}), 'unreadable'],
  ['more than it may', () => new Response(new Uint8Array(9 << 20)), 'too-large'],
] as const)('%s is a problem and no crash', async (_, answer, kind) => {
  expect(await failure(over(answer).client().ask(LIST, null))).toMatchObject({ kind });
});

test('a refused connection fails fast, with what our own client says of it', async () => {
  const { client, seen } = over(() => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  });
  expect(await failure(client().ask(LIST, null))).toMatchObject({ kind: 'unreachable' });
  expect(seen).toHaveLength(2);
});

test('texts of any length are cut', async () => {
  const thing = {
    number: 1,
    title: 'x'.repeat(9_000),
    state: 'open',
    labels: Array.from({ length: 90 }, (_, n) => `l${n}`),
    assignees: null,
    created_at: '2026-11-20T14:07:00Z',
    updated_at: '2026-11-20T14:07:00Z',
  };
  const told = await over(() => json([thing]))
    .client()
    .ask(LIST, null);
  expect(told?.items[0]?.title).toHaveLength(300);
  expect(told?.items[0]?.labels).toHaveLength(30);
});
