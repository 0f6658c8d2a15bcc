import { type Arguments, readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { changesOf } from './changes.ts';
import { changesText, type Form } from './patch.ts';
import { anyOf, fromRoot } from './paths.ts';
import { commitOf, historyOf, revisionsAndPaths } from './revision.ts';
import { type Clone, head, type Tree, textAt, workingTree } from './store.ts';

/** `git diff`. */

export const FORMS = ['stat', 'name-only', 'name-status', 'patch p', 'no-patch s'];

/** The form that the flags ask for; null where they ask for none. */
export function formOf(read: Arguments): Form | null {
  const forms = [
    ...(read.has('stat') ? (['stat'] as const) : []),
    ...(read.has('name-only') ? (['names'] as const) : []),
    ...(read.has('name-status') ? (['statuses'] as const) : []),
    ...(read.has('no-patch') ? (['none'] as const) : []),
    ...(read.has('patch') || read.one('unified') !== undefined ? (['patch'] as const) : []),
  ];
  if (forms.length > 1) throw new NotSimulated('two forms of a diff at once');
  return forms[0] ?? null;
}

export async function diff(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git diff', argv, {
    switches: [...FORMS, 'cached', 'staged', 'quiet', 'exit-code', 'no-color', 'no-renames'],
    values: ['unified U'],
  });
  const working = await workingTree(clone);
  const isPath = (word: string) =>
    [...Object.keys(working), ...Object.keys(store.index)].some((path) => anyOf(clone, [word])(path)) ||
    fromRoot(clone, word) === '';
  const { revisions, paths } = revisionsAndPaths(clone, read.words, read.after, argv.includes('--'), isPath);
  const isCached = read.has('cached') || read.has('staged');
  const [from, to] = sidesOf(clone, revisions, isCached, working);
  const wanted = anyOf(clone, paths);
  const pick = (tree: Tree) => Object.fromEntries(Object.entries(tree).filter(([path]) => wanted(path)));
  const changes = changesOf(pick(from), pick(to), (id) => textAt(clone, id));
  const form = read.has('quiet') ? 'none' : (formOf(read) ?? 'patch');
  io.out(changesText(changes, form, (id) => textAt(clone, id), Number(read.one('unified') ?? 3)));
  return changes.length > 0 && (read.has('quiet') || read.has('exit-code')) ? 1 : 0;
}

function sidesOf(clone: Clone, revisions: readonly string[], isCached: boolean, working: Tree): [Tree, Tree] {
  const { store } = clone;
  const [first, second] = revisions;
  const [, left = '', dots = '', right = ''] = /^(.*?)(\.{2,3})(.*)$/.exec(first ?? '') ?? [];
  if (dots !== '') {
    const [a, b] = [commitOf(clone, left || 'HEAD'), commitOf(clone, right || 'HEAD')];
    const base = new Set(historyOf(store, [b]).map(({ id }) => id));
    const start = dots === '..' ? a : historyOf(store, [a]).find(({ id }) => base.has(id));
    return [start?.tree ?? {}, b.tree];
  }
  if (second !== undefined) return [commitOf(clone, first ?? 'HEAD').tree, commitOf(clone, second).tree];
  if (isCached) return [(first === undefined ? head(clone) : commitOf(clone, first))?.tree ?? {}, store.index];
  const tracked = Object.fromEntries(Object.entries(working).filter(([path]) => store.index[path] !== undefined));
  return [first === undefined ? store.index : commitOf(clone, first).tree, tracked];
}
