import { groupsOf, linesOf } from './lines.ts';
import type { Tree } from './store.ts';

/** What differs between two trees. */

export interface Change {
  status: 'A' | 'M' | 'D' | 'R';
  path: string;
  /** Where a renamed file was. */
  from: string;
  before: string | null;
  after: string | null;
  /** How much of a renamed file is the same, in percent. */
  same: number;
}

/** Text by id. */
type TextAt = (id: string) => string;

const ENOUGH = 50;
const CHUNK = 64;

/** Sorted by path; a file that vanished where a similar one appeared was renamed. */
export function changesOf(before: Tree, after: Tree, textAt: TextAt): Change[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const plain = paths.flatMap((path): Change[] => {
    const [old = null, now = null] = [before[path], after[path]];
    if (old === now) return [];
    const status = old === null ? 'A' : now === null ? 'D' : 'M';
    return [{ status, path, from: path, before: old, after: now, same: 0 }];
  });
  const [gone, made] = [plain.filter(({ status }) => status === 'D'), plain.filter(({ status }) => status === 'A')];
  if (gone.length === 0 || made.length === 0) return plain;
  const pairs = made
    .flatMap((one) => gone.map((old) => ({ one, old, same: similarity(old.before, one.after, textAt) })))
    .filter(({ same }) => same >= ENOUGH)
    .sort((a, b) => b.same - a.same || nameScore(b) - nameScore(a));
  const taken = new Set<Change>();
  for (const { one, old, same } of pairs) {
    if (taken.has(one) || taken.has(old)) continue;
    taken.add(one).add(old);
    Object.assign(one, { status: 'R', from: old.path, before: old.before, same });
  }
  return plain.filter((one) => one.status === 'R' || !taken.has(one));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const nameScore = ({ one, old }: { one: Change; old: Change }): number =>
  nameOf(one.path) === nameOf(old.path) ? 1 : 0;

/** As git estimates it: how many bytes of lines, cut at 64, are in both. */
function similarity(a: string | null, b: string | null, textAt: TextAt): number {
  if (a === b) return 100;
  const [one, other] = [chunks(textAt(a ?? '')), chunks(textAt(b ?? ''))];
  let copied = 0;
  for (const [chunk, bytes] of one.by) copied += Math.min(bytes, other.by.get(chunk) ?? 0);
  const size = Math.max(one.size, other.size);
  return size === 0 ? 0 : Math.floor((copied * 100) / size);
}

function chunks(text: string): { by: Map<string, number>; size: number } {
  const by = new Map<string, number>();
  for (const chunk of text.match(new RegExp(`[^\\n]{0,${CHUNK - 1}}\\n|[^\\n]{1,${CHUNK}}`, 'g')) ?? [])
    by.set(chunk, (by.get(chunk) ?? 0) + chunk.length);
  return { by, size: text.length };
}

/** How many lines came and went. */
export function countsOf({ before, after }: Change, textAt: TextAt): { added: number; removed: number } {
  const groups = groupsOf(linesOf(before ? textAt(before) : ''), linesOf(after ? textAt(after) : ''));
  return groups.reduce(
    ({ added, removed }, { fromA, toA, fromB, toB }) => ({
      added: added + toB - fromB,
      removed: removed + toA - fromA,
    }),
    { added: 0, removed: 0 },
  );
}
