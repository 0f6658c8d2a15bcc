import type { Edge } from './graph.ts';
import type { Box, Point, Size, Way } from './shapes.ts';

/** One box or frame a row, in their order; lines run in lanes at the left, as narrow as a phone. */

const GAP = 14;
const LANE = 14;
/** Where a straight line from a box to the next one goes, from the left side of the boxes. */
const STEM = 24;
/** How far below its upper edge a line enters a box, and above its lower edge leaves it. */
const END = 11;

/** All lines of one box share a trunk, from its own row to that of its last follower. */
interface Trunk {
  id: string;
  from: number;
  to: number;
}

export function laidDown(sizes: readonly Size[], drawn: readonly Edge[]): { boxes: Box[]; lines: Way[] } {
  const rows = new Map(sizes.map(({ id }, row) => [id, row]));
  const row = (id: string): number => rows.get(id) ?? 0;
  const followers = Map.groupBy(drawn, ({ from }) => from);
  const trunks = [...followers].flatMap(([id, edges]): Trunk[] => {
    const to = Math.max(...edges.map((edge) => row(edge.to)));
    return edges.length === 1 && to === row(id) + 1 ? [] : [{ id, from: row(id), to }];
  });
  const { lanes, count } = lanesOf(trunks);
  const left = count * LANE;
  let below = 0;
  const boxes = sizes.map(({ id, width, height }) => {
    const y = below;
    below += height + GAP;
    return { id, x: left, y, width, height };
  });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = drawn.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const lane = lanes.get(edge.from);
    return from && to ? [{ ...edge, points: way(from, to, lane === undefined ? null : left - (lane + 1) * LANE) }] : [];
  });
  return { boxes, lines };
}

/** A lane per trunk, the nearest to the boxes first: short trunks lie inside of long ones. */
function lanesOf(trunks: readonly Trunk[]): { lanes: Map<string, number>; count: number } {
  const taken: Trunk[][] = [];
  const lanes = new Map<string, number>();
  for (const trunk of trunks.toSorted((a, b) => a.to - a.from - (b.to - b.from))) {
    const free = taken.findIndex((lane) => lane.every(({ from, to }) => to <= trunk.from || from >= trunk.to));
    const lane = free === -1 ? taken.length : free;
    taken[lane] = [...(taken[lane] ?? []), trunk];
    lanes.set(trunk.id, lane);
  }
  return { lanes, count: taken.length };
}

/** Straight to the next row, or out to the lane and back: leaves a box low and enters it high, so the two stay apart. */
function way(from: Box, to: Box, lane: number | null): Point[] {
  if (lane === null)
    return [
      { x: from.x + STEM, y: from.y + from.height },
      { x: to.x + STEM, y: to.y },
    ];
  const [low, high] = [from.y + from.height - END, to.y + END];
  return [
    { x: from.x, y: low },
    { x: lane, y: low },
    { x: lane, y: high },
    { x: to.x, y: high },
  ];
}
