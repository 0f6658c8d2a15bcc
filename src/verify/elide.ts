/** What a runbook says that a command prints, held against what it printed. */

export interface Difference {
  /** Of the expected text, from 1; one more than its lines where more was printed. */
  line: number;
  /** Null: the end was expected. */
  expected: string | null;
  /** Null: nothing more was printed. */
  printed: string | null;
}

const ANY_LINES = '...';

/**
 * The first line that differs, or null. In `expected`, `...` alone on a line stands for any lines, `[..]` for any text
 * within a line. Blanks are equal however many, tabs too; at the end of a line, and empty lines at the end, they do not
 * count: the widths of columns change with what stands in them.
 */
export function differenceOf(expected: string, printed: string): Difference | null {
  const wanted = linesOf(expected);
  const seen = linesOf(printed);
  // Where the furthest way of reading the elisions came to a stop.
  let far = { at: -1, seen: 0 };
  const tried = new Set<number>();
  const isMatch = (at: number, from: number): boolean => {
    const key = at * (seen.length + 1) + from;
    if (tried.has(key)) return false;
    tried.add(key);
    const line = wanted[at];
    if (line === ANY_LINES) {
      for (let next = from; next <= seen.length; next++) if (isMatch(at + 1, next)) return true;
      return false;
    }
    if (line === undefined && from === seen.length) return true;
    const here = seen[from];
    if (line !== undefined && here !== undefined && isLine(line, here)) return isMatch(at + 1, from + 1);
    // After `...` it stops everywhere: the first place tells most.
    if (at > far.at) far = { at, seen: from };
    return false;
  };
  if (isMatch(0, 0)) return null;
  return { line: far.at + 1, expected: wanted[far.at] ?? null, printed: seen[far.seen] ?? null };
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replaceAll(/[ \t]+/g, ' ').trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function isLine(expected: string, printed: string): boolean {
  const parts = expected.split('[..]');
  const [first = ''] = parts;
  if (parts.length === 1) return expected === printed;
  const last = parts.at(-1) ?? '';
  if (!printed.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = printed.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return printed.length - last.length >= at && printed.endsWith(last);
}
