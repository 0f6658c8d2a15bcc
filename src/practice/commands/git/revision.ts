import { fatal, GitError } from './fail.ts';
import { type Clone, type Commit, head, type Store } from './store.ts';

/** Names of commits, and questions about the history. */

const ABBREVIATED = 7;

export const short = (id: string): string => id.slice(0, ABBREVIATED);
export const subjectOf = ({ message }: Pick<Commit, 'message'>): string =>
  (message.trim().split(/\n\s*\n/)[0] ?? '').replaceAll('\n', ' ');

/** HEAD, @, a branch, origin/branch, FETCH_HEAD, an id or its beginning, each with ~N and ^N; null for anything else. */
export function resolve(clone: Clone, name: string): Commit | null {
  const { store } = clone;
  const [, base = '', steps = ''] = /^(.*?)((?:~\d*|\^\d*)*)$/.exec(name) ?? [];
  let commit = named(clone, base);
  for (const [, sign, count = ''] of steps.matchAll(/([~^])(\d*)/g)) {
    const number = count === '' ? 1 : Number(count);
    if (sign === '^') commit = number === 0 ? commit : parentOf(store, commit, number - 1);
    else for (let step = 0; step < number; step++) commit = parentOf(store, commit, 0);
  }
  return commit;
}

function named(clone: Clone, name: string): Commit | null {
  const { store } = clone;
  if (name === 'HEAD' || name === '@') return head(clone);
  const plain = name.replace(/^refs\/(heads|remotes)\//, '');
  const remote = plain.replace(/^origin\//, '');
  const id =
    (name === 'FETCH_HEAD' ? store.fetched : null) ??
    store.branches[plain] ??
    (plain === 'origin' || plain === 'origin/HEAD' ? store.remotes[store.trunk] : null) ??
    (remote === plain ? null : store.remotes[remote]);
  if (id) return store.commits[id] ?? null;
  if (!/^[0-9a-f]{4,40}$/.test(name)) return null;
  const found = Object.values(store.commits).filter((one) => one.id.startsWith(name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

const parentOf = (store: Store, commit: Commit | null, nth: number): Commit | null =>
  store.commits[commit?.parents[nth] ?? ''] ?? null;

/** Like `resolve`, but a name that is none is an error. */
export function commitOf(clone: Clone, name: string): Commit {
  const found = resolve(clone, name);
  if (found) return found;
  throw /^[0-9a-f]{40}$/.test(name)
    ? fatal(`bad object ${name}`)
    : fatal(
        `ambiguous argument '${name}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
      );
}

/** These commits and all before them without those, newest first. */
export function historyOf({ commits }: Store, from: readonly Commit[], without: readonly Commit[] = []): Commit[] {
  const seen = new Set<string>();
  const skip = [...without];
  for (let one = skip.pop(); one; one = skip.pop()) {
    if (seen.has(one.id)) continue;
    seen.add(one.id);
    skip.push(...one.parents.flatMap((id) => commits[id] ?? []));
  }
  const queue: Commit[] = [];
  // As git keeps its queue: by date, and of one date the earlier found first.
  const put = (commit: Commit) => {
    if (seen.has(commit.id)) return;
    seen.add(commit.id);
    const at = queue.findIndex(({ author }) => author.atS < commit.author.atS);
    queue.splice(at < 0 ? queue.length : at, 0, commit);
  };
  for (const one of from) put(one);
  const found: Commit[] = [];
  for (let one = queue.shift(); one; one = queue.shift()) {
    found.push(one);
    for (const id of one.parents) if (commits[id]) put(commits[id]);
  }
  return found;
}

export const isAncestor = (store: Store, old: Commit, young: Commit): boolean =>
  historyOf(store, [young]).some(({ id }) => id === old.id);

/** How many commits each has that the other has not. */
export function apart(store: Store, one: Commit, other: Commit): { ahead: number; behind: number } {
  return { ahead: historyOf(store, [one], [other]).length, behind: historyOf(store, [other], [one]).length };
}

/** Revisions and paths of a command line: up to `--`, or to the first word that names no commit. */
export function revisionsAndPaths(
  clone: Clone,
  words: readonly string[],
  after: readonly string[],
  isSeparated: boolean,
  isPath: (word: string) => boolean,
): { revisions: string[]; paths: string[] } {
  if (isSeparated) return { revisions: [...words], paths: [...after] };
  const end = words.findIndex((word) => !isRevision(clone, word));
  if (end < 0) return { revisions: [...words], paths: [] };
  const strange = words.slice(end).find((word) => !isPath(word));
  if (strange !== undefined) commitOf(clone, strange);
  if (strange !== undefined) throw new GitError(`fatal: bad revision '${strange}'`);
  return { revisions: words.slice(0, end), paths: words.slice(end) };
}

const isRevision = (clone: Clone, word: string): boolean =>
  word.split(/\.{2,3}/).every((part) => (part === '' && word.includes('..')) || resolve(clone, part) !== null);
