import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { kindName, type Resource } from './resources.ts';

/** Tables as kubectl prints them. */

/** Rows of cells in columns, as kubectl aligns them: a column is as wide as its widest cell. */
export const aligned = (rows: readonly (readonly string[])[]): string => elastic(rows, 3, 6);

/** Go's tabwriter: a column reaches over neighbouring lines that have it; the last cell of a line is in none. */
export function elastic(lines: readonly (readonly string[])[], padding: number, least = 0): string {
  const made = lines.map((cells) => [...cells]);
  const deepest = Math.max(0, ...lines.map((cells) => cells.length - 1));
  for (let column = 0; column < deepest; column++) {
    let from = 0;
    for (let at = 0; at <= lines.length; at++) {
      if (at < lines.length && (lines[at]?.length ?? 0) - 1 > column) continue;
      const block = made.slice(from, at);
      const width = Math.max(least, ...block.map((cells) => [...(cells[column] ?? '')].length + padding));
      for (const cells of block) cells[column] = padded(cells[column] ?? '', width);
      from = at + 1;
    }
  }
  return made.map((cells) => `${cells.join('')}\n`).join('');
}

const padded = (cell: string, width: number): string => cell + ' '.repeat(Math.max(width - [...cell].length, 0));

interface TableOptions {
  wide: boolean;
  headers: boolean;
  withNamespace: boolean;
  withKind: boolean;
  showLabels: boolean;
  labelColumns: readonly string[];
}

/** Rows of the API's tables of one resource, with a row of headers before them. */
export function rowsOf(resource: Resource, tables: readonly Fields[], options: TableOptions): string[][] {
  const [first] = tables;
  const columns = listOf(first?.['columnDefinitions']);
  const isShown = (at: number) => options.wide || (fieldOf(columns[at], 'priority') ?? 0) === 0;
  const rows = tables.flatMap((table) => listOf(table['rows']));
  const labels = options.labelColumns.map((label) => (label.split('/').at(-1) ?? '').toUpperCase());
  const head = [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...columns.filter((_, at) => isShown(at)).map((column) => textOf(fieldOf(column, 'name')).toUpperCase()),
    ...labels,
    ...(options.showLabels ? ['LABELS'] : []),
  ];
  const body = rows.map((row) => {
    const metadata = fieldOf(fieldOf(row, 'object'), 'metadata');
    const own = fieldsOf(fieldOf(metadata, 'labels'));
    const cells = listOf(fieldOf(row, 'cells'))
      .filter((_, at) => isShown(at))
      .map(cellText);
    if (options.withKind) cells[0] = `${kindName(resource)}/${cells[0] ?? ''}`;
    return [
      ...(options.withNamespace ? [textOf(fieldOf(metadata, 'namespace')) || '<none>'] : []),
      ...cells,
      ...options.labelColumns.map((label) => textOf(own[label])),
      ...(options.showLabels ? [labelsText(own)] : []),
    ];
  });
  return [...(options.headers && rows.length > 0 ? [head] : []), ...body];
}

function cellText(cell: unknown): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  const [line = ''] = text.split(/[\n\f\r]/);
  return line === text ? text : `${line}...`;
}

const labelsText = (labels: Fields): string =>
  Object.keys(labels)
    .toSorted()
    .map((name) => `${name}=${textOf(labels[name])}`)
    .join(',') || '<none>';
