import { Graph, layout } from '@dagrejs/dagre';
import type { Edge } from './graph.ts';
import type { Box, Point, Room, Size, Way } from './shapes.ts';

/** Columns from left to right: who waits stands to the right of all that it waits for. */

const BETWEEN_BOXES = 14;
const BETWEEN_LINES = 10;
const BETWEEN_COLUMNS = 48;
/** Beyond this many the best columns take too long to find. */
const FEW = 150;

/** `roomOf`: the room that the words of a line take; they lie on it, and no other line runs through them. */
export function laidRight(
  sizes: readonly Size[],
  drawn: readonly Edge[],
  roomOf: (edge: Edge) => Room | null = () => null,
): { boxes: Box[]; lines: Way[] } {
  const { middle, between, label } = placesOf(sizes, drawn, roomOf);
  const centered = sizes.map(({ id, width, height }) => {
    const { x, y } = middle(id);
    return { id, x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
  });
  const labels = drawn.flatMap((edge) => {
    const [at, room] = [label(edge), roomOf(edge)];
    return at && room ? [{ x: Math.round(at.x - room.width / 2), width: room.width }] : [];
  });
  const columns = columnsOf([...centered, ...labels]);
  const boxes = centered.map((box) => ({ ...box, x: columnAt(columns, box.x)?.left ?? box.x }));
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = drawn.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const at = label(edge);
    const points = from && to ? way(from, to, between(edge), columns) : null;
    return points
      ? [{ ...edge, points, ...(at ? { labelAt: { x: Math.round(at.x), y: Math.round(at.y) } } : {}) }]
      : [];
  });
  return isUpsideDown(boxes) ? { boxes: boxes.map(turned), lines: lines.map(turnedLine) } : { boxes, lines };
}

/** The middle of each box, and the points of each line, as dagre finds them. */
function placesOf(sizes: readonly Size[], drawn: readonly Edge[], roomOf: (edge: Edge) => Room | null) {
  const graph = new Graph();
  graph.setGraph({
    ...{ rankdir: 'LR', nodesep: BETWEEN_BOXES, edgesep: BETWEEN_LINES, ranksep: BETWEEN_COLUMNS },
    ranker: sizes.length > FEW ? 'tight-tree' : 'network-simplex',
  });
  // Numbers, since a task may have a name that every object of JavaScript knows.
  const numbers = new Map(sizes.map(({ id }, at) => [id, String(at)]));
  const number = (id: string): string => numbers.get(id) ?? '';
  for (const { id, width, height } of sizes) graph.setNode(number(id), { width, height });
  for (const edge of drawn) {
    const room = roomOf(edge);
    graph.setEdge(number(edge.from), number(edge.to), room ? { ...room, labelpos: 'c' } : {});
  }
  const gate = 'all the others';
  for (const { id, isFinally } of endsOf(sizes, drawn))
    if (isFinally) graph.setEdge(gate, number(id), {});
    else graph.setEdge(number(id), gate, {});
  if (graph.hasNode(gate)) graph.setNode(gate, { width: 1, height: 1 });
  layout(graph);
  return {
    middle: (id: string): Point => graph.node(number(id)),
    between: ({ from, to }: Edge): Point[] => graph.edge(number(from), number(to)).points.slice(1, -1),
    label: (edge: Edge): Point | null => (roomOf(edge) ? graph.edge(number(edge.from), number(edge.to)) : null),
  };
}

/**
 * Tasks of `finally`, and those that come right before them; none where there is no such task.
 * What nothing leads to or from stays at the beginning, unless there is nothing else.
 */
function endsOf(sizes: readonly Size[], drawn: readonly Edge[]): Size[] {
  const last = new Set(sizes.flatMap(({ id, isFinally }) => (isFinally ? [id] : [])));
  if (last.size === 0) return [];
  const inner = drawn.filter(({ to }) => !last.has(to));
  const goesOn = new Set(inner.map(({ from }) => from));
  const isReached = new Set(inner.map(({ to }) => to));
  return sizes.filter(({ id }) => last.has(id) || (!goesOn.has(id) && (isReached.has(id) || inner.length === 0)));
}

interface Column {
  left: number;
  right: number;
}

/** The stretches in which boxes stand; dagre sets those of one column on one middle. */
function columnsOf(boxes: readonly Pick<Box, 'x' | 'width'>[]): Column[] {
  const columns: Column[] = [];
  for (const { x, width } of boxes.toSorted((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && x < last.right) last.right = Math.max(last.right, x + width);
    else columns.push({ left: x, right: x + width });
  }
  return columns;
}

const columnAt = (columns: readonly Column[], x: number): Column | undefined =>
  columns.find(({ left, right }) => x >= left && x <= right);

/** Level through columns, at a slant only between them: so no line touches a box that is not its own. */
function way(from: Box, to: Box, between: readonly Point[], columns: readonly Column[]): Point[] {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  const passed = between.flatMap(({ x, y }) => {
    const column = columnAt(columns, x);
    return column ? [column.left, column.right].map((side) => ({ x: side, y: Math.round(y) })) : [];
  });
  return straightened([start, { x: columnAt(columns, start.x)?.right ?? start.x, y: start.y }, ...passed, end]);
}

/** Without points at which a line does not turn. */
function straightened(points: readonly Point[]): Point[] {
  return points.filter((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before || !after) return true;
    return (after.y - before.y) * (point.x - before.x) !== (point.y - before.y) * (after.x - before.x);
  });
}

/** Whether most of the boxes of a column stand against the order in which they are listed. */
function isUpsideDown(boxes: readonly Box[]): boolean {
  const columns = Map.groupBy(boxes, ({ x }) => x).values();
  const signs = [...columns].flatMap((column) =>
    column.slice(1).map(({ y }, before) => Math.sign(y - (column[before]?.y ?? y))),
  );
  return signs.reduce((sum, sign) => sum + sign, 0) < 0;
}

const turned = (box: Box): Box => ({ ...box, y: -box.y - box.height });
const turnedPoint = ({ x, y }: Point): Point => ({ x, y: -y });
const turnedLine = (line: Way): Way => ({
  ...line,
  points: line.points.map(turnedPoint),
  ...(line.labelAt ? { labelAt: turnedPoint(line.labelAt) } : {}),
});
