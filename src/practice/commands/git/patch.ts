import { type Change, changesOf, countsOf } from './changes.ts';
import { type Group, groupsOf, linesOf } from './lines.ts';
import { short } from './revision.ts';
import type { Tree } from './store.ts';

/** Changes as `git diff` prints them. */

export type Form = 'patch' | 'stat' | 'names' | 'statuses' | 'none';
export type TextAt = (id: string) => string;

const CONTEXT = 3;
const WIDTH = 80;
const NONE = '0'.repeat(40);

export function changesText(changes: readonly Change[], form: Form, textAt: TextAt, context = CONTEXT): string {
  if (form === 'none') return '';
  if (form === 'stat') return statOf(changes, textAt);
  if (form === 'names') return changes.map(({ path }) => `${path}\n`).join('');
  if (form === 'statuses') return changes.map((change) => `${lettersOf(change)}\n`).join('');
  return changes.map((change) => patchOf(change, textAt, context)).join('');
}

const lettersOf = ({ status, path, from, same }: Change): string =>
  status === 'R' ? `R${String(same).padStart(3, '0')}\t${from}\t${path}` : `${status}\t${path}`;

function patchOf({ status, path, from, before, after, same }: Change, textAt: TextAt, context: number): string {
  const head = [`diff --git a/${from} b/${path}`];
  if (status === 'A') head.push('new file mode 100644');
  if (status === 'D') head.push('deleted file mode 100644');
  if (status === 'R') head.push(`similarity index ${same}%`, `rename from ${from}`, `rename to ${path}`);
  const ids = `${short(before ?? NONE)}..${short(after ?? NONE)}`;
  if (before !== after) head.push(`index ${ids}${before && after ? ' 100644' : ''}`);
  const [a, b] = [linesOf(before ? textAt(before) : ''), linesOf(after ? textAt(after) : '')];
  const hunks = hunksOf(a, b, context);
  if (hunks) head.push(`--- ${before ? `a/${from}` : '/dev/null'}`, `+++ ${after ? `b/${path}` : '/dev/null'}`);
  return `${head.join('\n')}\n${hunks}`;
}

function hunksOf(a: readonly string[], b: readonly string[], context: number): string {
  const groups = groupsOf(a, b);
  const joined: Group[][] = [];
  for (const group of groups) {
    const last = joined.at(-1)?.at(-1);
    if (last && group.fromA - last.toA <= 2 * context) joined.at(-1)?.push(group);
    else joined.push([group]);
  }
  return joined.map((hunk) => hunkOf(hunk, a, b, context)).join('');
}

function hunkOf(groups: readonly Group[], a: readonly string[], b: readonly string[], context: number): string {
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last) return '';
  const lead = Math.min(context, first.fromA);
  const trail = Math.min(context, a.length - last.toA);
  const [fromA, toA, fromB, toB] = [first.fromA - lead, last.toA + trail, first.fromB - lead, last.toB + trail];
  const rows: string[] = [];
  let at = fromA;
  for (const group of groups) {
    for (; at < group.fromA; at++) rows.push(` ${a[at]}`);
    for (; at < group.toA; at++) rows.push(`-${a[at]}`);
    rows.push(...b.slice(group.fromB, group.toB).map((line) => `+${line}`));
  }
  for (; at < toA; at++) rows.push(` ${a[at]}`);
  const marked = rows.map((row) => (row.endsWith('\n') ? row : `${row}\n\\ No newline at end of file\n`));
  return `@@ -${range(fromA, toA)} +${range(fromB, toB)} @@${sectionOf(a, fromA)}\n${marked.join('')}`;
}

function range(from: number, to: number): string {
  const count = to - from;
  const line = count === 0 ? from : from + 1;
  return count === 1 ? `${line}` : `${line},${count}`;
}

/** The nearest line above that begins with a letter. */
function sectionOf(lines: readonly string[], from: number): string {
  const found = lines.slice(0, from).findLast((line) => /^[A-Za-z_$]/.test(line));
  return found === undefined ? '' : ` ${found.slice(0, WIDTH).trimEnd()}`;
}

