import { expect, test } from 'vitest';
import { SourceError } from '#sources/error.ts';
import type { Question } from '#sources/forges/forge.ts';
import type { Fetch } from '#sources/http.ts';
import { forgesOf, forgeWorld } from '../../../support/forges.ts';

const PROJECT = 'fe/dora/base';
const CHANGES: Question = { about: 'changes', project: PROJECT };
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const over = (fetch: Fetch, env = {}) => forgesOf(forgeWorld(), env, fetch);

test.each<[string, Question, unknown]>([
  [
    'an issue',
    { about: 'thing', project: PROJECT, kind: 'issue', number: 83 },
    [
      {
        number: 83,
        state: 'closed',
        closedAt: '2026-11-19T14:07:00.000Z',
        url: 'https://gitlab.com/fe/dora/base/-/issues/83',
      },
    ],
  ],
  [
    'a merged change',
    { about: 'thing', project: PROJECT, kind: 'change', number: 3 },
    [{ number: 3, state: 'merged', pipeline: 'success' }],
  ],
  [
    'open changes, whose list tells of no pipeline',
    CHANGES,
    [
      { number: 2, pipeline: null },
      { number: 1, pipeline: null, branch: 'renovate/fedora-45/fedora-45-repos-image' },
    ],
  ],
  [
    'the pipeline of a change',
    { about: 'pipeline', project: PROJECT, number: 1, head: 'x' },
    [{ pipeline: 'running' }],
  ],
  ['that there is no release', { about: 'release', project: PROJECT }, []],
])('reads %s', async (_, question, items) => {
  const { forges, asked } = forgesOf(forgeWorld());
  const told = await forges.gitlab.ask(question, null);
  expect(told?.items).toMatchObject(items as object[]);
  expect(told?.items).toHaveLength((items as object[]).length);
  expect(await forges.gitlab.ask(question, told?.etag ?? null)).toBeNull();
  expect(asked.map(({ status }) => status)).toEqual([200, 304]);
  expect(asked[0]?.url).toContain('/projects/fe%2Fdora%2Fbase/');
});

test('a long list is read to its third page, and then without an ETag', async () => {
  const many = Array.from({ length: 420 }, (_, n) => `{ number: ${n + 1}, title: "Sample ${n}", created: -1h }`);
  const { forges, asked } = forgesOf(forgeWorld({ gitlab: `    fe/long: { issues: [${many.join(', ')}] }` }));
  const told = await forges.gitlab.ask({ about: 'issues', project: 'fe/long', labels: [] }, null);
  expect(told).toMatchObject({ etag: null });
  expect(told?.items).toHaveLength(300);
  expect(asked).toHaveLength(3);
});

test.each([
  ['pending', 'running'],
  ['canceling', 'canceled'],
  ['manual', null],
  ['a new word', null],
])('a pipeline that is %s is %s', async (status, pipeline) => {
  const at = '2026-11-20T14:07:00Z';
  const thing = { iid: 1, title: '', state: 'opened', labels: [], created_at: at, updated_at: at };
  const { forges } = over(async () => json({ ...thing, head_pipeline: { status } }));
  const told = await forges.gitlab.ask({ about: 'pipeline', project: PROJECT, number: 1, head: 'x' }, null);
  expect(told?.items).toMatchObject([{ pipeline }]);
});

test('a token is sent to the API as authorization, and is lost on the way to another origin', async () => {
  const seen: Request[] = [];
  const { forges } = over(
    async (request) => {
      seen.push(request);
      return seen.length === 1
        ? new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
        : json([]);
    },
    { GITLAB_TOKEN: 'glpat-secret' },
  );
  await forges.gitlab.ask(CHANGES, null);
  expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer glpat-secret', null]);
  expect(
    seen.flatMap(({ url, headers }) => [url, ...headers.values()]).filter((text) => text.includes('secret')),
  ).toHaveLength(1);
});

test.each([
  ['a wrong token', () => json({ message: '401' }, 401), 'denied'],
  ['a private project', () => json({}, 404), 'not-found'],
  ['the sign-in page', () => new Response('<html>'), 'unreadable'],
  ['wrong types', () => json([{ iid: 'x' }]), 'unreadable'],
  [
    'a date that is none',
    () => json([{ iid: 1, title: '', state: 'opened', labels: [], created_at: 'soon', updated_at: 'later' }]),
    'unreadable',
  ],
  ['more than it may', () => new Response(new Uint8Array(9 << 20)), 'too-large'],
] as const)('%s is a problem and no crash', async (_, answer, kind) => {
  const { forges } = over(async () => answer());
  const error: unknown = await forges.gitlab.ask(CHANGES, null).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SourceError);
  expect(error).toMatchObject({ kind });
});
