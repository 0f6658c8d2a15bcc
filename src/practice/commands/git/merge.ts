import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { fetched } from './clone.ts';
import { fatal, GitError } from './fail.ts';
import { commitSummary } from './patch.ts';
import { isAncestor, resolve, short } from './revision.ts';
import { refuseLoss } from './status.ts';
import { type Clone, type Commit, head, moveHead, save, sorted, textAt, writeTree } from './store.ts';
import { checkRemote } from './wire.ts';

/** `git merge` and `git pull`: only forward, along one line of history. */

export async function merge(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git merge', argv, { switches: ['ff-only', 'ff', 'quiet q', 'no-edit'] });
  const [name = '', ...more] = read.words;
  if (more.length > 0) throw new NotSimulated('git merge of several branches');
  const other = resolve(clone, name);
  if (!other) {
    const meant = clone.store.remotes[name] === undefined ? '' : `\n\nDid you mean this?\n\torigin/${name}`;
    throw new GitError(`merge: ${name} - not something we can merge${meant}`, 1);
  }
  return forward(clone, other, read.has('quiet'), read.has('ff-only'));
}

async function forward(clone: Clone, to: Commit, isQuiet: boolean, isForwardOnly: boolean): Promise<number> {
  const { io, store } = clone;
  const from = head(clone);
  if (!from) throw fatal('no commit to merge into');
  if (isAncestor(store, to, from)) {
    if (!isQuiet) io.out('Already up to date.\n');
    return 0;
  }
  if (!isAncestor(store, from, to)) {
    if (isForwardOnly) throw fatal('Not possible to fast-forward, aborting.');
    throw new NotSimulated('git merge of branches that have gone apart');
  }
  if (!isQuiet) io.out(`Updating ${short(from.id)}..${short(to.id)}\n`);
  const { staged } = await refuseLoss(clone, to.tree, 'merge');
  await writeTree(clone, from.tree, to.tree);
  const own = staged.flatMap(({ path, after }) => (after === null ? [] : [[path, after] as const]));
  const gone = new Set(staged.flatMap(({ path, after }) => (after === null ? [path] : [])));
  const rows = Object.entries({ ...to.tree, ...Object.fromEntries(own) }).filter(([path]) => !gone.has(path));
  store.index = sorted(Object.fromEntries(rows));
  moveHead(store, to.id);
  await save(clone);
  if (!isQuiet) io.out(`Fast-forward\n${commitSummary(from.tree, to.tree, (id) => textAt(clone, id), 'stat')}`);
  return 0;
}

export async function pull(argv: string[], clone: Clone): Promise<number> {
  const { store } = clone;
  const read = readArguments('git pull', argv, { switches: ['quiet q', 'ff-only', 'prune p'] });
  const [remote, name] = read.words;
  const upstream = store.upstreams[store.branch ?? ''];
  const isQuiet = read.has('quiet');
  try {
    checkRemote(clone, remote);
    await fetched(clone, name === undefined ? [] : [name], { isQuiet, isPruning: read.has('prune') });
  } catch (error) {
    // It only hears that its fetch has failed.
    throw error instanceof GitError ? new GitError(error.message, 1) : error;
  }
  await save(clone);
  if (name === undefined && (upstream === undefined || store.branch === null)) throw untracked(store.branch, remote);
  const to = store.commits[(name === undefined ? store.remotes[upstream ?? ''] : store.fetched) ?? ''];
  if (!to) throw noSuchRef(upstream ?? '');
  const from = head(clone);
  if (from && !isAncestor(store, to, from) && !isAncestor(store, from, to) && !read.has('ff-only')) throw apartError();
  return forward(clone, to, isQuiet, read.has('ff-only'));
}

function untracked(branch: string | null, remote: string | undefined): GitError {
  if (branch === null)
    return new GitError(
      'You are not currently on a branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n',
      1,
    );
  return remote === undefined
    ? new GitError(
        `There is no tracking information for the current branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=origin/<branch> ${branch}\n`,
        1,
      )
    : new GitError(
        `You asked to pull from the remote '${remote}', but did not specify\na branch. Because this is not the default configured remote\nfor your current branch, you must specify a branch on the command line.`,
        1,
      );
}

const noSuchRef = (branch: string): GitError =>
  new GitError(
    `Your configuration specifies to merge with the ref 'refs/heads/${branch}'\nfrom the remote, but no such ref was fetched.`,
    1,
  );

const apartError = (): GitError =>
  new GitError(
    `hint: You have divergent branches and need to specify how to reconcile them.
hint: You can do so by running one of the following commands sometime before
hint: your next pull:
hint: 
hint:   git config pull.rebase false  # merge
hint:   git config pull.rebase true   # rebase
hint:   git config pull.ff only       # fast-forward only
hint: 
hint: You can replace "git config" with "git config --global" to set a default
hint: preference for all repositories. You can also pass --rebase, --no-rebase,
hint: or --ff-only on the command line to override the configured default per
hint: invocation.
fatal: Need to specify how to reconcile divergent branches.`,
  );
