import type { Box, Room } from '#pipeline/graph/shapes.ts';
import { widthOf } from './text.ts';

/** Lines of words under each other, and the room that they take. */

export interface Line {
  /** note: begins what a line from another box says; more: goes on with it. */
  role: 'group' | 'label' | 'sub' | 'unsure' | 'note' | 'more' | 'edge';
  text: string;
}

/** With the middle of its baseline. */
export interface Placed extends Line {
  x: number;
  y: number;
}

/** Height of a line, and what is free above it. */
const LEAD = {
  group: [15, 0],
  label: [19, 0],
  sub: [16, 1],
  unsure: [16, 1],
  note: [16, 7],
  more: [16, 0],
  edge: [15, 0],
} as const satisfies Record<Line['role'], readonly [number, number]>;

/** Of a line's height, how far its baseline lies below its upper edge. */
const BASE = 0.76;
const ABOVE = 11;

/** Words in a box of that width; places from its upper left corner. */
export function inBox(lines: readonly Line[], width: number): Room & { lines: Placed[] } {
  const set = stacked(lines, width / 2, ABOVE);
  return { width, height: even(set.bottom + ABOVE), lines: set.lines };
}

const SIDE = 5;

/** Words on a line: as wide as the longest. */
export function onLine(texts: readonly string[]): { room: Room; lines: Placed[] } {
  const width = even(Math.max(...texts.map((text) => widthOf(text, 12))) + 2 * SIDE);
  const set = stacked(
    texts.map((text) => ({ role: 'edge', text })),
    width / 2,
    2,
  );
  return { room: { width, height: even(set.bottom + 2) }, lines: set.lines };
}

/** The same words in a box that has found its place. */
export const placed = (lines: readonly Placed[], { x, y }: Pick<Box, 'x' | 'y'>): Placed[] =>
  lines.map((line) => ({ ...line, x: line.x + x, y: line.y + y }));

function stacked(lines: readonly Line[], x: number, top: number): { lines: Placed[]; bottom: number } {
  let bottom = top;
  const set = lines.map((line) => {
    const [height, free] = LEAD[line.role];
    bottom += free + height;
    return { ...line, x, y: Math.round(bottom - height * (1 - BASE)) };
  });
  return { lines: set, bottom };
}

const even = (length: number): number => Math.ceil(length / 2) * 2;
