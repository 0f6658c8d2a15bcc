import { expect, test } from 'vitest';
import { changedPaths, commitAt, history, mergeBase, mergeOf } from '#sim/forges/git-history.ts';
import { committed } from '#sim/forges/git-objects.ts';
import { gitWire, wireAddress } from '#sim/forges/git-wire.ts';
import { type GitCommit, type Pushed, type Repositories, repositoriesOf } from '#sim/forges/repositories.ts';

/** Repositories of the pretend forges, and pushes to them. */

const PROJECT = 'fedora/sample';
const NOW_MS = 100_000;
const AUTHOR = { name: 'me', email: 'me@example.org', atS: 90 };
const version = (path: string, text: string, startMs: number, branch = 'main') => ({
  ...{ forge: 'gitlab' as const, project: PROJECT, branch, path, startMs },
  holds: { text, names: new Map() },
});

function world(): Repositories {
  const files = [
    version('a', 'a1\n', 1_000),
    version('b', 'b1\n', 2_000),
    version('a', 'a2\n', 3_000),
    version('a', 'next\n', 4_000, 'next'),
  ];
  return repositoriesOf(files, async ({ text }) => text);
}

async function repositoryOf(all: Repositories, nowMs = NOW_MS) {
  const repository = await all.get('gitlab', PROJECT, nowMs);
  if (!repository) throw new Error('there is none');
  return repository;
}

async function commitOn(all: Repositories, branch: string, change: Record<string, string>): Promise<GitCommit> {
  const tip = commitAt(await repositoryOf(all), branch);
  return committed({
    parents: tip ? [tip.id] : [],
    tree: { ...tip?.tree, ...change },
    author: AUTHOR,
    message: 'Change\n',
  });
}

test('each version of a file is a commit at its time, and comes when its time has come', async () => {
  const all = world();
  expect((await repositoryOf(all, 2_500)).commits.map(({ message }) => message)).toEqual(['Sample: a', 'Sample: b']);
  const later = await repositoryOf(all);
  expect(commitAt(later, null)?.tree).toEqual({ a: 'a2\n', b: 'b1\n' });
  expect(commitAt(later, 'next')?.tree).toEqual({ a: 'next\n', b: 'b1\n' });
  expect(later.trunk).toBe('main');
  expect(await all.get('github', PROJECT, NOW_MS)).toBeNull();
});

test('a push moves its branch, is seen by the next who asks, and listeners answer in their order', async () => {
  const all = world();
  const seen: Pushed[] = [];
  all.onPush(async (push) => {
    seen.push(push);
    return ['first'];
  });
  all.onPush(async () => ['second']);
  const made = await commitOn(all, 'main', { c: 'c\n' });
  const push = { commits: [made], updates: [{ branch: 'topic', after: made.id }], options: ['ci.skip'] };
  expect(await all.push('gitlab', PROJECT, push, NOW_MS)).toEqual(['first', 'second']);
  expect(seen).toEqual([
    {
      forge: 'gitlab',
      project: PROJECT,
      branch: 'topic',
      before: null,
      after: made.id,
      options: ['ci.skip'],
      atMs: NOW_MS,
    },
  ]);
  expect(commitAt(await repositoryOf(all), 'topic')?.tree['c']).toBe('c\n');
  expect(await all.push('gitlab', PROJECT, push, NOW_MS)).toEqual([]);
});

test('a branch can be deleted', async () => {
  const all = world();
  await repositoryOf(all);
  await all.push('gitlab', PROJECT, { commits: [], updates: [{ branch: 'next', after: null }], options: [] }, NOW_MS);
  expect((await repositoryOf(all)).branches['next']).toBeUndefined();
});

test.each([
  ['a wrong id', async (made: GitCommit) => ({ ...made, message: 'Other\n' }), 'does not keep'],
  ['an unknown parent', async (made: GitCommit) => committed({ ...made, parents: ['0'.repeat(40)] }), 'unknown parent'],
])('a commit with %s is refused', async (_, spoiled, said) => {
  const all = world();
  const commit = await spoiled(await commitOn(all, 'main', { c: 'c\n' }));
  const push = { commits: [commit], updates: [{ branch: 'topic', after: commit.id }], options: [] };
  await expect(all.push('gitlab', PROJECT, push, NOW_MS)).rejects.toThrow(said);
  expect((await repositoryOf(all)).branches['topic']).toBeUndefined();
});

test('a merge joins what both sides changed, and is refused where both changed one file', async () => {
  const all = world();
  const topic = await commitOn(all, 'main', { c: 'c\n' });
  await all.push(
    'gitlab',
    PROJECT,
    { commits: [topic], updates: [{ branch: 'topic', after: topic.id }], options: [] },
    NOW_MS,
  );
  const repository = await repositoryOf(all);
  const words = { author: AUTHOR, message: 'Merge\n' };
  const merge = await mergeOf(repository, { source: 'topic', target: 'next', ...words });
  expect(merge?.commits[0]?.tree).toEqual({ a: 'next\n', b: 'b1\n', c: 'c\n' });
  const clash = await commitOn(all, 'main', { a: 'other\n' });
  await all.push(
    'gitlab',
    PROJECT,
    { commits: [clash], updates: [{ branch: 'clash', after: clash.id }], options: [] },
    NOW_MS,
  );
  expect(await mergeOf(await repositoryOf(all), { source: 'clash', target: 'next', ...words })).toBeNull();
  expect(await mergeOf(repository, { source: 'nowhere', target: 'next', ...words })).toBeNull();
});

test('history is the newest first, and knows where two branches parted', async () => {
  const repository = await repositoryOf(world());
  const [main, next] = [commitAt(repository, 'main'), commitAt(repository, 'next')];
  expect(history(repository, main).map(({ message }) => message)).toEqual(['Sample: a', 'Sample: b', 'Sample: a']);
  expect(main && next && mergeBase(repository, main, next)?.id).toBe(main?.id);
  expect(changedPaths(main, next)).toEqual(['a']);
  expect(changedPaths(null, main)).toEqual(['a', 'b']);
});

test('our git asks at an address of its own; what is no push is refused with a sentence', async () => {
  const all = world();
  const address = wireAddress(`https://gitlab.com/${PROJECT}.git`);
  expect(address).toBe(`https://gitlab.com/-/sample/git/${PROJECT}`);
  expect(wireAddress('https://example.org/a/b')).toBeNull();
  const ask = (init?: RequestInit, where = address ?? '') => gitWire(new Request(where, init), all, () => NOW_MS);
  const wire = await (await ask())?.json();
  expect(Object.values(wire.blobs)).toEqual(expect.arrayContaining(['a1\n', 'a2\n', 'b1\n', 'next\n']));
  expect((await ask(undefined, 'https://gitlab.com/-/sample/git/no/such'))?.status).toBe(404);
  expect(await ask(undefined, `https://gitlab.com/${PROJECT}`)).toBeNull();
  for (const body of ['', '{}', '[]', '{"commits":[{}],"updates":[],"options":[]}'])
    expect((await ask({ method: 'POST', body }))?.status).toBe(422);
});
