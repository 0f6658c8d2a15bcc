import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { commitId, treeId } from '#sim/forges/git-objects.ts';
import { changesOf } from './changes.ts';
import { fatal, GitError } from './fail.ts';
import { dateOf } from './log.ts';
import { commitSummary } from './patch.ts';
import { anyOf } from './paths.ts';
import { short, subjectOf } from './revision.ts';
import { stageTracked } from './stage.ts';
import { longStatus, stateOf } from './status.ts';
import { type Clone, type Commit, head, moveHead, save, textAt, textOf, workingTree } from './store.ts';

/** `git commit`. */

export async function commit(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git commit', argv, {
    switches: ['all a', 'allow-empty', 'quiet q', 'no-verify n', 'no-edit', 'amend', 'signoff s'],
    values: ['message m', 'file F'],
  });
  const paths = [...read.words, ...read.after];
  const messages = read.all('message');
  const file = read.one('file');
  if (file !== undefined) messages.push(file === '-' ? await io.stdin() : textOf(await io.files.read(file)));
  const user = await userOf(clone);
  if (read.has('all')) await stageTracked(clone);
  if (paths.length > 0) await stagePaths(clone, paths);
  const top = head(clone);
  const amended = read.has('amend') ? top : null;
  if (read.has('amend') && !amended) throw fatal('You have nothing to amend.');
  const parents = amended ? amended.parents : top ? [top.id] : [];
  const before = store.commits[parents[0] ?? '']?.tree ?? {};
  if (amended && read.has('no-edit') && messages.length === 0) messages.push(amended.message);
  if (
    amended &&
    parents.length === 1 &&
    !read.has('allow-empty') &&
    changesOf(before, store.index, (id) => textAt(clone, id)).length === 0
  )
    throw new NotSimulated('an amended commit that changes nothing', 'Take the commit back: git reset HEAD~1.');
  if (!amended && changesOf(before, store.index, (id) => textAt(clone, id)).length === 0 && !read.has('allow-empty')) {
    io.out(longStatus(clone, await stateOf(clone)));
    return 1;
  }
  if (messages.length === 0)
    throw new GitError(
      'error: Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.',
      1,
    );
  const message = cleaned(
    messages.join('\n\n'),
    read.has('signoff') ? `Signed-off-by: ${user.name} <${user.email}>` : '',
  );
  if (message === '') throw new GitError('Aborting commit due to empty commit message.', 1);
  const made = await commitOver(clone, parents, message, amended?.author ?? nowBy(clone, user));
  await save(clone);
  if (read.has('quiet')) return 0;
  const where = store.branch ?? 'detached HEAD';
  io.out(`[${where}${parents.length > 0 ? '' : ' (root-commit)'} ${short(made.id)}] ${subjectOf(made)}\n`);
  if (amended) io.out(` Date: ${dateOf(made.author.atS, 'default')}\n`);
  io.out(commitSummary(before, made.tree, (id) => textAt(clone, id), 'count'));
  return 0;
}

/** Makes a commit of what is staged, and stands on it. */
async function commitOver(
  { store }: Clone,
  parents: string[],
  message: string,
  author: Commit['author'],
): Promise<Commit> {
  const draft = { parents, author, message };
  const id = await commitId(draft, await treeId(new Map(Object.entries(store.index))));
  const made = { id, ...draft, tree: store.index };
  store.commits[id] = made;
  moveHead(store, id);
  return made;
}

const nowBy = ({ io }: Clone, user: { name: string; email: string }): Commit['author'] => ({
  ...user,
  atS: Math.floor(io.nowMs / 1_000),
});

async function stagePaths(clone: Clone, paths: readonly string[]): Promise<void> {
  const wanted = anyOf(clone, paths);
  const working = await workingTree(clone);
  const known = Object.keys(clone.store.index);
  for (const path of paths)
    if (!known.some(anyOf(clone, [path])))
      throw new GitError(`error: pathspec '${path}' did not match any file(s) known to git`, 1);
  const rows = known.flatMap((path) => {
    const id = wanted(path) ? working[path] : (head(clone)?.tree[path] ?? clone.store.index[path]);
    return id === undefined ? [] : [[path, id] as const];
  });
  clone.store.index = Object.fromEntries(rows);
}

/** Without spaces at the ends of lines, comments, and more than one empty line in a row. */
function cleaned(message: string, last: string): string {
  const text = message
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  if (text === '') return '';
  return last === '' ? `${text}\n` : `${text}\n\n${last}\n`;
}

/** Who commits: what `git config` says here, else for the person. */
export async function userOf({ io, store }: Clone): Promise<{ name: string; email: string }> {
  const all = { ...userIn(await globalConfig(io)), ...store.user };
  const { name, email } = all;
  if (name !== undefined && email !== undefined) return { name, email };
  throw fatal('the practice shell needs user.name and user.email: set them with git config');
}

export const CONFIG = '.gitconfig';

export async function globalConfig(io: Clone['io']): Promise<string> {
  const path = `${io.env['HOME'] ?? ''}/${CONFIG}`;
  return (await io.files.exists(path)) ? textOf(await io.files.read(path)) : '';
}

/** `name` and `email` of its section `[user]`. */
export function userIn(config: string): Record<string, string> {
  const [, section = ''] = /^\[user\]$([^[]*)/m.exec(config) ?? [];
  return Object.fromEntries(
    [...section.matchAll(/^\s*(\w+)\s*=\s*(.*?)\s*$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}
