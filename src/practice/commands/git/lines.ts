import { diffArrays } from 'diff';

/** What differs between two texts, line by line, as git cuts it. */

/** Lines `before[fromA..toA)` became `after[fromB..toB)`. */
export interface Group {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** With their ends, so that a last line without one differs. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export function groupsOf(before: readonly string[], after: readonly string[]): Group[] {
  const groups: Group[] = [];
  let [a, b] = [0, 0];
  let open: Group | null = null;
  for (const { added, removed, count = 0 } of diffArrays([...before], [...after])) {
    if (!added && !removed) {
      a += count;
      b += count;
      open = null;
      continue;
    }
    if (!open) {
      open = { fromA: a, toA: a, fromB: b, toB: b };
      groups.push(open);
    }
    if (removed) open.toA = a += count;
    else open.toB = b += count;
  }
  return groups.map((group, at) => slid(group, groups[at - 1], groups[at + 1], before, after));
}

/** Lines that were only added or only removed may as well be others: moved to where git would put them. */
function slid(
  group: Group,
  last: Group | undefined,
  next: Group | undefined,
  before: readonly string[],
  after: readonly string[],
): Group {
  const isAdded = group.fromA === group.toA;
  if (!isAdded && group.fromB !== group.toB) return group;
  const lines = isAdded ? after : before;
  const [from, to] = isAdded ? [group.fromB, group.toB] : [group.fromA, group.toA];
  const floor = last ? (isAdded ? last.toB : last.toA) + 1 : 0;
  const ceiling = next ? (isAdded ? next.fromB : next.fromA) - 1 : lines.length;
  let [up, down] = [0, 0];
  while (from - up > floor && lines[from - up - 1] === lines[to - up - 1]) up++;
  while (to + down < ceiling && lines[from + down] === lines[to + down]) down++;
  let best = { shift: down, indent: Number.POSITIVE_INFINITY, penalty: 0 };
  for (let shift = -up; up + down > 0 && shift <= down; shift++) {
    const score = [to + shift, from + shift].map((at) => scoreOf(lines, at));
    const indent = score.reduce((sum, one) => sum + one.indent, 0);
    const penalty = score.reduce((sum, one) => sum + one.penalty, 0);
    if (
      INDENT_WEIGHT * Math.sign(indent - best.indent) + penalty - best.penalty <= 0 ||
      best.indent === Number.POSITIVE_INFINITY
    )
      best = { shift, indent, penalty };
  }
  const { fromA, toA, fromB, toB } = group;
  const { shift } = best;
  return { fromA: fromA + shift, toA: toA + shift, fromB: fromB + shift, toB: toB + shift };
}

/** Weights of git's indent heuristic. */
const INDENT_WEIGHT = 60;
const START_OF_FILE = 1;
const END_OF_FILE = 21;
const TOTAL_BLANK = -30;
const POST_BLANK = 6;
const INDENT = [-4, 10] as const;
const OUTDENT = [24, 17] as const;
const DEDENT = [23, 17] as const;

/** How bad a split before a line is, in git's measure. */
function scoreOf(lines: readonly string[], split: number): { indent: number; penalty: number } {
  const at = split >= lines.length ? -1 : indentOf(lines[split]);
  const pre = seek(lines, split - 1, -1);
  const post = seek(lines, split + 1, 1);
  const postBlank = at === -1 ? 1 + post.blank : 0;
  const blank = pre.blank + postBlank;
  const indent = at === -1 ? post.indent : at;
  let penalty = TOTAL_BLANK * blank + POST_BLANK * postBlank;
  if (pre.indent === -1 && pre.blank === 0) penalty += START_OF_FILE;
  if (split >= lines.length) penalty += END_OF_FILE;
  const nth = blank > 0 ? 1 : 0;
  if (indent !== -1 && pre.indent !== -1) {
    if (indent > pre.indent) penalty += INDENT[nth];
    else if (indent < pre.indent) penalty += (post.indent > indent ? OUTDENT : DEDENT)[nth];
  }
  return { indent, penalty };
}

function seek(lines: readonly string[], from: number, step: number): { indent: number; blank: number } {
  let blank = 0;
  for (let at = from; at >= 0 && at < lines.length; at += step) {
    const indent = indentOf(lines[at]);
    if (indent !== -1) return { indent, blank };
    blank++;
  }
  return { indent: -1, blank };
}

/** -1 for a blank line. */
function indentOf(line = ''): number {
  const [space = ''] = /^[ \t]*/.exec(line) ?? [];
  if (line.trim() === '') return -1;
  return [...space].reduce((width, letter) => (letter === '\t' ? width + 8 - (width % 8) : width + 1), 0);
}
