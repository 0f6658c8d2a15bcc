import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { follow, make } from './branch.ts';
import { fatal } from './fail.ts';
import { commitOf, resolve, short, subjectOf } from './revision.ts';
import { restored } from './stage.ts';
import { refuseLoss, tracking } from './status.ts';
import { type Clone, type Commit, head, save, sorted, writeTree } from './store.ts';

/** `git switch` and `git checkout`: stands on another branch or commit. */

export async function switchTo(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git switch', argv, {
    switches: ['detach d', 'quiet q', 'guess'],
    values: ['create c'],
  });
  const [name] = read.words;
  const made = read.one('create');
  if (made !== undefined) return created(clone, made, name, read.has('quiet'));
  if (name === undefined) throw fatal('missing branch or commit argument');
  if (read.has('detach')) return detach(clone, commitOf(clone, name), read.has('quiet'), false);
  const target = name === '-' ? (clone.store.previous ?? '-') : name;
  if (await isStanding(clone, target, read.has('quiet'))) return 0;
  if (resolve(clone, target))
    throw fatal(
      `a branch is expected, got ${clone.store.remotes[target.replace(/^origin\//, '')] ? 'remote branch' : 'commit'} '${target}'\nhint: If you want to detach HEAD at the commit, try again with the --detach option.`,
    );
  throw fatal(`invalid reference: ${target}`);
}

export async function checkout(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git checkout', argv, { switches: ['quiet q', 'detach'], values: ['create b', 'b'] });
  const isSeparated = argv.includes('--');
  const made = read.one('create') ?? read.one('b');
  const [name, ...more] = read.words;
  if (made !== undefined) return created(clone, made, name, read.has('quiet'));
  if (name === undefined && !isSeparated) throw new NotSimulated('git checkout without a name');
  const target = name === '-' ? (store.previous ?? '-') : name;
  if (!isSeparated && more.length === 0 && target !== undefined) {
    if (!read.has('detach') && (await isStanding(clone, target, read.has('quiet')))) return 0;
    const commit = resolve(clone, target);
    if (commit) return detach(clone, commit, read.has('quiet'), !read.has('detach'), target);
  }
  const from = target === undefined ? null : resolve(clone, target);
  const paths = [...(from || target === undefined ? more : [target, ...more]), ...read.after];
  const count = await restored(clone, from?.tree ?? store.index, paths, { index: from !== null, files: true });
  // Git counts only where no `--` stands before the paths.
  if (!read.has('quiet') && !isSeparated)
    io.err(`Updated ${count} path${count === 1 ? '' : 's'} from ${from ? short(from.id) : 'the index'}\n`);
  return 0;
}

async function created(clone: Clone, name: string, from: string | undefined, isQuiet: boolean): Promise<number> {
  const { store, io } = clone;
  if (from !== undefined && !resolve(clone, from)) {
    const said = `'${from}' is not a commit and a branch '${name}' cannot be created from it`;
    throw fatal(store.branches[name] === undefined ? said : `a branch named '${name}' already exists`);
  }
  const start = make(clone, name, from ?? 'HEAD');
  const upstream = from?.startsWith('origin/') ? from.slice('origin/'.length) : null;
  // A branch from where one stands leaves all files alone, whatever is staged.
  if (start.id !== head(clone)?.id)
    await go(clone, start).catch((error: unknown) => {
      delete store.branches[name];
      throw error;
    });
  stand(clone, name);
  if (upstream !== null && store.remotes[upstream] !== undefined) {
    const said = follow(clone, name, upstream);
    if (!isQuiet) io.out(said);
  }
  if (!isQuiet) io.err(`Switched to a new branch '${name}'\n`);
  await save(clone);
  return 0;
}

/** Stands on a branch, made from the remote's where only that one is there; false where there is none of this name. */
async function isStanding(clone: Clone, name: string, isQuiet: boolean): Promise<boolean> {
  const { store, io } = clone;
  const theirs = store.remotes[name];
  if (store.branches[name] === undefined && theirs !== undefined)
    return (await created(clone, name, `origin/${name}`, isQuiet)) === 0;
  const tip = store.commits[store.branches[name] ?? ''];
  if (!tip) return false;
  const isSame = store.branch === name;
  const left = store.branch === null ? head(clone) : null;
  const kept = await go(clone, tip);
  if (left && left.id !== tip.id) io.err(`Previous HEAD position was ${short(left.id)} ${subjectOf(left)}\n`);
  if (!isSame) stand(clone, name);
  if (!isQuiet) {
    io.out(kept);
    io.err(isSame ? `Already on '${name}'\n` : `Switched to branch '${name}'\n`);
    io.out(tracking(clone));
  }
  await save(clone);
  return true;
}

function stand({ store }: Clone, name: string): void {
  store.previous = store.branch ?? store.detached;
  store.branch = name;
  store.detached = null;
}

async function detach(clone: Clone, to: Commit, isQuiet: boolean, isAdvised: boolean, name = ''): Promise<number> {
  const { store, io } = clone;
  const left = store.branch === null ? head(clone) : null;
  const kept = await go(clone, to);
  store.previous = store.branch ?? store.detached;
  store.branch = null;
  store.detached = to.id;
  if (!isQuiet) {
    io.out(kept);
    if (left && left.id !== to.id) io.err(`Previous HEAD position was ${short(left.id)} ${subjectOf(left)}\n`);
    if (isAdvised && !left) io.err(adviceOn(name));
    io.err(`HEAD is now at ${short(to.id)} ${subjectOf(to)}\n`);
  }
  await save(clone);
  return 0;
}

const adviceOn = (name: string): string => `Note: switching to '${name}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;

/** Brings files and index to a commit; what is not committed stays, and is listed. */
async function go(clone: Clone, to: Commit): Promise<string> {
  const { store } = clone;
  const from = head(clone)?.tree ?? {};
  const { staged, unstaged } = await refuseLoss(clone, to.tree, 'checkout');
  await writeTree(clone, from, to.tree);
  const own = Object.fromEntries(staged.flatMap(({ path, after }) => (after === null ? [] : [[path, after]])));
  const gone = new Set(
    staged.flatMap(({ path, from: old, after }) => (after === null ? [path] : old === path ? [] : [old])),
  );
  store.index = sorted(Object.fromEntries(Object.entries({ ...to.tree, ...own }).filter(([path]) => !gone.has(path))));
  const rows = new Map(unstaged.map(({ status, path }) => [path, status]));
  for (const { status, path } of staged) rows.set(path, status === 'R' ? 'A' : status);
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, status]) => `${status}\t${path}\n`)
    .join('');
}
