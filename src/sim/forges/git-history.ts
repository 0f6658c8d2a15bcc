import { committed } from './git-objects.ts';
import type { GitCommit, GitPush, GitRepository } from './repositories.ts';

/** Questions about the history of a repository. */

/** The commit of a branch or an id; the trunk's where nothing is named. */
export function commitAt(repository: GitRepository, name: string | null): GitCommit | null {
  const { branches, trunk, commits } = repository;
  const id = name === null || name === 'HEAD' ? branches[trunk] : (branches[name] ?? name);
  return commits.find((one) => one.id === id) ?? null;
}

/** A commit and all before it, the newest first. */
export function history({ commits }: GitRepository, from: GitCommit | null): GitCommit[] {
  const wanted = new Set(from ? [from.id] : []);
  // Parents stand before their children, so going back meets every commit after all its children.
  const found = commits.toReversed().filter(({ id, parents }) => {
    const isWanted = wanted.has(id);
    if (isWanted) for (const parent of parents) wanted.add(parent);
    return isWanted;
  });
  return found.sort((a, b) => b.author.atS - a.author.atS);
}

/** Paths whose text is not the same, sorted; null stands for an empty tree. */
export function changedPaths(before: GitCommit | null, after: GitCommit | null): string[] {
  const [old, now] = [before?.tree ?? {}, after?.tree ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((path) => old[path] !== now[path]).sort();
}

/** The newest commit that both have; null where there is none. */
export function mergeBase(repository: GitRepository, one: GitCommit, other: GitCommit): GitCommit | null {
  const mine = new Set(history(repository, one).map(({ id }) => id));
  return history(repository, other).find(({ id }) => mine.has(id)) ?? null;
}

/** A merge of a branch into another, as a push that does it; null where both changed one file in their own way, or a branch is not there. */
export async function mergeOf(
  repository: GitRepository,
  { source, target, ...made }: { source: string; target: string } & Pick<GitCommit, 'author' | 'message'>,
): Promise<GitPush | null> {
  const [ours, theirs] = [commitAt(repository, target), commitAt(repository, source)];
  if (!ours || !theirs) return null;
  const base = mergeBase(repository, ours, theirs);
  const tree = { ...ours.tree };
  const modes = { ...ours.modes };
  for (const path of changedPaths(base, theirs)) {
    const [was, is, now] = [base?.tree[path], ours.tree[path], theirs.tree[path]];
    if (is !== was && is !== now) return null;
    if (now === undefined) delete tree[path];
    else tree[path] = now;
    const mode = theirs.modes?.[path];
    if (mode === undefined) delete modes[path];
    else modes[path] = mode;
  }
  const parents = [ours.id, theirs.id];
  const commit = await committed({ parents, tree, ...(Object.keys(modes).length > 0 ? { modes } : {}), ...made });
  return { commits: [commit], updates: [{ branch: target, after: commit.id }], options: [] };
}
