import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import { ask, NOW_MS, worldOf } from './world.ts';

/** Files of repositories on the pretend forges. */

const FILE = { project: 'a/b/c', path: '.tekton/push.yaml', branch: 'main' };
const TASK = 'quay.io/sample/task-one';
const files = (forge: string, project: string) => [
  { ...FILE, forge, project, at: '-9d', text: 'first: ä\n' },
  { ...FILE, forge, project, at: '-1d', text: `bundle: ${TASK}:1\n` },
];
const WORLD = worldOf([], {
  tekton: [{ bundle: TASK, tag: '1', at: '-9d', text: 'kind: Task\n' }],
  files: [...files('gitlab', 'a/b/c'), ...files('github', 'a/b')],
});
const GITLAB = 'https://gitlab.com/api/v4/projects/a%2Fb%2Fc/repository';
const GITHUB = 'https://api.github.com/repos/a/b';
const handlerAt = (beforeMs: number) => simulate(WORLD, { now: () => NOW_MS - beforeMs });
const DAY_MS = 86_400_000;

interface GitlabFile {
  content: string;
  content_sha256: string;
  size: number;
  last_commit_id: string;
  blob_id: string;
}
interface GithubFile {
  content: string;
  sha: string;
  size: number;
  type: string;
}

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

test('GitLab gives a file of a branch with its last commit', async () => {
  const address = `${GITLAB}/files/.tekton%2Fpush.yaml?ref=main`;
  const old = await ask<GitlabFile>(handlerAt(2 * DAY_MS), address);
  expect(bytesOf(old.body.content).toString()).toBe('first: ä\n');
  const now = await ask<GitlabFile>(WORLD, address);
  const bytes = bytesOf(now.body.content);
  expect(bytes.toString()).toMatch(/^bundle: quay\.io\/sample\/task-one:1@sha256:[0-9a-f]{64}\n$/);
  expect(now.body).toMatchObject({
    ...{ file_path: '.tekton/push.yaml', file_name: 'push.yaml', encoding: 'base64', ref: 'main', size: bytes.length },
    content_sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(now.body.last_commit_id).not.toBe(old.body.last_commit_id);
  const commit = await ask(WORLD, `${GITLAB}/commits/${now.body.last_commit_id}`);
  expect(commit.body).toMatchObject({ id: now.body.last_commit_id, committed_date: '2026-11-19T14:07:00Z' });
});

test('GitHub gives a file of a branch, and the commits that changed it', async () => {
  const { body } = await ask<GithubFile>(WORLD, `${GITHUB}/contents/.tekton/push.yaml?ref=main`);
  const bytes = bytesOf(body.content);
  expect(body).toMatchObject({ type: 'file', encoding: 'base64', size: bytes.length });
  expect(body.sha).toBe(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'));
  const query = 'path=.tekton%2Fpush.yaml&sha=main&per_page=1';
  const commits = await ask<{ sha: string; commit: { committer: { date: string } } }[]>(
    WORLD,
    `${GITHUB}/commits?${query}`,
  );
  expect(commits.body.map(({ commit }) => commit.committer.date)).toEqual(['2026-11-19T14:07:00Z']);
  expect(commits.body[0]?.sha).toMatch(/^[0-9a-f]{40}$/);
});

test.each([
  ['GitLab, another path', `${GITLAB}/files/other?ref=main`],
  ['GitLab, another branch', `${GITLAB}/files/.tekton%2Fpush.yaml?ref=next`],
  ['GitLab, another commit', `${GITLAB}/commits/${'0'.repeat(40)}`],
  ['GitHub, another path', `${GITHUB}/contents/other`],
  ['GitHub, another branch', `${GITHUB}/contents/.tekton/push.yaml?ref=next`],
  ['GitHub, another project', 'https://api.github.com/repos/a/x/contents/.tekton/push.yaml'],
])('%s: not found', async (_, address) => {
  expect((await ask(WORLD, address)).status).toBe(404);
});

test.each([
  `${GITLAB}/files/.tekton%2Fpush.yaml?ref=main`,
  `${GITHUB}/contents/.tekton/push.yaml`,
  `${GITHUB}/commits?path=.tekton/push.yaml`,
])('%s: who has it gets 304', async (address) => {
  const first = await ask(WORLD, address);
  expect(first.status).toBe(200);
  expect((await ask(WORLD, address, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
});
