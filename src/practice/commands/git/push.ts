import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import type { GitCommit, GitPush } from '#sim/forges/repositories.ts';
import { follow } from './branch.ts';
import { fatal, GitError } from './fail.ts';
import { historyOf, isAncestor, resolve, short } from './revision.ts';
import { type Clone, type Commit, head, save, textAt } from './store.ts';
import { ask, checkRemote, takeIn, tell } from './wire.ts';

/** `git push`. */

interface Update {
  /** As it was named; null for a deletion. */
  source: string | null;
  commit: Commit | null;
  branch: string;
  isForced: boolean;
}

export async function push(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git push', argv, {
    switches: ['quiet q', 'set-upstream u', 'delete d', 'force f', 'force-with-lease', 'no-verify'],
    values: ['push-option o'],
  });
  const [remote, ...refs] = read.words;
  checkRemote(clone, remote);
  const isForced = read.has('force') || read.has('force-with-lease');
  const updates = (refs.length > 0 ? refs : [ownRef(clone, read.has('set-upstream') && read.words.length > 0)]).map(
    (ref) =>
      read.has('delete')
        ? { source: null, commit: null, branch: plain(ref), isForced }
        : updateOf(clone, ref, isForced),
  );
  const wire = await ask(io, store.remote);
  const said = new Said(clone, read.has('quiet'));
  const good = updates.filter((update) => {
    const { commit, branch } = update;
    const old = wire.branches[branch];
    if (read.has('force-with-lease') && old !== store.remotes[branch])
      throw new NotSimulated('git push --force-with-lease over what was not fetched');
    if (commit === null && old === undefined)
      throw said.refused([`error: unable to delete '${branch}': remote ref does not exist`]);
    const before = store.commits[old ?? ''];
    const isBehind = commit !== null && old !== undefined && !(before && isAncestor(store, before, commit));
    if (isBehind && !update.isForced) said.reject(update, before ? 'non-fast-forward' : 'fetch first', head(clone));
    else if (old !== commit?.id) said.accept(update, old, isBehind);
    return !(isBehind && !update.isForced) && old !== commit?.id;
  });
  const known = new Set(wire.commits.map(({ id }) => id));
  const fresh = historyOf(
    store,
    good.flatMap(({ commit }) => commit ?? []),
  ).filter(({ id }) => !known.has(id));
  const sent: GitPush = {
    commits: fresh.toReversed().map((commit) => whole(clone, commit)),
    updates: good.map(({ branch, commit }) => ({ branch, after: commit?.id ?? null })),
    options: read.all('push-option'),
  };
  const lines = good.length > 0 ? await tell(io, store.remote, sent) : [];
  io.err(lines.map((line) => `remote: ${line}${line === '' ? '' : '        '}\n`).join(''));
  for (const { branch, commit } of good) {
    if (commit === null) delete store.remotes[branch];
    else store.remotes[branch] = commit.id;
  }
  if (read.has('set-upstream'))
    for (const { source, branch } of updates) {
      const own = source === 'HEAD' ? store.branch : source;
      if (own !== null && store.branches[own] !== undefined) io.out(follow(clone, own, branch));
    }
  takeIn(store, { ...wire, commits: wire.commits.filter(({ id }) => store.commits[id] !== undefined) });
  await save(clone);
  return said.end(good.length > 0);
}

