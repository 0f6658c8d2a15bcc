import type { Face } from './face.ts';
import type { Graph } from './graph/graph.ts';
import { layoutOf } from './graph/layout.ts';
import type { Box, Layout, Line } from './graph/shapes.ts';

/** A graph as it is drawn: boxes that are links, lines, and where each arrow key leads. */

export interface DrawnBox extends Omit<Box, 'id'>, Face {
  isFinally: boolean;
  /** Anchors that the keys left, right, up and down lead to; null where there is nothing. */
  keys: readonly [left: string | null, right: string | null, up: string | null, down: string | null];
}

export interface DrawnLine {
  /** Data of an SVG path. */
  path: string;
  /** Anchors of the boxes at its ends, where it leads to a frame of all that are in it. */
  from: string[];
  to: string[];
}

export interface Drawing {
  width: number;
  height: number;
  boxes: DrawnBox[];
  lines: DrawnLine[];
  /** Around boxes that run side by side, each with its name. */
  frames: (Omit<Box, 'id'> & { text: string })[];
  /** Around what runs at the end in any case. */
  group: Omit<Box, 'id'> | null;
}

/** From which room on the drawing to the right can be read: a page's column, a wide screen, or none. */
export type Fit = 'column' | 'screen' | 'none';

export interface Picture {
  right: Drawing;
  down: Drawing;
  fit: Fit;
}

/** Null where there is nothing to draw, or more than a picture can show. Each group of siblings gets a frame. */
export function pictureOf(
  graph: Graph,
  face: (id: string) => Face,
  siblings: readonly (readonly string[])[] = [],
): Picture | null {
  if (graph.nodes.length === 0) return null;
  const text = (id: string) => face(id).text;
  const [right, down] = [layoutOf(graph, 'right', text, siblings), layoutOf(graph, 'down', text, siblings)];
  if (!right || !down) return null;
  return { right: drawn(graph, right, face), down: drawn(graph, down, face), fit: fitOf(right) };
}

// Both drawn at four fifths of their size at least, in picture.css.
const COLUMN = 1_200;
const SCREEN = 1_450;

function fitOf({ width }: Layout): Fit {
  if (width <= COLUMN) return 'column';
  return width <= SCREEN ? 'screen' : 'none';
}

/** The drawing that shows where something is in a small map; null where there are too many boxes to see one. */
export function mapOf(picture: Picture | null): Drawing | null {
  if (!picture || picture.right.boxes.length > MAPPED) return null;
  return picture.right.width > MAPPED_WIDTH ? picture.down : picture.right;
}

const MAPPED = 60;
const MAPPED_WIDTH = 2_000;

function drawn(graph: Graph, layout: Layout, face: (id: string) => Face): Drawing {
  const places = new Map(layout.boxes.map((box) => [box.id, box]));
  const ends = new Set(graph.nodes.filter(({ isFinally }) => isFinally).map(({ id }) => id));
  const columns = columnsOf(layout.boxes);
  const boxes = graph.nodes.flatMap(({ id, isFinally }) => {
    const box = places.get(id);
    if (!box) return [];
    const { id: _, ...place } = box;
    return [{ ...place, ...face(id), isFinally, keys: keysOf(box, graph, { places, columns, face }) }];
  });
  const lines = layout.lines.map((line) => ({
    path: pathOf(line),
    from: line.from.map((id) => face(id).anchor),
    to: line.to.map((id) => face(id).anchor),
  }));
  const frames = layout.frames.map(({ members, ...place }) => ({
    ...place,
    text: `${members.length} run side by side`,
  }));
  const group = around(layout.boxes.filter(({ id }) => ends.has(id)));
  return { width: layout.width, height: layout.height, boxes, lines, frames, group };
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** Boxes that stand in one column, from above; where the graph goes down there is one column. */
function columnsOf(boxes: readonly Box[]): Box[][] {
  const columns: { end: number; boxes: Box[] }[] = [];
  for (const box of boxes.toSorted((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && box.x < last.end) {
      last.boxes.push(box);
      last.end = Math.max(last.end, box.x + box.width);
    } else columns.push({ end: box.x + box.width, boxes: [box] });
  }
  return columns.map((column) => column.boxes.sort((a, b) => a.y - b.y));
}

interface Around {
  places: ReadonlyMap<string, Box>;
  columns: readonly Box[][];
  face: (id: string) => Face;
}

/** Left and right lead along the lines, up and down within the column. */
function keysOf(box: Box, { drawn: edges }: Graph, { places, columns, face }: Around): DrawnBox['keys'] {
  const nearest = (ids: string[]): string | null => {
    const from = middle(box);
    const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - from.x, y - from.y);
    const [first] = ids.flatMap((id) => places.get(id) ?? []).sort((a, b) => far(middle(a)) - far(middle(b)));
    return first ? face(first.id).anchor : null;
  };
  const column = columns.find((boxes) => boxes.includes(box)) ?? [];
  const at = column.indexOf(box);
  const inColumn = (n: number) => (column[n] ? face(column[n].id).anchor : null);
  return [
    nearest(edges.filter(({ to }) => to === box.id).map(({ from }) => from)),
    nearest(edges.filter(({ from }) => from === box.id).map(({ to }) => to)),
    inColumn(at - 1),
    inColumn(at + 1),
  ];
}

/** Straight pieces with rounded corners. */
export function pathOf({ points }: Pick<Line, 'points'>): string {
  const at = ({ x, y }: { x: number; y: number }) => `${Math.round(x)} ${Math.round(y)}`;
  return points
    .map((point, n) => {
      const next = points[n + 1];
      if (n === 0) return `M${at(point)}`;
      const before = points[n - 1] ?? point;
      return next ? `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, next))}` : `L${at(point)}`;
    })
    .join('');
}

const CORNER = 8;

/** A point on the way from one to another, near the first. */
function towards(from: { x: number; y: number }, to: { x: number; y: number }) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

const ROOM = 10;

function around(boxes: readonly Box[]): Drawing['group'] {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x)) - ROOM;
  const y = Math.min(...boxes.map((box) => box.y)) - ROOM;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + ROOM;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + ROOM;
  return { x, y, width: right - x, height: bottom - y };
}
