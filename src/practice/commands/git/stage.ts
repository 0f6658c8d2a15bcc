import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { fatal, GitError } from './fail.ts';
import { anyOf, fromRoot, matches } from './paths.ts';
import { commitOf, resolve, short, subjectOf } from './revision.ts';
import { stateOf } from './status.ts';
import { type Clone, moveHead, removeFile, save, sorted, type Tree, workingTree, writeTree } from './store.ts';

/** What is to be committed: add, rm, mv, restore, reset. */

export async function add(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git add', argv, { switches: ['all A', 'update u', 'verbose v', 'force f'] });
  const words = [...read.words, ...read.after];
  const isAll = read.has('all') || read.has('update');
  if (words.length === 0 && !isAll) {
    io.err(
      `Nothing specified, nothing added.\nhint: Maybe you wanted to say 'git add .'?\nhint: Turn this message off by running\nhint: "git config advice.addEmptyPathspec false"\n`,
    );
    return 0;
  }
  const working = await workingTree(clone);
  const known = [...Object.keys(store.index), ...Object.keys(working)];
  refuseUnknown(clone, words, known);
  const wanted = anyOf(clone, words);
  const index = { ...store.index };
  for (const path of new Set(known)) {
    if (!wanted(path) || (read.has('update') && store.index[path] === undefined)) continue;
    const now = working[path];
    if (read.has('verbose') && now !== store.index[path]) io.out(`${now === undefined ? 'remove' : 'add'} '${path}'\n`);
    if (now === undefined) delete index[path];
    else index[path] = now;
  }
  store.index = sorted(index);
  await save(clone);
  return 0;
}

/** `.` and the like mean the folder, which is always there. */
function refuseUnknown(clone: Clone, words: readonly string[], paths: readonly string[]): void {
  for (const word of words)
    if (fromRoot(clone, word) !== '' && !paths.some(matches(clone, word)))
      throw fatal(`pathspec '${word}' did not match any files`);
}

export async function rm(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git rm', argv, { switches: ['r', 'force f', 'cached', 'quiet q'] });
  const words = [...read.words, ...read.after];
  if (words.length === 0) throw fatal('No pathspec was given. Which files should I remove?');
  const paths = Object.keys(store.index);
  refuseUnknown(clone, words, paths);
  for (const word of words)
    if (!read.has('r') && !/[*?[]/.test(word) && store.index[fromRoot(clone, word)] === undefined)
      throw fatal(`not removing '${word}' recursively without -r`);
  const wanted = anyOf(clone, words);
  const gone = paths.filter(wanted);
  if (!read.has('force') && !read.has('cached')) await refuseChanged(clone, gone);
  for (const path of gone) {
    if (!read.has('cached')) await removeFile(clone, path);
    if (!read.has('quiet')) io.out(`rm '${path}'\n`);
  }
  store.index = Object.fromEntries(Object.entries(store.index).filter(([path]) => !wanted(path)));
  await save(clone);
  return 0;
}

async function refuseChanged(clone: Clone, paths: readonly string[]): Promise<void> {
  const { staged, unstaged } = await stateOf(clone);
  const rows: [string, string[]][] = [
    ['changes staged in the index', staged.map(({ path }) => path)],
    ['local modifications', unstaged.filter(({ status }) => status !== 'D').map(({ path }) => path)],
  ];
  for (const [what, changed] of rows) {
    const found = paths.filter((path) => changed.includes(path));
    if (found.length === 0) continue;
    const files = found.length === 1 ? 'file has' : 'files have';
    throw new GitError(
      `error: the following ${files} ${what}:\n${found.map((path) => `    ${path}\n`).join('')}(use --cached to keep the file, or -f to force removal)`,
      1,
    );
  }
}

export async function mv(argv: string[], clone: Clone): Promise<number> {
  const { io, root, store } = clone;
  const read = readArguments('git mv', argv, {});
  const [source = '', target = '', ...more] = read.words;
  if (!target || more.length > 0) throw new NotSimulated('git mv but of one file or folder');
  const from = fromRoot(clone, source);
  const isFolder = (await io.files.list(`${root}/${fromRoot(clone, target)}`)) !== null;
  const to = fromRoot(clone, isFolder ? `${target}/${from.split('/').at(-1)}` : target);
  const moved = Object.keys(store.index).filter(matches({ root, prefix: '' }, from));
  const said = `source=${from}, destination=${to}`;
  if (!(await io.files.exists(`${root}/${from}`))) throw fatal(`bad source, ${said}`);
  if (moved.length === 0) throw fatal(`not under version control, ${said}`);
  if (await io.files.exists(`${root}/${to}`)) throw fatal(`destination exists, ${said}`);
  const index = { ...store.index };
  for (const path of moved) {
    const place = `${to}${path.slice(from.length)}`;
    await io.files.write(`${root}/${place}`, await io.files.read(`${root}/${path}`));
    await removeFile(clone, path);
    index[place] = index[path] ?? '';
    delete index[path];
  }
  store.index = sorted(index);
  await save(clone);
  return 0;
}

export async function restore(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git restore', argv, {
    switches: ['staged S', 'worktree W', 'quiet q'],
    values: ['source s'],
  });
  const words = [...read.words, ...read.after];
  if (words.length === 0) throw fatal('you must specify path(s) to restore');
  const isStaged = read.has('staged');
  const name = read.one('source') ?? (isStaged ? 'HEAD' : null);
  const tree = name === null ? clone.store.index : commitOf(clone, name).tree;
  await restored(clone, tree, words, { index: isStaged, files: !isStaged || read.has('worktree') });
  return 0;
}

