import { readArguments } from '#practice/arguments.ts';
import { type Change, changesOf } from './changes.ts';
import { GitError } from './fail.ts';
import { anyOf, relative } from './paths.ts';
import { apart, short } from './revision.ts';
import { type Clone, head, type Store, type Tree, workingTree } from './store.ts';

/** `git status`, and what other commands say in its words. */

export interface State {
  staged: Change[];
  unstaged: Change[];
  /** Folders with nothing tracked in them end in a slash. */
  untracked: string[];
  working: Tree;
}

export async function stateOf(clone: Clone): Promise<State> {
  const { index, blobs } = clone.store;
  const working = await workingTree(clone);
  const textAt = (id: string) => blobs[id] ?? '';
  const tracked = Object.fromEntries(Object.entries(working).filter(([path]) => index[path] !== undefined));
  const folders = new Set(Object.keys(index).flatMap((path) => foldersOf(path)));
  const others = Object.keys(working).filter((path) => index[path] === undefined);
  const untracked = others.map((path) => {
    const folder = foldersOf(path).find((one) => !folders.has(one));
    return folder ?? path;
  });
  return {
    staged: changesOf(head(clone)?.tree ?? {}, index, textAt),
    unstaged: changesOf(index, tracked, textAt).filter(({ status }) => status !== 'A'),
    untracked: [...new Set(untracked)].sort(),
    working,
  };
}

/** Every folder of a path, the outermost first, each with a slash at its end. */
const foldersOf = (path: string): string[] => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));

export async function status(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git status', argv, {
    switches: ['short s', 'porcelain', 'branch b', 'long'],
    values: ['untracked-files u'],
  });
  const wanted = anyOf(clone, [...read.words, ...read.after]);
  const state = await stateOf(clone);
  const isMeant = ({ path }: Change) => wanted(path);
  const untracked = read.one('untracked-files') === 'no' ? [] : state.untracked.filter((path) => wanted(path));
  const seen = { staged: state.staged.filter(isMeant), unstaged: state.unstaged.filter(isMeant), untracked };
  const isShort = (read.has('short') || read.has('porcelain')) && !read.has('long');
  // The form for programs names paths from the root.
  const prefix = read.has('porcelain') ? '' : clone.prefix;
  clone.io.out(
    isShort ? shortStatus(seen, prefix, read.has('branch') ? branchLine(clone) : '') : longStatus(clone, seen),
  );
  return 0;
}

type Seen = Omit<State, 'working'>;

function shortStatus({ staged, unstaged, untracked }: Seen, prefix: string, first: string): string {
  const rows = new Map<string, { x: string; y: string; name: string }>();
  for (const { status, path, from } of staged) {
    const name = status === 'R' ? `${relative(prefix, from)} -> ${relative(prefix, path)}` : relative(prefix, path);
    rows.set(path, { x: status, y: ' ', name });
  }
  for (const { status, path } of unstaged)
    rows.set(path, { x: ' ', name: relative(prefix, path), ...rows.get(path), y: status });
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { x, y, name }]) => `${x}${y} ${name}\n`);
  return first + lines.join('') + untracked.map((path) => `?? ${relative(prefix, path)}\n`).join('');
}

function branchLine({ store }: Clone): string {
  if (store.branch === null) return '## HEAD (no branch)\n';
  const upstream = store.upstreams[store.branch];
  if (upstream === undefined) return `## ${store.branch}\n`;
  const words = gapWords(store, store.branch);
  return `## ${store.branch}...origin/${upstream}${words ? ` [${words}]` : ''}\n`;
}

/** `ahead 1, behind 2`, or `gone`; empty where a branch is where its upstream is, or has none. */
export function gapWords(store: Store, branch: string): string {
  const upstream = store.upstreams[branch];
  if (upstream === undefined) return '';
  const gap = gapOf(store, branch, upstream);
  if (!gap) return 'gone';
  return [gap.ahead && `ahead ${gap.ahead}`, gap.behind && `behind ${gap.behind}`].filter(Boolean).join(', ');
}

function gapOf(store: Store, branch: string, upstream: string): { ahead: number; behind: number } | null {
  const mine = store.commits[store.branches[branch] ?? ''];
  const theirs = store.commits[store.remotes[upstream] ?? ''];
  return mine && theirs ? apart(store, mine, theirs) : null;
}

