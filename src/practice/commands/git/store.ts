import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { blobId } from '#sim/forges/git-objects.ts';
import type { GitCommit } from '#sim/forges/repositories.ts';
import { fatal } from './fail.ts';

/** A clone: its history in a file of our own below `.git`, its files beside it. */

/** Ids of contents by path. */
export type Tree = Readonly<Record<string, string>>;
/** Its tree holds ids. */
export type Commit = Omit<GitCommit, 'tree'> & { tree: Tree };

export interface Store {
  remote: string;
  /** The branch on which one stands; null where one stands on a commit. */
  branch: string | null;
  /** The commit, where one stands on no branch. */
  detached: string | null;
  /** Where one stood before. */
  previous: string | null;
  branches: Record<string, string>;
  /** What the remote's branches were when they were last fetched. */
  remotes: Record<string, string>;
  trunk: string;
  /** Branch of the remote by branch of ours. */
  upstreams: Record<string, string>;
  fetched: string | null;
  index: Tree;
  commits: Record<string, Commit>;
  blobs: Record<string, string>;
  user: Record<string, string>;
}

export interface Clone {
  io: CommandIo;
  /** Folder of the working tree. */
  root: string;
  /** The folder that one is in, from the root: empty, or ending in a slash. */
  prefix: string;
  store: Store;
}

const FILE = '.git/practice.json';

/** The clone around the folder that one is in. */
export async function openClone(io: CommandIo): Promise<Clone> {
  for (let root = io.cwd; ; root = root.replace(/\/[^/]*$/, '')) {
    if (await io.files.exists(`${root}/${FILE}`)) {
      const read: Store = JSON.parse(textOf(await io.files.read(`${root}/${FILE}`)));
      const { branches, remotes, upstreams } = read;
      const store = { ...read, branches: bare(branches), remotes: bare(remotes), upstreams: bare(upstreams) };
      return { io, root, store, prefix: io.cwd === root ? '' : `${io.cwd.slice(root.length + 1)}/` };
    }
    if (root === '') throw fatal('not a git repository (or any of the parent directories): .git');
  }
}

/** The same, knowing nothing of `constructor` and the like: a branch may be called so. */
export const bare = <T>(own: Readonly<Record<string, T>>): Record<string, T> =>
  Object.assign<Record<string, T>, Readonly<Record<string, T>>>(Object.create(null), own);

export async function save({ io, root, store }: Clone): Promise<void> {
  await io.files.write(`${root}/${FILE}`, JSON.stringify(store));
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The commit that one stands on; null in a repository without any. */
export function head({ store }: Clone): Commit | null {
  return store.commits[headId(store) ?? ''] ?? null;
}

const headId = ({ branch, detached, branches }: Store): string | undefined =>
  branch === null ? (detached ?? undefined) : branches[branch];

/** Moves the branch that one stands on, or oneself. */
export function moveHead(store: Store, id: string): void {
  if (store.branch === null) store.detached = id;
  else store.branches[store.branch] = id;
}

export const textAt = ({ store }: Clone, id: string | undefined): string => store.blobs[id ?? ''] ?? '';

/** Remembers a content; gives its id. */
export async function keep({ store }: Clone, text: string): Promise<string> {
  const id = await blobId(text);
  store.blobs[id] = text;
  return id;
}

/** All files of the working tree with the ids of what is in them; new contents are remembered. */
export async function workingTree(clone: Clone): Promise<Tree> {
  const { io, root, store } = clone;
  const tree: Record<string, string> = {};
  async function walk(folder: string): Promise<void> {
    for (const { name, isFolder } of (await io.files.list(`${root}/${folder}`)) ?? []) {
      const path = `${folder}${name}`;
      if (path in Object.prototype) throw new NotSimulated(`a file or folder called ${path} in a repository`);
      if (isFolder && name !== '.git') await walk(`${path}/`);
      if (isFolder) continue;
      const text = textOf(await io.files.read(`${root}/${path}`));
      const known = store.index[path];
      tree[path] = known !== undefined && store.blobs[known] === text ? known : await keep(clone, text);
    }
  }
  await walk('');
  return sorted(tree);
}

export const sorted = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Writes and removes files so that the working tree goes from one tree to another; emptied folders go too. */
export async function writeTree(clone: Clone, from: Tree, to: Tree): Promise<void> {
  const { io, root } = clone;
  for (const [path, id] of Object.entries(to))
    if (from[path] !== id) await io.files.write(`${root}/${path}`, textAt(clone, id));
  for (const path of Object.keys(from)) if (to[path] === undefined) await removeFile(clone, path);
}

/** Removes a file, and the folders that it leaves empty. */
export async function removeFile({ io, root }: Clone, path: string): Promise<void> {
  await io.files.remove(`${root}/${path}`);
  for (let folder = path; folder.includes('/'); ) {
    folder = folder.replace(/\/[^/]*$/, '');
    if ((await io.files.list(`${root}/${folder}`))?.length !== 0) return;
    await io.files.remove(`${root}/${folder}`);
  }
}
