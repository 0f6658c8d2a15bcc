import { type Git, GitError, line } from './git.ts';

/** A branch that is read and written without a work tree: nothing that is checked out is touched. */

export interface Entry {
  path: string;
  /** Id of its blob. */
  id: string;
}

/** What a commit changes. */
export interface Change {
  put: readonly Entry[];
  drop: readonly string[];
}

export interface Tip {
  /** Commit that the branch points at; null when the remote has no such branch. */
  commit: string | null;
  entries: Entry[];
}

const AUTHOR = { name: 'Slipway refresh', email: 'refresh@slipway.invalid' } as const;
const RACE =
  /non-fast-forward|fetch first|cannot lock ref|failed to update ref|failed to lock|incorrect old value|stale info/i;
const PASSING = /could not resolve host|timed out|connection (reset|refused)|early EOF|returned error: 5\d\d|hung up/i;

/** What the branch holds on the remote at this moment. */
export async function fetchTip(run: Git, remote: string, branch: string): Promise<Tip> {
  const listed = await line(run(['ls-remote', '--quiet', remote, `refs/heads/${branch}`]));
  if (listed === '') return { commit: null, entries: [] };
  const ref = `refs/slipway/${branch}`;
  const shallow = (await line(run(['rev-parse', '--is-shallow-repository']))) === 'true';
  const depth = shallow ? ['--depth=1'] : [];
  await run(['fetch', '--quiet', '--no-tags', ...depth, remote, `+refs/heads/${branch}:${ref}`]);
  const commit = await line(run(['rev-parse', '--verify', ref]));
  const tree = (await run(['ls-tree', '-r', '-z', commit])).toString();
  const entries = tree.split('\0').flatMap((row) => {
    const [, id, path] = /^100644 blob ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
    return id && path ? [{ id, path }] : [];
  });
  return { commit, entries };
}

/** Blob ids of files on disk, stored in the repository. */
export async function storeFiles(run: Git, files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return [];
  const printed = await line(
    run(['hash-object', '-w', '--no-filters', '--stdin-paths'], { input: `${files.join('\n')}\n` }),
  );
  return printed.split('\n');
}

/** Blob id of a text, stored in the repository. */
export function storeText(run: Git, text: string): Promise<string> {
  return line(run(['hash-object', '-w', '--stdin'], { input: text }));
}

/** A commit on top of the tip with files put in and taken out; null when the branch holds exactly that already. */
export async function commitOn(run: Git, tip: Tip, { put, drop }: Change, index: string, message: string) {
  const env = { GIT_INDEX_FILE: index };
  await run(['read-tree', tip.commit ?? '--empty'], { env });
  const noBlob = (tip.commit ?? '').replaceAll(/./g, '0');
  const rows = [
    ...put.map(({ id, path }) => `100644 ${id}\t${path}\0`),
    ...drop.map((path) => `0 ${noBlob}\t${path}\0`),
  ];
  await run(['update-index', '-z', '--index-info'], { env, input: rows.join('') });
  const tree = await line(run(['write-tree'], { env }));
  if (tip.commit && tree === (await line(run(['rev-parse', `${tip.commit}^{tree}`])))) return null;
  const who = {
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
  };
  const parents = tip.commit ? ['-p', tip.commit] : [];
  return line(run(['commit-tree', tree, ...parents, '-m', message], { env: who }));
}

/** Pushes the commit; false when another writer was faster, an error when trying again would not help. */
export async function push(run: Git, remote: string, branch: string, commit: string): Promise<boolean> {
  try {
    await run(['push', '--quiet', '--no-verify', remote, `${commit}:refs/heads/${branch}`]);
    return true;
  } catch (error) {
    if (isPassing(error)) return false;
    throw new GitError(
      `The remote refused the branch "${branch}". Give the job the right to push to it, or lift its protection. ${(error as Error).message}`,
      error instanceof GitError ? error.stderr : '',
    );
  }
}

/** Whether a later try may succeed: another writer, or the network. */
export function isPassing(error: unknown): boolean {
  return error instanceof GitError && (RACE.test(error.stderr) || PASSING.test(error.stderr));
}
