import { crossingsOf } from '#pipeline/graph/crossings.ts';
import { laidDown } from '#pipeline/graph/down.ts';
import type { Edge } from '#pipeline/graph/graph.ts';
import { inOrder, withoutCircles } from '#pipeline/graph/order.ts';
import { laidRight } from '#pipeline/graph/right.ts';
import type { Box, Point, Room, Size, Way } from '#pipeline/graph/shapes.ts';

/** Where nodes and lines lie. A line that closes a circle is laid the other way round, and then turned. */

export interface Laid {
  width: number;
  height: number;
  boxes: Box[];
  lines: (Way & { roomAt: Box | null })[];
}

interface Given {
  sizes: readonly (Room & { id: string })[];
  edges: readonly { from: string; to: string }[];
  /** Of the edge with that number. */
  roomOf: (at: number) => Room | null;
}

const MARGIN = 12;

/** Ids in reading order: each after what leads to it, where no circle forbids it. */
export function readingOrder(ids: readonly string[], edges: readonly { from: string; to: string }[]): string[] {
  return inOrder([...ids], withoutCircles(ids, edges, 0).kept);
}

/** How often the order is changed in search of fewer crossings. */
const TRIES = 24;

/** Rows from above, for a page's column, a screen and paper: of several orders the one with the fewest crossings. */
export function laidInRows(given: Given): Laid {
  let best = rowsOf(given);
  let least = costOf(best);
  for (let seed = 1; seed <= TRIES && least > 0; seed++) {
    const laid = rowsInOrder(given, seed);
    const cost = costOf(laid);
    if (cost < least) [best, least] = [laid, cost];
  }
  return best;
}

/** Crossings, and what is wider than a page's column. */
const costOf = ({ lines, width }: Laid): number => crossingsOf(lines) + Math.max(0, width - COLUMN) / 20;

const COLUMN = 900;

/** With nodes and edges in another order, which depends on the seed alone; lines come back as they were given. */
function rowsInOrder({ sizes, edges, roomOf }: Given, seed: number): Laid {
  const order = shuffled(edges.keys().toArray(), seed);
  const laid = rowsOf({
    sizes: shuffled(sizes, seed + TRIES),
    edges: order.flatMap((at) => edges[at] ?? []),
    roomOf: (at) => roomOf(order[at] ?? at),
  });
  return { ...laid, lines: edges.flatMap((_, at) => laid.lines[order.indexOf(at)] ?? []) };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function rowsOf({ sizes, edges, roomOf }: Given): Laid {
  const { straight, isTurned } = withoutTurns(sizes, edges);
  const { boxes, lines } = laidRight(sizes.map(lying), straight, (edge) => {
    const room = roomOf(straight.indexOf(edge));
    return room && { width: room.height, height: room.width };
  });
  return whole(
    boxes.map((box) => ({ ...box, x: box.y, y: box.x, width: box.height, height: box.width })),
    lines.map((line, at) => {
      const points = line.points.map(turned);
      const labelAt = line.labelAt && turned(line.labelAt);
      return { ...back(line, points, isTurned(at)), roomAt: around(labelAt, roomOf(at)) };
    }),
  );
}

/** One under the other, for a phone. */
export function laidInOneColumn({ sizes, edges }: Omit<Given, 'roomOf'>): Laid {
  const { straight, isTurned } = withoutTurns(sizes, edges);
  const { boxes, lines } = laidDown(
    sizes.map((size) => ({ ...size, isFinally: false })),
    straight,
  );
  return whole(
    boxes,
    lines.map((line, at) => ({ ...back(line, line.points, isTurned(at)), roomAt: null })),
  );
}

/** The edges so that none leads back, and which of them were turned for it. */
function withoutTurns(sizes: Given['sizes'], edges: Given['edges']) {
  const numbered = edges.map(({ from, to }): Edge => ({ from, to, kind: 'order', label: null }));
  const ids = sizes.map(({ id }) => id);
  const kept = new Set(withoutCircles(ids, numbered, 0).kept);
  const isTurned = (at: number): boolean => {
    const edge = numbered[at];
    return edge !== undefined && !kept.has(edge);
  };
  const straight = numbered.map((edge, at) => (isTurned(at) ? { ...edge, from: edge.to, to: edge.from } : edge));
  return { straight, isTurned };
}

const turned = ({ x, y }: Point): Point => ({ x: y, y: x });

const lying = ({ id, width, height }: Given['sizes'][number]): Size => ({
  id,
  width: height,
  height: width,
  isFinally: false,
});

const back = (line: Way, points: Point[], isTurned: boolean): Way =>
  isTurned ? { ...line, from: line.to, to: line.from, points: points.toReversed() } : { ...line, points };

const around = (at: Point | undefined, room: Room | null): Box | null =>
  at && room ? { id: '', x: at.x - room.width / 2, y: at.y - room.height / 2, ...room } : null;

/** Moved so that all of it lies within the margin. */
function whole(boxes: readonly Box[], lines: Laid['lines']): Laid {
  const areas = [...boxes, ...lines.flatMap(({ roomAt }) => roomAt ?? [])];
  const corners = areas.flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  const all = [...corners, ...lines.flatMap(({ points }) => points)];
  const left = Math.min(...all.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...all.map(({ y }) => y)) - MARGIN;
  const at = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.ceil(Math.max(...all.map(({ x }) => x)) - left + MARGIN),
    height: Math.ceil(Math.max(...all.map(({ y }) => y)) - top + MARGIN),
    boxes: boxes.map(at),
    lines: lines.map((line) => ({ ...line, points: line.points.map(at), roomAt: line.roomAt && at(line.roomAt) })),
  };
}
