import { base64, digestOf } from '#sim/bytes.ts';
import { instant } from '#sim/clock.ts';
import { commitAt, history } from './git-history.ts';
import { blobId } from './git-objects.ts';
import type { Forge, GitCommit, Repositories } from './repositories.ts';

/** Files of repositories at a moment, with the commits that made them. */

export interface StoredFile {
  path: string;
  branch: string;
  bytes: Uint8Array<ArrayBuffer>;
  base64: string;
  sha256: string;
  /** Of git's blob. */
  blob: string;
  commit: Commit;
}

export interface Commit {
  sha: string;
  committedAt: string;
  author: string;
  /** First line of the message. */
  title: string;
  message: string;
}

export interface FilesOf {
  /** The file of a branch or a commit, of the trunk where none is named; null where there is none. */
  file: (project: string, path: string, ref: string | null, nowMs: number) => Promise<StoredFile | null>;
  /** Commits of a branch, or the trunk's, to one file or to all; the newest first. */
  commits: (project: string, path: string | null, ref: string | null, nowMs: number) => Promise<Commit[]>;
  commit: (project: string, sha: string, nowMs: number) => Promise<Commit | null>;
  has: (project: string) => boolean;
}

/** Files of one of the two forges. */
export function filesOf(repositories: Repositories, forge: Forge): FilesOf {
  const past = async (project: string, path: string | null, ref: string | null, nowMs: number) => {
    const repository = await repositories.get(forge, project, nowMs);
    if (!repository) return [];
    const { commits } = repository;
    const all = history(repository, commitAt(repository, ref));
    return path === null ? all : all.filter((one) => isChangeTo(one, path, commits));
  };
  return {
    has: (project) => repositories.has(forge, project),
    async file(project, path, ref, nowMs) {
      const repository = await repositories.get(forge, project, nowMs);
      const text = repository && commitAt(repository, ref)?.tree[path];
      const [last] = text === undefined ? [] : await past(project, path, ref, nowMs);
      if (!repository || typeof text !== 'string' || !last) return null;
      return stored(path, ref === null || ref === 'HEAD' ? repository.trunk : ref, text, last);
    },
    commits: async (...which) => (await past(...which)).map(commitOf),
    async commit(project, sha, nowMs) {
      const repository = await repositories.get(forge, project, nowMs);
      const found = repository?.commits.find(({ id }) => id === sha);
      return found ? commitOf(found) : null;
    },
  };
}

/** Whether a commit changed a file: a merge has not, where one of its parents had it so. */
function isChangeTo({ tree, parents }: GitCommit, path: string, commits: readonly GitCommit[]): boolean {
  if (parents.length === 0) return tree[path] !== undefined;
  return parents.every((id) => commits.find((one) => one.id === id)?.tree[path] !== tree[path]);
}

async function stored(path: string, branch: string, text: string, last: GitCommit): Promise<StoredFile> {
  const bytes = new TextEncoder().encode(text);
  const sha256 = (await digestOf(bytes)).replace('sha256:', '');
  return { path, branch, bytes, base64: base64(text), sha256, blob: await blobId(bytes), commit: commitOf(last) };
}

const commitOf = ({ id, author, message }: GitCommit): Commit => ({
  ...{ sha: id, committedAt: instant(author.atS * 1_000), author: author.name },
  ...{ title: message.split('\n')[0] ?? '', message },
});
