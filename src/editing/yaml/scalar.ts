import { parse, Scalar, stringify } from 'yaml';
import { startOf } from './source.ts';

/** How values are written into a YAML text that people keep by hand. */

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/** A value in the block style of the house, each line behind the first indented by so many spaces; ends with a line break. */
export function blockText(value: unknown, indent: number): string {
  const [first = '', ...rest] = stringify(value, OPTIONS).trimEnd().split('\n');
  const space = ' '.repeat(indent);
  return `${[first, ...rest.map((line) => (line === '' ? '' : space + line))].join('\n')}\n`;
}

/** A value as it stands within brackets. */
export const flowText = (value: unknown): string =>
  stringify([value], { ...OPTIONS, collectionStyle: 'flow' })
    .trim()
    .slice(1, -1)
    .trim();

/** A changed text in the style and the lines of the old one; null where that style cannot hold it. */
export function scalarText(text: string, node: Scalar, value: unknown, indent: number): string | null {
  const old = text.slice(startOf(node), node.range?.[1] ?? 0);
  if (old === '' || (typeof value === 'object' && value !== null)) return null;
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const written = isBlock ? inBlock(old, node, value, indent) : inLine(old, node, value);
  return written !== null && reads(written, value) ? written : null;
}

const reads = (written: string, value: unknown): boolean => {
  try {
    return parse(`k: ${written}`)?.k === value;
  } catch {
    return false;
  }
};

function inLine(old: string, node: Scalar, value: unknown): string | null {
  if (typeof value === 'string' && value.includes('\n')) return null;
  if (old.includes('\n')) {
    if (typeof value !== 'string' || node.type !== 'PLAIN') return null;
    const [, space = ''] = /\n( *)/.exec(old) ?? [];
    return refolded(
      old.split('\n').map((line) => line.trim()),
      value,
    ).join(`\n${space}`);
  }
  const scalar = new Scalar(value);
  if (typeof value === 'string' && typeof node.value === 'string' && node.type) scalar.type = node.type;
  return stringify(scalar, OPTIONS).trimEnd();
}

function inBlock(old: string, { type }: Scalar, value: unknown, indent: number): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const lines = old.split('\n').slice(1);
  const [space = ' '.repeat(indent + 2)] = lines.flatMap((line) => /^ +(?=\S)/.exec(line)?.[0] ?? []);
  const chomp = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const ends = /\n*$/.exec(old)?.[0] || '\n';
  const write = (mark: string, rows: string[]) =>
    `${mark}${chomp}\n${rows.map((row) => (row === '' ? '' : space + row)).join('\n')}${chomp === '+' ? '\n' : ends}`;
  const folded =
    type === 'BLOCK_FOLDED'
      ? write(
          '>',
          foldedRows(
            lines.map((line) => line.trim()),
            body,
          ),
        )
      : null;
  return folded !== null && reads(folded, value) ? folded : write('|', body.split('\n'));
}

/** Paragraphs in rows; where a paragraph was there before, its lines break where they did. */
function foldedRows(old: readonly string[], value: string): string[] {
  const before = old.join('\n').trim().split(/\n\n+/);
  const paragraphs = value.split('\n');
  return paragraphs.flatMap((paragraph, index) => {
    const lines = before[nearest(index, paragraphs.length, before.length)]?.split('\n') ?? [];
    return [...(index > 0 ? [''] : []), ...refolded(lines, paragraph)];
  });
}

const nearest = (index: number, count: number, before: number): number =>
  index * 2 < count ? index : index + before - count;

/** A paragraph cut where its old lines ended, as far as these are still there at its begin and its end. */
export function refolded(lines: readonly string[], paragraph: string): string[] {
  let rest = paragraph;
  const head: string[] = [];
  for (const line of lines) {
    if (line === '' || !rest.startsWith(`${line} `)) break;
    head.push(line);
    rest = rest.slice(line.length + 1);
  }
  const tail: string[] = [];
  for (const line of lines.slice(head.length).toReversed()) {
    if (line === '' || !rest.endsWith(` ${line}`)) break;
    tail.unshift(line);
    rest = rest.slice(0, -line.length - 1);
  }
  return [...head, rest, ...tail];
}
