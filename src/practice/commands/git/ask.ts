import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { globalConfig, userIn } from './commit.ts';
import { fatal, GitError } from './fail.ts';
import { anyOf, relative } from './paths.ts';
import { commitOf, resolve, short } from './revision.ts';
import { type Clone, openClone, save, type Tree, textAt, workingTree } from './store.ts';

/** Small questions: rev-parse, config, remote, grep, ls-files. */

export async function revParse(argv: string[], clone: Clone): Promise<number> {
  const { io, root, store } = clone;
  const read = readArguments('git rev-parse', argv, {
    switches: ['short', 'abbrev-ref', 'verify', 'quiet q', 'show-toplevel', 'is-inside-work-tree', 'show-prefix'],
  });
  if (read.has('show-toplevel')) io.out(`${root}\n`);
  if (read.has('is-inside-work-tree')) io.out('true\n');
  if (read.has('show-prefix')) io.out(`${clone.prefix}\n`);
  for (const word of read.words) {
    const commit = resolve(clone, word);
    if (!commit) {
      if (read.has('verify') && read.has('quiet')) return 1;
      if (read.has('verify') || read.has('short')) throw fatal('Needed a single revision');
      io.out(`${word}\n`);
    }
    const { id } = commit ?? commitOf(clone, word);
    if (read.has('abbrev-ref')) io.out(`${word === 'HEAD' || word === '@' ? (store.branch ?? 'HEAD') : word}\n`);
    else io.out(`${read.has('short') ? short(id) : id}\n`);
  }
  return 0;
}

export async function config(argv: string[], io: CommandIo): Promise<number> {
  const read = readArguments('git config', argv, { switches: ['global', 'get', 'local'] });
  const [key = '', value] = read.words;
  const [, name] = /^user\.(name|email)$/.exec(key) ?? [];
  const isGlobal = read.has('global');
  if (name === undefined) {
    if (key === 'remote.origin.url' && value === undefined) io.out(`${(await openClone(io)).store.remote}\n`);
    else throw new NotSimulated('git config but of user.name and user.email');
    return 0;
  }
  const clone = isGlobal ? null : await openClone(io).catch(() => null);
  const person = userIn(await globalConfig(io));
  if (value === undefined) {
    const found = { ...person, ...clone?.store.user }[name];
    if (found !== undefined) io.out(`${found}\n`);
    return found === undefined ? 1 : 0;
  }
  if (clone) {
    clone.store.user[name] = value;
    await save(clone);
    return 0;
  }
  if (!isGlobal) throw fatal('not in a git directory');
  const rows = Object.entries({ ...person, [name]: value }).map(([row, text]) => `\t${row} = ${text}\n`);
  await io.writeFile(`${io.env['HOME'] ?? ''}/.gitconfig`, `[user]\n${rows.join('')}`);
  return 0;
}

export async function remote(argv: string[], { io, store }: Clone): Promise<number> {
  const read = readArguments('git remote', argv, { switches: ['verbose v'] });
  const [verb, name] = read.words;
  if (verb === 'get-url') {
    if (name !== 'origin') throw new GitError(`error: No such remote '${name}'`, 2);
    io.out(`${store.remote}\n`);
  } else if (verb !== undefined) throw new NotSimulated(`git remote ${verb}`);
  else if (read.has('verbose')) io.out(`origin\t${store.remote} (fetch)\norigin\t${store.remote} (push)\n`);
  else io.out('origin\n');
  return 0;
}

export async function lsFiles(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git ls-files', argv, {});
  const wanted = anyOf(clone, read.words.length + read.after.length > 0 ? [...read.words, ...read.after] : ['.']);
  const paths = Object.keys(clone.store.index).filter(wanted);
  clone.io.out(paths.map((path) => `${relative(clone.prefix, path)}\n`).join(''));
  return 0;
}

/** Flags that our grep has too. */
const HANDED = [
  'ignore-case i',
  'word-regexp w',
  'extended-regexp E',
  'fixed-strings F',
  'invert-match v',
  'only-matching o',
];

export async function grep(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git grep', argv, {
    switches: [
      ...HANDED,
      'line-number n',
      'no-line-number',
      'files-with-matches l',
      'name-only',
      'count c',
      'h',
      'quiet q',
      'cached',
    ],
    values: ['e'],
  });
  const words = [...read.words];
  const pattern = read.one('e') ?? words.shift();
  if (pattern === undefined) throw fatal('no pattern given');
  const revisions: string[] = [];
  while (words[0] !== undefined && resolve(clone, words[0])) revisions.push(words.shift() ?? '');
  const wanted = anyOf(clone, [...words, ...read.after, ...(words.length + read.after.length > 0 ? [] : ['.'])]);
  const given = HANDED.flatMap((flag) => (read.has(flag.split(' ')[0] ?? '') ? [`-${flag.split(' ')[1]}`] : []));
  const places: { lead: string; tree: Tree }[] = revisions.map((name) => ({
    lead: `${name}:`,
    tree: commitOf(clone, name).tree,
  }));
  if (places.length === 0) {
    const working = read.has('cached') ? store.index : await workingTree(clone);
    const tracked = Object.entries(working).filter(([path]) => store.index[path] !== undefined);
    places.push({ lead: '', tree: Object.fromEntries(tracked) });
  }
  let isFound = false;
  for (const { lead, tree } of places)
    for (const [path, id] of Object.entries(tree).filter(([one]) => wanted(one))) {
      const { stdout, stderr, exitCode } = await io.exec(['grep', '-n', ...given, '-e', pattern], textAt(clone, id));
      if (exitCode > 1) throw fatal(`command line, '${pattern}': ${stderr.trim()}`);
      const lines = stdout.split('\n').filter(Boolean);
      if (lines.length === 0) continue;
      isFound = true;
      const name = `${lead}${relative(clone.prefix, path)}`;
      if (read.has('quiet')) return 0;
      if (read.has('files-with-matches') || read.has('name-only')) io.out(`${name}\n`);
      else if (read.has('count')) io.out(`${read.has('h') ? '' : `${name}:`}${lines.length}\n`);
      else
        for (const line of lines)
          io.out(`${read.has('h') ? '' : `${name}:`}${isNumbered(read) ? line : line.replace(/^\d+:/, '')}\n`);
    }
  return isFound ? 0 : 1;
}

const isNumbered = (read: ReturnType<typeof readArguments>): boolean =>
  read.has('line-number') && !read.has('no-line-number');
