import { contracted, expanded } from './blocks.ts';
import { crossingsOf } from './crossings.ts';
import { laidDown } from './down.ts';
import type { Graph } from './graph.ts';
import { spanOf } from './order.ts';
import { laidRight } from './right.ts';
import type { Direction, Layout, Point } from './shapes.ts';

/** Where the boxes and lines of a graph lie, in CSS pixels, for an SVG that is drawn while the site is built. */

const MOST_BOXES = 500;
const MOST_LINES = 2_000;
/** Beyond this many columns passed by all lines together, columns would take longer than two seconds. */
const MOST_PASSED = 6_000;
const HEIGHT = 32;
/** Of a letter at 12 px: labels are set in a font whose letters are about this wide. */
const LETTER = 7.2;
const PADDING = 28;
const NARROWEST = 72;
const WIDEST = 420;
const MARGIN = 12;

/**
 * Null where there is more than a picture can show (over 500 boxes or 2,000 lines): the list tells it then.
 * What is too tangled for columns is laid down in both directions. Each group of siblings gets a frame.
 */
export function layoutOf(
  { nodes, drawn }: Pick<Graph, 'nodes' | 'drawn'>,
  direction: Direction,
  label: (id: string) => string = (id) => id,
  siblings: readonly (readonly string[])[] = [],
): Layout | null {
  if (nodes.length > MOST_BOXES || drawn.length > MOST_LINES) return null;
  const sizes = nodes.map(({ id, isFinally }) => ({ id, isFinally, width: widthOf(label(id)), height: HEIGHT }));
  const { blocks, edges } = contracted(sizes, drawn, siblings);
  const isTangled = () =>
    spanOf(
      blocks.map(({ id }) => id),
      edges,
    ) > MOST_PASSED;
  const laid = direction === 'right' && !isTangled() ? laidRight(blocks, edges) : laidDown(blocks, edges);
  return { ...framed(expanded(laid, blocks)), crossings: crossingsOf(laid.lines) };
}

function widthOf(label: string): number {
  const wide = Math.ceil([...label].length * LETTER + PADDING);
  return Math.min(WIDEST, Math.max(NARROWEST, wide + (wide % 2)));
}

/** The least picture that holds all; lines may run above the first box. */
function framed({ boxes, frames, lines }: Pick<Layout, 'boxes' | 'frames' | 'lines'>): Omit<Layout, 'crossings'> {
  const corners = [...boxes, ...frames].flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  const all = [...corners, ...lines.flatMap(({ points }) => points)];
  if (all.length === 0) return { width: 0, height: 0, boxes: [], frames: [], lines: [] };
  const left = all.reduce((least, { x }) => Math.min(least, x), Infinity) - MARGIN;
  const top = all.reduce((least, { y }) => Math.min(least, y), Infinity) - MARGIN;
  const at = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: all.reduce((most, { x }) => Math.max(most, x), 0) - left + MARGIN,
    height: all.reduce((most, { y }) => Math.max(most, y), 0) - top + MARGIN,
    boxes: boxes.map(at),
    frames: frames.map(at),
    lines: lines.map((line) => ({ ...line, points: line.points.map(at) })),
  };
}