function statOf(changes: readonly Change[], textAt: TextAt): string {
  if (changes.length === 0) return '';
  const rows = changes.map((change) => ({ name: nameOf(change), ...countsOf(change, textAt) }));
  const most = Math.max(...rows.map(({ added, removed }) => added + removed));
  const digits = String(most).length;
  let graph = most;
  let width = Math.max(...rows.map(({ name }) => name.length));
  if (width + digits + 6 + graph > WIDTH) {
    const share = Math.floor((WIDTH * 3) / 8) - digits - 6;
    if (graph > share) graph = Math.max(6, share);
    if (width > WIDTH - digits - 6 - graph) width = WIDTH - digits - 6 - graph;
    else graph = WIDTH - digits - 6 - width;
  }
  const lines = rows.map(({ name, added, removed }) => {
    const bar = barOf(added, removed, graph, most);
    const count = String(added + removed).padStart(digits);
    return ` ${cut(name, width).padEnd(width)} | ${count}${bar ? ` ${bar}` : ''}\n`;
  });
  return `${lines.join('')}${summaryOf(rows)}`;
}

function cut(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = name.slice(name.length - width + 3);
  const slash = end.indexOf('/');
  return `...${slash < 0 ? end : end.slice(slash)}`;
}

function barOf(added: number, removed: number, graph: number, most: number): string {
  if (graph > most) return '+'.repeat(added) + '-'.repeat(removed);
  const scale = (count: number) => (count === 0 ? 0 : 1 + Math.floor((count * (graph - 1)) / most));
  const all = Math.max(scale(added + removed), added > 0 && removed > 0 ? 2 : 0);
  const less = scale(Math.min(added, removed));
  const [plus, minus] = added < removed ? [less, all - less] : [all - less, less];
  return '+'.repeat(plus) + '-'.repeat(minus);
}

function summaryOf(rows: readonly { added: number; removed: number }[]): string {
  const added = rows.reduce((sum, row) => sum + row.added, 0);
  const removed = rows.reduce((sum, row) => sum + row.removed, 0);
  const parts = [` ${rows.length} file${rows.length === 1 ? '' : 's'} changed`];
  if (added > 0 || removed === 0) parts.push(`${added} insertion${added === 1 ? '' : 's'}(+)`);
  if (removed > 0 || added === 0) parts.push(`${removed} deletion${removed === 1 ? '' : 's'}(-)`);
  return `${parts.join(', ')}\n`;
}

/** `a/{b => c}/d` for a renamed file. */
function nameOf({ status, path, from }: Change): string {
  if (status !== 'R') return path;
  let start = 0;
  while (from[start] !== undefined && from[start] === path[start]) start++;
  start = from.lastIndexOf('/', start - 1) + 1;
  let end = 0;
  while (end < from.length - start && end < path.length - start && from.at(-1 - end) === path.at(-1 - end)) end++;
  const tail = from.slice(from.length - end);
  end = tail.includes('/') ? tail.length - tail.indexOf('/') : 0;
  if (start === 0 && end === 0) return `${from} => ${path}`;
  const middle = (text: string) => text.slice(start, text.length - end);
  return `${path.slice(0, start)}{${middle(from)} => ${middle(path)}}${path.slice(path.length - end)}`;
}

/** What a commit or a merge says of itself: how much changed, which files are new, gone or renamed. */
export function commitSummary(before: Tree, after: Tree, textAt: TextAt, form: 'stat' | 'count'): string {
  const changes = changesOf(before, after, textAt);
  const rows = changes.flatMap((change) => {
    if (change.status === 'A') return [` create mode 100644 ${change.path}\n`];
    if (change.status === 'D') return [` delete mode 100644 ${change.path}\n`];
    return change.status === 'R' ? [` rename ${nameOf(change)} (${change.same}%)\n`] : [];
  });
  if (form === 'stat') return statOf(changes, textAt) + rows.join('');
  const counts = changes.map((change) => countsOf(change, textAt));
  return (counts.length > 0 ? summaryOf(counts) : '') + rows.join('');
}