/** Takes files from a tree; gives how many were not so already. */
export async function restored(
  clone: Clone,
  tree: Tree,
  words: readonly string[],
  to: { index: boolean; files: boolean },
): Promise<number> {
  const { store } = clone;
  const known = [...Object.keys(tree), ...Object.keys(store.index)];
  for (const word of words)
    if (fromRoot(clone, word) !== '' && !known.some(matches(clone, word)))
      throw new GitError(`error: pathspec '${word}' did not match any file(s) known to git`, 1);
  const wanted = anyOf(clone, words);
  const pick = (from: Tree) => Object.fromEntries(Object.entries(from).filter(([path]) => wanted(path)));
  const working = await workingTree(clone);
  const before = pick(to.files ? working : store.index);
  const now = pick(tree);
  if (to.files) {
    const tracked = Object.entries(before).filter(
      ([path]) => store.index[path] !== undefined || now[path] !== undefined,
    );
    await writeTree(clone, Object.fromEntries(tracked), now);
  }
  if (to.index) {
    const others = Object.entries(store.index).filter(([path]) => !wanted(path));
    store.index = sorted({ ...Object.fromEntries(others), ...now });
  }
  await save(clone);
  return Object.entries(now).filter(([path, id]) => before[path] !== id).length;
}

export async function reset(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git reset', argv, { switches: ['hard', 'soft', 'mixed', 'quiet q'] });
  const [first = 'HEAD'] = read.words;
  const isNamed = read.words.length > 0 && resolve(clone, first) !== null;
  const target = commitOf(clone, isNamed ? first : 'HEAD');
  const paths = [...read.words.slice(isNamed ? 1 : 0), ...read.after];
  if (paths.length > 0) await restored(clone, target.tree, paths, { index: true, files: false });
  else {
    const working = await workingTree(clone);
    const tracked = Object.fromEntries(Object.entries(working).filter(([path]) => store.index[path] !== undefined));
    if (read.has('hard')) await writeTree(clone, tracked, target.tree);
    moveHead(store, target.id);
    if (!read.has('soft')) store.index = target.tree;
    await save(clone);
    if (read.has('hard') && !read.has('quiet')) io.out(`HEAD is now at ${short(target.id)} ${subjectOf(target)}\n`);
  }
  if (read.has('hard') || read.has('soft') || read.has('quiet')) return 0;
  const { unstaged } = await stateOf(clone);
  if (unstaged.length > 0) io.out(`Unstaged changes after reset:\n`);
  for (const { status, path } of unstaged) io.out(`${status}\t${path}\n`);
  return 0;
}

/** Everything that git knows already, as `commit -a` takes it. */
export async function stageTracked(clone: Clone): Promise<void> {
  const working = await workingTree(clone);
  const known = Object.keys(clone.store.index).flatMap((path) => {
    const id = working[path];
    return id === undefined ? [] : [[path, id] as const];
  });
  clone.store.index = Object.fromEntries(known);
}