/** How a branch stands to the one that it follows; empty where it follows none. */
export function tracking({ store }: Clone): string {
  const upstream = store.branch === null ? undefined : store.upstreams[store.branch];
  if (store.branch === null || upstream === undefined) return '';
  const gap = gapOf(store, store.branch, upstream);
  const name = `origin/${upstream}`;
  if (!gap)
    return `Your branch is based on '${name}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n`;
  const { ahead, behind } = gap;
  const commits = (count: number) => `${count} commit${count === 1 ? '' : 's'}`;
  if (ahead > 0 && behind > 0)
    return `Your branch and '${name}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n  (use "git pull" to merge the remote branch into yours)\n`;
  if (ahead > 0)
    return `Your branch is ahead of '${name}' by ${commits(ahead)}.\n  (use "git push" to publish your local commits)\n`;
  if (behind > 0)
    return `Your branch is behind '${name}' by ${commits(behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n`;
  return `Your branch is up to date with '${name}'.\n`;
}

const WORDS: Readonly<Record<Change['status'], string>> = {
  A: 'new file:   ',
  M: 'modified:   ',
  D: 'deleted:    ',
  R: 'renamed:    ',
};

export function longStatus(clone: Clone, { staged, unstaged, untracked }: Seen): string {
  const { store, prefix } = clone;
  const at = tracking(clone);
  const where = store.branch === null ? `HEAD detached at ${short(store.detached ?? '')}` : `On branch ${store.branch}`;
  const row = ({ status, path, from }: Change) =>
    `\t${WORDS[status]}${status === 'R' ? `${relative(prefix, from)} -> ` : ''}${relative(prefix, path)}\n`;
  const parts = [`${where}\n${at}${at ? '\n' : ''}`];
  if (staged.length > 0)
    parts.push(
      `Changes to be committed:\n  (use "git restore --staged <file>..." to unstage)\n${staged.map(row).join('')}\n`,
    );
  if (unstaged.length > 0) {
    const add = unstaged.some(({ status }) => status === 'D') ? 'add/rm' : 'add';
    parts.push(
      `Changes not staged for commit:\n  (use "git ${add} <file>..." to update what will be committed)\n  (use "git restore <file>..." to discard changes in working directory)\n${unstaged.map(row).join('')}\n`,
    );
  }
  if (untracked.length > 0) {
    const rows = untracked.map((path) => `\t${relative(prefix, path)}\n`).join('');
    parts.push(`Untracked files:\n  (use "git add <file>..." to include in what will be committed)\n${rows}\n`);
  }
  if (staged.length === 0) {
    if (unstaged.length > 0) parts.push('no changes added to commit (use "git add" and/or "git commit -a")\n');
    else if (untracked.length > 0)
      parts.push('nothing added to commit but untracked files present (use "git add" to track)\n');
    else parts.push('nothing to commit, working tree clean\n');
  }
  return parts.join('');
}

/** Throws where changes that are not committed would be lost by going from one tree to another. */
export async function refuseLoss(clone: Clone, to: Tree, by: 'checkout' | 'merge'): Promise<State> {
  const state = await stateOf(clone);
  const from = head(clone)?.tree ?? {};
  const moved = (path: string) => from[path] !== to[path];
  const lost = [...state.staged, ...state.unstaged].map(({ path }) => path).filter(moved);
  const again = by === 'checkout' ? 'switch branches' : 'merge';
  const listed = (paths: string[]) =>
    [...new Set(paths)]
      .sort()
      .map((path) => `\t${path}\n`)
      .join('');
  const { index } = clone.store;
  const hidden = Object.keys(state.working).filter((path) => index[path] === undefined && to[path] !== undefined);
  if (lost.length > 0)
    throw new GitError(
      `error: Your local changes to the following files would be overwritten by ${by}:\n${listed(lost)}Please commit your changes or stash them before you ${again}.\nAborting`,
      1,
    );
  if (hidden.length > 0)
    throw new GitError(
      `error: The following untracked working tree files would be overwritten by ${by}:\n${listed(hidden)}Please move or remove them before you ${again}.\nAborting`,
      1,
    );
  return state;
}
