import { readArguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { changesOf } from './changes.ts';
import { FORMS, formOf } from './diff.ts';
import { changesText, type Form } from './patch.ts';
import { anyOf, fromRoot } from './paths.ts';
import { commitOf, historyOf, revisionsAndPaths, short, subjectOf } from './revision.ts';
import { type Clone, type Commit, head, type Tree, textAt } from './store.ts';

/** `git log`. */

export const LAYOUT = ['oneline', 'abbrev-commit', 'no-color', 'no-decorate'];
export const LAYOUT_VALUES = ['format', 'pretty', 'date'];

export interface Look {
  layout: string | null;
  /** Something stands between two, in the place of after each. */
  isSeparated: boolean;
  date: string;
  form: Form | null;
  isShort: boolean;
}

type Read = ReturnType<typeof readArguments>;

export function lookOf(read: Read): Look {
  const pretty = read.one('pretty') ?? read.one('format') ?? null;
  const [, kind = '', layout = ''] = /^(t?format):(.*)$/s.exec(pretty ?? '') ?? [];
  const isOneline = read.has('oneline') || pretty === 'oneline';
  if (pretty !== null && kind === '' && !pretty.includes('%') && !['oneline', 'medium'].includes(pretty))
    throw new NotSimulated(`the format ${pretty} of git log`);
  return {
    layout: isOneline
      ? pretty === 'oneline' && !read.has('oneline')
        ? '%H %s'
        : '%h %s'
      : kind
        ? layout
        : pretty === 'medium'
          ? null
          : pretty,
    isSeparated: kind === 'format',
    date: read.one('date') ?? 'default',
    form: formOf(read),
    isShort: read.has('abbrev-commit'),
  };
}

export async function log(argv: string[], clone: Clone): Promise<number> {
  const { io, store } = clone;
  const read = readArguments('git log', argv, {
    switches: [...LAYOUT, ...FORMS, 'reverse', 'all', 'no-merges', 'merges'],
    values: [...LAYOUT_VALUES, 'max-count n', 'author', 'grep'],
  });
  const isPath = (word: string) => Object.keys(store.index).some(anyOf(clone, [word])) || fromRoot(clone, word) === '';
  const { revisions, paths } = revisionsAndPaths(clone, read.words, read.after, argv.includes('--'), isPath);
  const all = chosen(clone, revisions, read.has('all'));
  const wanted = anyOf(clone, paths);
  const found = (paths.length > 0 ? changing(clone, all, wanted) : all).filter(
    (one) =>
      !(read.has('no-merges') && one.parents.length > 1) &&
      !(read.has('merges') && one.parents.length < 2) &&
      new RegExp(read.one('author') ?? '').test(`${one.author.name} <${one.author.email}>`) &&
      new RegExp(read.one('grep') ?? '').test(one.message),
  );
  const shown = found.slice(0, read.one('max-count') === undefined ? undefined : Number(read.one('max-count')));
  if (read.has('reverse')) shown.reverse();
  const look = lookOf(read);
  io.out(
    shown
      .map((one) => entry(clone, one, look, wanted))
      .join(look.layout === null ? '\n' : look.isSeparated ? '\n' : ''),
  );
  return 0;
}

function chosen(clone: Clone, revisions: readonly string[], isAll: boolean): Commit[] {
  const { store } = clone;
  const from: Commit[] = [];
  const without: Commit[] = [];
  for (const name of revisions) {
    const [, left, right] = /^(.*?)\.\.(?!\.)(.*)$/.exec(name) ?? [];
    if (name.includes('...')) throw new NotSimulated('A...B of git log');
    if (left === undefined) (name.startsWith('^') ? without : from).push(commitOf(clone, name.replace(/^\^/, '')));
    else {
      without.push(commitOf(clone, left || 'HEAD'));
      from.push(commitOf(clone, right || 'HEAD'));
    }
  }
  const tips = isAll ? [...Object.values(store.branches), ...Object.values(store.remotes)] : [];
  from.push(...tips.flatMap((id) => store.commits[id] ?? []));
  const top = head(clone);
  if (from.length === 0 && revisions.length === without.length && top) from.push(top);
  return historyOf(store, from, without);
}

/** Commits that changed something that is wanted; behind a merge only the side is followed that it took as it was. */
function changing({ store }: Clone, all: readonly Commit[], wanted: (path: string) => boolean): Commit[] {
  const isSame = (a: Tree, b: Tree) =>
    [...Object.keys(a), ...Object.keys(b)].every((path) => !wanted(path) || a[path] === b[path]);
  const skipped = new Set<string>();
  const followed = new Set<string>();
  return all.filter((one) => {
    if (skipped.has(one.id) && !followed.has(one.id)) {
      for (const id of one.parents) skipped.add(id);
      return false;
    }
    const parents = one.parents.flatMap((id) => store.commits[id] ?? []);
    const same = parents.find(({ tree }) => isSame(tree, one.tree));
    for (const { id } of parents) (same && same.id !== id ? skipped : followed).add(id);
    return parents.length === 0 ? !isSame({}, one.tree) : !same;
  });
}

/** One commit as it is printed. A merge shows no changes of its own. */
export function entry(clone: Clone, commit: Commit, look: Look, wanted: (path: string) => boolean): string {
  const isMerge = commit.parents.length > 1;
  const text = isMerge ? '' : changesOfCommit(clone, commit, look.form ?? 'none', wanted);
  if (look.layout === null) return `${mediumOf(commit, look)}${text ? `\n${text}` : ''}`;
  const line = `${filled(commit, look.layout, look.date)}${look.isSeparated && text === '' ? '' : '\n'}`;
  const isOneline = look.layout === '%h %s' || look.layout === '%H %s';
  return text === '' ? line : `${line}${isOneline ? '' : '\n'}${text}`;
}

/** Against its first parent. */
export function changesOfCommit(
  clone: Clone,
  { parents, tree }: Commit,
  form: Form,
  wanted: (path: string) => boolean,
): string {
  const before = clone.store.commits[parents[0] ?? '']?.tree ?? {};
  const pick = (all: Tree) => Object.fromEntries(Object.entries(all).filter(([path]) => wanted(path)));
  const changes = changesOf(pick(before), pick(tree), (id) => textAt(clone, id));
  return changesText(changes, form, (id) => textAt(clone, id));
}

function mediumOf({ id, parents, author, message }: Commit, { date, isShort }: Look): string {
  const merge = parents.length > 1 ? `Merge: ${parents.map(short).join(' ')}\n` : '';
  const body = message
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');
  return `commit ${isShort ? short(id) : id}\n${merge}Author: ${author.name} <${author.email}>\nDate:   ${dateOf(author.atS, date)}\n\n${body}`;
}

function filled(commit: Commit, layout: string, date: string): string {
  const { id, parents, author, message } = commit;
  const [, body = ''] = /\n\s*\n([\s\S]*)$/.exec(message) ?? [];
  const values: Readonly<Record<string, string>> = {
    ...{
      H: id,
      h: short(id),
      P: parents.join(' '),
      p: parents.map(short).join(' '),
      s: subjectOf(commit),
      B: message,
      b: body,
    },
    ...{ an: author.name, ae: author.email, cn: author.name, ce: author.email, n: '\n', '%': '%' },
    ...{ ad: dateOf(author.atS, date), cd: dateOf(author.atS, date), at: String(author.atS), ct: String(author.atS) },
    ...{
      aI: dateOf(author.atS, 'iso-strict'),
      cI: dateOf(author.atS, 'iso-strict'),
      as: dateOf(author.atS, 'short'),
      cs: dateOf(author.atS, 'short'),
    },
  };
  return layout.replace(/%([ac][a-zA-Z]|.)/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new NotSimulated(`${whole} in a format of git log`);
    return value;
  });
}

/** A time in one of the forms of --date. */
export function dateOf(atS: number, form: string): string {
  const iso = new Date(atS * 1_000).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 19)];
  if (form === 'short') return day;
  if (form === 'iso') return `${day} ${time} +0000`;
  if (form === 'iso-strict') return `${day}T${time}+00:00`;
  if (form === 'unix') return String(atS);
  if (form !== 'default') throw new NotSimulated(`--date=${form} of git log`);
  const [week = '', number = '', month = '', year = ''] = new Date(atS * 1_000)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${week} ${month} ${Number(number)} ${time} ${year} +0000`;
}
