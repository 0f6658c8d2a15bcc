import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { fatal, GitError } from './fail.ts';
import { isAncestor, resolve, short, subjectOf } from './revision.ts';
import { gapWords } from './status.ts';
import { type Clone, type Commit, head, type Store, save } from './store.ts';

/** Branches: list, make, delete, rename. */

const NAME = /^(?![-/.])(?!.*(?:\.\.|\/\/|@\{|\.lock$|[/.]$))[^\s~^:?*[\\]+$/;

export async function branch(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git branch', argv, {
    switches: [
      'all a',
      'remotes r',
      'show-current',
      'delete d',
      'force-delete D',
      'list l',
      'verbose v',
      'move m',
      'quiet q',
    ],
    values: ['set-upstream-to u'],
  });
  const [first, second] = read.words;
  if (read.has('show-current')) io.out(store.branch === null ? '' : `${store.branch}\n`);
  else if (read.has('delete') || read.has('force-delete'))
    for (const name of read.words) drop(clone, name, read.has('force-delete'));
  else if (read.has('move'))
    rename(clone, second === undefined ? (store.branch ?? '') : (first ?? ''), second ?? first ?? '');
  else if (read.one('set-upstream-to') !== undefined) {
    const name = (read.one('set-upstream-to') ?? '').replace(/^origin\//, '');
    const own = first ?? store.branch ?? '';
    if (store.remotes[name] === undefined) throw fatal(`the requested upstream branch 'origin/${name}' does not exist`);
    io.out(follow(clone, own, name));
  } else if (first !== undefined && read.has('list'))
    throw new NotSimulated('a pattern behind git branch --list', 'git branch lists them all.');
  else if (first === undefined) io.out(listOf(clone, read.has('all'), read.has('remotes'), read.has('verbose')));
  else make(clone, first, second ?? 'HEAD');
  await save(clone);
  return 0;
}

function listOf(clone: Clone, isAll: boolean, isRemote: boolean, isVerbose: boolean): string {
  const { store } = clone;
  const own = isRemote ? [] : Object.keys(store.branches).sort();
  const detached = store.branch === null && !isRemote ? [`(HEAD detached at ${short(store.detached ?? '')})`] : [];
  const lead = isAll ? 'remotes/' : '';
  const theirs = isAll || isRemote ? Object.keys(store.remotes).sort() : [];
  const names = [...detached, ...own, ...theirs.map((name) => `${lead}origin/${name}`)];
  const width = Math.max(...names.map(({ length }) => length));
  const row = (name: string, id: string | undefined, mark = ' ') => {
    const commit = store.commits[id ?? ''];
    const gap = gapWords(store, name);
    return isVerbose && commit
      ? `${mark} ${name.padEnd(width)} ${short(commit.id)} ${gap ? `[${gap}] ` : ''}${subjectOf(commit)}\n`
      : `${mark} ${name}\n`;
  };
  const rows = [
    ...detached.map((name) => row(name, store.detached ?? '', '*')),
    ...own.map((name) => row(name, store.branches[name], name === store.branch ? '*' : ' ')),
    ...(theirs.length > 0
      ? [`  ${`${lead}origin/HEAD`.padEnd(isVerbose ? width : 0)} -> origin/${store.trunk}\n`]
      : []),
    ...theirs.map((name) => row(`${lead}origin/${name}`, store.remotes[name])),
  ];
  return rows.join('');
}

export function make({ store, ...clone }: Clone, name: string, from: string): Commit {
  if (!NAME.test(name)) throw fatal(`'${name}' is not a valid branch name`);
  if (store.branches[name] !== undefined) throw fatal(`a branch named '${name}' already exists`);
  const start = resolve({ store, ...clone }, from);
  if (!start) throw fatal(`not a valid object name: '${from}'`);
  store.branches[name] = start.id;
  return start;
}

function drop(clone: Clone, name: string, isForced: boolean): void {
  const { store, io, root } = clone;
  const tip = store.commits[store.branches[name] ?? ''];
  if (!tip) throw new GitError(`error: branch '${name}' not found.`, 1);
  if (name === store.branch) throw new GitError(`error: Cannot delete branch '${name}' checked out at '${root}'`, 1);
  const top = head(clone);
  const upstream = store.commits[store.remotes[store.upstreams[name] ?? ''] ?? ''];
  const isIn = (over: Commit | null | undefined) => (over ? isAncestor(store, tip, over) : false);
  const isMerged = isIn(upstream ?? top);
  if (!isForced && upstream && isMerged !== isIn(top)) io.err(`warning: ${warningOf(store, name, isMerged)}\n`);
  if (!isForced && !isMerged)
    throw new GitError(
      `error: The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.`,
      1,
    );
  delete store.branches[name];
  delete store.upstreams[name];
  io.out(`Deleted branch ${name} (was ${short(tip.id)}).\n`);
}

function warningOf({ upstreams }: Store, name: string, isMerged: boolean): string {
  const over = `         'refs/remotes/origin/${upstreams[name]}'`;
  return isMerged
    ? `deleting branch '${name}' that has been merged to\n${over}, but not yet merged to HEAD.`
    : `not deleting branch '${name}' that is not yet merged to\n${over}, even though it is merged to HEAD.`;
}

function rename({ store }: Clone, from: string, to: string): void {
  if (store.branches[from] === undefined) throw fatal(`No branch named '${from}'.`);
  if (store.branches[to] !== undefined) throw fatal(`A branch named '${to}' already exists.`);
  store.branches[to] = store.branches[from];
  delete store.branches[from];
  if (store.upstreams[from] !== undefined) store.upstreams[to] = store.upstreams[from];
  delete store.upstreams[from];
  if (store.branch === from) store.branch = to;
}

/** Has a branch follow one of the remote; gives what git says of it. */
export function follow({ store }: Clone, own: string, theirs: string): string {
  store.upstreams[own] = theirs;
  return `branch '${own}' set up to track 'origin/${theirs}'.\n`;
}
