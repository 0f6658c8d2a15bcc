import { type Fields, fieldOf, listOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import { find, relaxed } from './jsonpath.ts';

/** `--sort-by`: numbers by value, text with the numbers in it by value; what lacks the field comes first. */
export function sortedBy<T>(path: string, rows: readonly T[], objectOf: (row: T) => unknown): T[] {
  const keyed = rows.map((row) => ({ row, key: find(path, objectOf(row))[0] }));
  if (rows.length > 0 && keyed.every(({ key }) => key === undefined))
    throw new Failure(`couldn't find any field with path "${relaxed(path)}" in the list of objects`);
  return keyed.toSorted((a, b) => compared(a.key, b.key)).map(({ row }) => row);
}

/** The rows of a table, which hold their objects. */
export const sortedTable = (path: string, tables: readonly Fields[]): Fields[] => {
  const [first] = tables;
  const rows = tables.flatMap((table) => listOf(table['rows']));
  // Of a table that lacks the field the real client shows nothing.
  if (rows.every((row) => find(path, fieldOf(row, 'object')).length === 0)) return [];
  return first ? [{ ...first, rows: sortedBy(path, rows, (row) => fieldOf(row, 'object')) }] : [];
};

function compared(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return natural(String(a), String(b));
}

function natural(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (const [at, one] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const isNumber = /^\d/.test(one) && /^\d/.test(other);
    const by = isNumber ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
    if (by !== 0) return by;
  }
  return left.length - right.length;
}

const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
