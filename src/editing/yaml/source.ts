import { isCollection, isPair, type Node, type Pair } from 'yaml';

/** Where the parts of a YAML text lie in it, by lines. */

export interface Edit {
  /** Offsets into the text; equal where something is only put in. */
  from: number;
  to: number;
  text: string;
}

/** The text with all edits; they do not overlap, and those at one place stay in their order. */
export function applied(text: string, edits: readonly Edit[]): string {
  let done = '';
  let at = 0;
  for (const { from, to, text: put } of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    done += text.slice(at, from) + put;
    at = to;
  }
  return done + text.slice(at);
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** How far the line of an offset is indented up to it. */
export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** Where a node begins; 0 where it stands in no text. */
export const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** The begin of the line behind the last one of a node, without the empty lines that follow it. */
export function endLine(text: string, node: Node | Pair<Node, Node | null>): number {
  const end = lastOffset(node);
  if (text[end - 1] !== '\n') return nextLine(text, end);
  let line = end;
  while (text.slice(lineStart(text, line - 1), line).trim() === '') line = lineStart(text, line - 1);
  return line;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function lastOffset(node: Node | Pair<Node, Node | null>): number {
  if (isPair<Node, Node | null>(node)) return Math.max(lastOffset(node.key), node.value ? lastOffset(node.value) : 0);
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  return last ? lastOffset(last as Node | Pair<Node, Node | null>) : (node.range?.[1] ?? 0);
}

/** The empty lines that stand behind an offset at the begin of a line. */
export const gapAfter = (text: string, at: number): string => /^(?: *\n)*/.exec(text.slice(at))?.[0] ?? '';
