const LEAST = 12;
const GAP = 2;

/** A table as podman prints it: columns of twelve or more, the last as it is. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(LEAST, ...rows.map((row) => (row[at] ?? '').length + GAP)));
  return rows
    .map((row) => `${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('')}\n`)
    .join('');
}
