import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { FORMS } from './diff.ts';
import { fatal } from './fail.ts';
import { changesOfCommit, entry, LAYOUT, LAYOUT_VALUES, lookOf } from './log.ts';
import { anyOf, fromRoot } from './paths.ts';
import { commitOf, resolve } from './revision.ts';
import { type Clone, textAt } from './store.ts';

/** `git show`: commits, and files as they were. */

export async function show(argv: string[], clone: Clone): Promise<number> {
  const { io } = clone;
  const read = readArguments('git show', argv, { switches: [...LAYOUT, ...FORMS], values: LAYOUT_VALUES });
  const given = lookOf(read);
  const look = { ...given, form: given.form ?? ('patch' as const) };
  const wanted = anyOf(clone, read.after);
  let isFirst = true;
  for (const name of read.words.length > 0 ? read.words : ['HEAD']) {
    const [, revision = '', path] = /^([^:]*):(.*)$/s.exec(name) ?? [];
    if (path !== undefined) {
      io.out(contentOf(clone, revision, path));
      continue;
    }
    const commit = commitOf(clone, name);
    if (!isFirst && look.layout === null) io.out('\n');
    isFirst = false;
    io.out(entry(clone, commit, look, wanted));
    if (commit.parents.length < 2 || look.form === 'none') continue;
    if (look.form !== 'patch' && look.form !== 'stat') throw new NotSimulated('names of what a merge changed');
    // What both sides changed is all that a merge shows, and a forge merges nothing of the kind.
    io.out(`\n${look.form === 'stat' ? changesOfCommit(clone, commit, 'stat', wanted) : ''}`);
  }
  return 0;
}

/** `REVISION:path`; `:path` is what is staged. */
export function contentOf(clone: Clone, revision: string, path: string): string {
  const where = /^\.\.?\//.test(path) ? fromRoot(clone, path) : path;
  const commit = revision === '' ? null : resolve(clone, revision);
  if (revision !== '' && !commit) throw fatal(`invalid object name '${revision}'.`);
  const tree = commit?.tree ?? clone.store.index;
  const id = tree[where];
  if (id !== undefined) return textAt(clone, id);
  const below = Object.keys(tree).filter((one) => where === '' || one.startsWith(`${where}/`));
  if (commit && below.length > 0) {
    const rows = new Set(below.map((one) => one.slice(where === '' ? 0 : where.length + 1).replace(/\/.*/, '/')));
    return `tree ${revision}:${path}\n\n${[...rows]
      .sort()
      .map((row) => `${row}\n`)
      .join('')}`;
  }
  throw commit
    ? fatal(`path '${where}' does not exist in '${revision}'`)
    : fatal(`path '${where}' does not exist (neither on disk nor in the index)`);
}
