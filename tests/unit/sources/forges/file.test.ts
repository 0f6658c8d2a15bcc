import { expect, test } from 'vitest';
import { SourceError } from '#sources/error.ts';
import type { FilePlace, KnownFile } from '#sources/forges/file.ts';
import { github } from '#sources/forges/github.ts';
import { gitlab } from '#sources/forges/gitlab.ts';
import { forgesOf, forgeWorld } from '../../../support/forges.ts';

/** Files of repositories, from both forges. */

const PLACE: FilePlace = { project: 'up/stream', branch: 'side/way', path: '.tekton/a b.yaml' };
const TEXT = 'kind: Pipeline\n# ü\n';
const SHA = 'a'.repeat(40);
const AT = '2026-11-19T14:07:00Z';
const content = Buffer.from(TEXT).toString('base64');
const size = Buffer.from(TEXT).length;
const FILE = { size, encoding: 'base64', content, type: 'file', last_commit_id: SHA };
const COMMIT = { committed_date: AT };
const COMMITS = [{ sha: SHA, commit: { committer: { date: AT } } }];

/** Both clients over a forge that gives these answers for a file and for its commit. */
function over(file: unknown = FILE, { status = 200, commit = 200, headers = {} } = {}) {
  const seen: Request[] = [];
  const { http } = forgesOf(forgeWorld(), {}, async (request) => {
    seen.push(request);
    const isCommit = request.url.includes('/commits');
    const body = isCommit ? (request.url.includes('gitlab') ? COMMIT : COMMITS) : file;
    const init = { status: isCommit ? commit : status, headers: { etag: '"1"', ...headers } };
    return init.status === 304 ? new Response(null, init) : Response.json(body, init);
  });
  const clients = {
    github: github(http, 'https://api.github.com', undefined, 1),
    gitlab: gitlab(http, 'https://gitlab.com/api/v4'),
  };
  const read = (forge: keyof typeof clients, known: KnownFile | null = null, place = PLACE) =>
    clients[forge].file(place, known);
  return { read, seen, paths: () => seen.map(({ url }) => new URL(url).pathname + new URL(url).search) };
}

const FORGES = ['github', 'gitlab'] as const;
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof SourceError)) throw new Error(`expected a SourceError, got ${String(error)}`);
  return error;
};

test.each([
  [
    'github',
    [
      '/repos/up/stream/contents/.tekton/a%20b.yaml?ref=side%2Fway',
      '/repos/up/stream/commits?path=.tekton%2Fa%20b.yaml&sha=side%2Fway&per_page=1',
    ],
  ],
  [
    'gitlab',
    [
      '/api/v4/projects/up%2Fstream/repository/files/.tekton%2Fa%20b.yaml?ref=side%2Fway',
      `/api/v4/projects/up%2Fstream/repository/commits/${SHA}`,
    ],
  ],
] as const)('%s gives a file of a branch, and the commit that changed it last', async (forge, asked) => {
  const { read, paths } = over();
  const file = await read(forge);
  expect(new TextDecoder().decode(file?.bytes)).toBe(TEXT);
  expect(file).toMatchObject({ commit: SHA, changedAt: '2026-11-19T14:07:00.000Z', etag: '"1"' });
  expect(paths()).toEqual(asked);
});

test.each(FORGES)('%s is asked whether a file has changed, and then for no commit', async (forge) => {
  const { read, seen } = over(FILE, { status: 304 });
  expect(await read(forge, { etag: '"1"', commit: SHA, changedAt: AT })).toBeNull();
  expect(seen.map(({ headers }) => headers.get('if-none-match'))).toEqual(['"1"']);
});

test('GitLab is not asked again for the date of a commit that is known', async () => {
  const { read, seen } = over();
  expect(await read('gitlab', { etag: null, commit: SHA, changedAt: AT })).toMatchObject({ changedAt: AT });
  expect(seen).toHaveLength(1);
});

test.each(FORGES)('without its commit a file of %s is read all the same', async (forge) => {
  expect(await over(FILE, { commit: 404 }).read(forge)).toMatchObject({ changedAt: null });
  expect(await over(FILE, { commit: 403, headers: { 'retry-after': '3600' } }).read(forge)).toMatchObject({
    changedAt: null,
  });
});

test.each<[string, unknown, SourceError['kind']]>([
  ['a folder', [{ name: 'a' }], 'unreadable'],
  ['not what its size says', { ...FILE, size: size + 1 }, 'unreadable'],
  ['sent in another way', { ...FILE, encoding: 'none', content: '' }, 'unreadable'],
  ['larger than a file of YAML', { ...FILE, size: 2 << 20 }, 'too-large'],
  ['larger than may be answered', { ...FILE, more: 'x'.repeat(9 << 20) }, 'too-large'],
  ['without a content', { size, type: 'file', encoding: 'base64', last_commit_id: SHA }, 'unreadable'],
])('what is %s is refused', async (_, answer, kind) => {
  for (const forge of FORGES) {
    const error = await failure(over(answer).read(forge));
    expect([error.source, error.kind]).toEqual([forge, kind]);
  }
});

test('a symbolic link on GitHub is no file', async () => {
  expect((await failure(over({ ...FILE, type: 'symlink' }).read('github'))).kind).toBe('unreadable');
});

test.each([
  [404, 'not-found'],
  [401, 'denied'],
  [403, 'denied'],
] as const)('a file that answers %s is %s', async (status, kind) => {
  for (const forge of FORGES) expect((await failure(over({}, { status }).read(forge))).kind).toBe(kind);
});