const plain = (name: string): string => name.replace(/^refs\/heads\//, '');
const whole = (clone: Clone, commit: Commit): GitCommit => ({
  ...commit,
  tree: Object.fromEntries(Object.entries(commit.tree).map(([path, id]) => [path, textAt(clone, id)])),
});

/** What is pushed where nothing is named: the branch that one stands on, if it follows one of the same name. */
function ownRef({ store }: Clone, isAnyway: boolean): string {
  const { branch } = store;
  if (branch === null)
    throw fatal(
      'You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n    git push origin HEAD:<name-of-remote-branch>\n',
    );
  const upstream = store.upstreams[branch];
  if (upstream === undefined && !isAnyway)
    throw fatal(
      `The current branch ${branch} has no upstream branch.\nTo push the current branch and set the remote as upstream, use\n\n    git push --set-upstream origin ${branch}\n\nTo have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n`,
    );
  if (upstream !== undefined && upstream !== branch)
    throw fatal(
      `The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\non the remote, use\n\n    git push origin HEAD:${upstream}\n\nTo push to the branch of the same name on the remote, use\n\n    git push origin HEAD\n\nTo choose either option permanently, see push.default in 'git help config'.\n\nTo avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n`,
    );
  return branch;
}

/** `branch`, `HEAD`, `source:branch`, `:branch`, each with a `+` before it to force it. */
function updateOf(clone: Clone, ref: string, isForced: boolean): Update {
  const { store } = clone;
  const [, plus = '', source = '', target] = /^(\+?)([^:]*)(?::(.*))?$/.exec(ref) ?? [];
  const forced = isForced || plus === '+';
  if (source === '' && target !== undefined)
    return { source: null, commit: null, branch: plain(target), isForced: forced };
  const commit = resolve(clone, source);
  if (!commit) throw unmatched(clone, source);
  const branch = target ?? (source === 'HEAD' ? store.branch : source);
  if (branch === null || branch === '')
    throw new GitError(
      `error: The destination you provided is not a full refname (i.e.,\nstarting with "refs/").\nerror: failed to push some refs to '${store.remote}'`,
      1,
    );
  return { source, commit, branch: plain(branch), isForced: forced };
}

const unmatched = ({ store }: Clone, source: string): GitError =>
  new GitError(
    `error: src refspec ${source} does not match any\nerror: failed to push some refs to '${store.remote}'`,
    1,
  );

const HINTS: Readonly<Record<string, string>> = {
  'fetch first': `hint: Updates were rejected because the remote contains work that you do
hint: not have locally. This is usually caused by another repository pushing
hint: to the same ref. You may want to first integrate the remote changes
hint: (e.g., 'git pull ...') before pushing again.
`,
  'non-fast-forward': `hint: Updates were rejected because the tip of your current branch is behind
hint: its remote counterpart. Integrate the remote changes (e.g.
hint: 'git pull ...') before pushing again.
`,
  other: `hint: Updates were rejected because a pushed branch tip is behind its remote
hint: counterpart. Check out this branch and integrate the remote changes
hint: (e.g. 'git pull ...') before pushing again.
`,
};

/** What git prints of each branch, and at the end. */
class Said {
  readonly #clone: Clone;
  readonly #isQuiet: boolean;
  readonly #rows: string[] = [];
  #hint: string | null = null;
  constructor(clone: Clone, isQuiet: boolean) {
    this.#clone = clone;
    this.#isQuiet = isQuiet;
  }
  accept({ source, commit, branch }: Update, old: string | undefined, isForced: boolean): void {
    if (this.#isQuiet) return;
    const to = commit === null ? branch : `${plain(source ?? '')} -> ${branch}`;
    const [mark, what] =
      commit === null
        ? ['-', '[deleted]']
        : old === undefined
          ? ['*', '[new branch]']
          : isForced
            ? ['+', `${short(old)}...${short(commit.id)}`]
            : [' ', `${short(old)}..${short(commit.id)}`];
    this.#rows.push(` ${mark} ${what.padEnd(17)} ${to}${isForced ? ' (forced update)' : ''}\n`);
  }
  reject({ source, branch, commit }: Update, why: 'fetch first' | 'non-fast-forward', standing: Commit | null): void {
    this.#hint ??= why === 'non-fast-forward' && commit?.id !== standing?.id ? 'other' : why;
    this.#rows.push(` ! ${'[rejected]'.padEnd(17)} ${plain(source ?? '')} -> ${branch} (${why})\n`);
  }
  refused(lines: readonly string[]): GitError {
    return new GitError([...lines, `error: failed to push some refs to '${this.#clone.store.remote}'`].join('\n'), 1);
  }
  /** Gives the exit code. */
  end(isChanged: boolean): number {
    const { io, store } = this.#clone;
    if (this.#rows.length > 0) io.err(`To ${store.remote}\n${this.#rows.join('')}`);
    if (this.#hint !== null) {
      io.err(`error: failed to push some refs to '${store.remote}'\n`);
      io.err(`${HINTS[this.#hint]}hint: See the 'Note about fast-forwards' in 'git push --help' for details.\n`);
      return 1;
    }
    if (!isChanged && !this.#isQuiet) io.err('Everything up-to-date\n');
    return 0;
  }
}
