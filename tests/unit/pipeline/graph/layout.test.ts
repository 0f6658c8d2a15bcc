import { expect, test } from 'vitest';
import { crossingsOf } from '#pipeline/graph/crossings.ts';
import { type Graph, graphOfDefinition, graphOfPath } from '#pipeline/graph/graph.ts';
import { layoutOf } from '#pipeline/graph/layout.ts';
import type { Box, Layout, Line } from '#pipeline/graph/shapes.ts';
import { siblingsOf } from '#pipeline/graph/siblings.ts';
import { definition, lackingUpstream, upstream } from '../../../support/definitions.ts';

const DIRECTIONS = ['right', 'down'] as const;

function laid(
  graph: Pick<Graph, 'nodes' | 'drawn'>,
  direction: (typeof DIRECTIONS)[number],
  siblings?: string[][],
): Layout {
  const layout = layoutOf(graph, direction, undefined, siblings);
  if (!layout) throw new Error('There is no picture of this graph.');
  return layout;
}

/** A graph in which a node waits for up to three of the twenty before it, always the same. */
function tangled(count: number): Graph {
  let seed = 1;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const before = (at: number) => ({ stage: `t${Math.floor(Math.max(0, at - 1 - random() * 20))}`, label: null });
  return graphOfPath(
    Array.from({ length: count }, (_, at) => ({
      id: `t${at}`,
      after: at === 0 ? [] : [1, 2, 3].map(() => before(at)),
    })),
  );
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether a line runs through the inside of a box, looked at in steps of a pixel. */
function isThrough({ points }: Line, box: Box): boolean {
  return points.slice(1).some((to, at) => {
    const from = points[at] ?? to;
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y));
    return Array.from({ length: steps }, (_, step) => step / steps).some((share) => {
      const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
      return x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
    });
  });
}

test.each(DIRECTIONS)('%s: boxes lie apart within the picture, and no line runs through one', (direction) => {
  const graph = tangled(60);
  const { boxes, lines, width, height } = laid(graph, direction);
  expect(boxes.map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
  expect(lines.map(({ from, to }) => [from, to])).toEqual(graph.drawn.map(({ from, to }) => [[from], [to]]));
  const all = [...boxes, ...lines.flatMap(({ points }) => points)];
  expect(all.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y) && x > 0 && y > 0)).toBe(true);
  expect(all.every(({ x, y }) => x < width && y < height)).toBe(true);
  expect(boxes.flatMap((box, at) => boxes.slice(at + 1).filter((other) => overlaps(box, other)))).toEqual([]);
  expect(lines.flatMap((line) => boxes.filter((box) => isThrough(line, box)).map(({ id }) => id))).toEqual([]);
});

test('to the right a line leaves in the middle of a side and enters in the middle of the other', () => {
  const { boxes, lines } = laid(tangled(40), 'right');
  const byId = new Map(boxes.map((box) => [box.id, box]));
  for (const { from, to, points } of lines) {
    const [a, b] = [byId.get(from[0] ?? ''), byId.get(to[0] ?? '')];
    expect(points[0]).toEqual({ x: (a?.x ?? 0) + (a?.width ?? 0), y: (a?.y ?? 0) + 16 });
    expect(points.at(-1)).toEqual({ x: b?.x, y: (b?.y ?? 0) + 16 });
    expect(points[0]?.x).toBeLessThan(points.at(-1)?.x ?? 0);
  }
});

test('down there is one box a row, in their order', () => {
  const graph = tangled(40);
  const { boxes } = laid(graph, 'down');
  expect(boxes.toSorted((a, b) => a.y - b.y).map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
  expect(new Set(boxes.map(({ x }) => x)).size).toBe(1);
});

test.each(DIRECTIONS)('%s: what runs at the end stands behind all others', (direction) => {
  const graph = graphOfDefinition(
    definition({
      tasks: '{ name: a }\n{ name: b, runAfter: [a] }\n{ name: c, runAfter: [b] }\n{ name: alone }',
      finally: "{ name: f, params: [{ name: x, value: '$(tasks.a.results.u)' }] }\n{ name: g }",
    }),
  );
  const { boxes, lines } = laid(graph, direction);
  const axis = direction === 'right' ? 'x' : 'y';
  const place = (id: string) => boxes.find((box) => box.id === id)?.[axis] ?? Number.NaN;
  const others = Math.max(...['a', 'b', 'c', 'alone'].map(place));
  expect(Math.min(place('f'), place('g'))).toBeGreaterThan(others);
  if (direction === 'right') expect(place('alone')).toBe(place('a'));
  expect(lines.map(({ from, to }) => `${from} ${to}`)).toEqual(['a b', 'b c', 'a f']);
});

const FAN = graphOfPath([
  { id: 'start', after: [] },
  { id: 'mid', after: [{ stage: 'start', label: null }] },
  ...['c1', 'c2'].map((id) => ({ id, after: [{ stage: 'mid', label: null }] })),
  { id: 'aside', after: [{ stage: 'start', label: null }] },
  { id: 'c3', after: [{ stage: 'mid', label: null }] },
  { id: 'end', after: ['c1', 'c2', 'c3', 'aside'].map((stage) => ({ stage, label: null })) },
  { id: 'behind', after: [{ stage: 'end', label: null }] },
]);

test('siblings wait for the same, and the same wait for them; two are too few', () => {
  expect(siblingsOf(FAN)).toEqual([['c1', 'c2', 'c3']]);
  const pair = { ...FAN, nodes: FAN.nodes.filter(({ id }) => id !== 'c3') };
  expect(siblingsOf(pair)).toEqual([]);
  const last = { ...FAN, nodes: FAN.nodes.map(({ id }) => ({ id, isFinally: id.startsWith('c') })) };
  expect(siblingsOf(last)).toEqual([]);
  const elsewhere = [...FAN.drawn, { from: 'start', to: 'c2', kind: 'data' as const, label: null }];
  expect(siblingsOf({ nodes: FAN.nodes, drawn: elsewhere })).toEqual([]);
});

test.each(DIRECTIONS)('%s: a frame holds the siblings and nothing else, and one line leads in and out', (direction) => {
  const { boxes, frames, lines, width, height } = laid(FAN, direction, siblingsOf(FAN));
  const [frame] = frames;
  if (!frame || frames.length > 1) throw new Error('There is not one frame.');
  expect(frame.members).toEqual(['c1', 'c2', 'c3']);
  const asBox = { ...frame, id: 'frame' };
  const inside = boxes.filter(({ id }) => frame.members.includes(id));
  const isIn = (box: Box) =>
    box.x > frame.x &&
    box.x + box.width < frame.x + frame.width &&
    box.y > frame.y + 20 &&
    box.y + box.height < frame.y + frame.height;
  expect(inside.filter(isIn)).toHaveLength(3);
  expect(boxes.filter((box) => !inside.includes(box) && overlaps(box, asBox))).toEqual([]);
  expect(boxes.flatMap((box, at) => boxes.slice(at + 1).filter((other) => overlaps(box, other)))).toEqual([]);
  expect(lines.filter((line) => [...boxes, asBox].some((box) => isThrough(line, box)))).toEqual([]);
  expect(lines.map(({ from, to }) => `${from.join('+')} ${to.join('+')}`).sort()).toEqual([
    'aside end',
    'c1+c2+c3 end',
    'end behind',
    'mid c1+c2+c3',
    'start aside',
    'start mid',
  ]);
  expect(frame.x + frame.width < width && frame.y + frame.height < height).toBe(true);
});

test.each(DIRECTIONS)('%s: graphs of all kinds stay apart when siblings are framed', (direction) => {
  for (const count of [20, 40, 60]) {
    const graph = tangled(count);
    const leaves = Array.from({ length: 5 }, (_, at) => ({ id: `leaf${at}`, isFinally: false }));
    const drawn = [
      ...graph.drawn,
      ...leaves.flatMap(({ id }) =>
        ['t3', 't9'].map((from) => ({ from, to: id, kind: 'order' as const, label: null })),
      ),
    ];
    const both = { nodes: [...graph.nodes, ...leaves], drawn };
    const { boxes, frames, lines } = laid(both, direction, siblingsOf(both));
    expect(frames.some(({ members }) => members.length === 5)).toBe(true);
    const around = frames.map((frame, at) => ({ ...frame, id: `frame ${at}` }));
    const outer = [...boxes.filter(({ id }) => !frames.some(({ members }) => members.includes(id))), ...around];
    expect(outer.flatMap((box, at) => outer.slice(at + 1).filter((other) => overlaps(box, other)))).toEqual([]);
    expect(lines.flatMap((line) => outer.filter((box) => isThrough(line, box)))).toEqual([]);
  }
});

test('a box is as wide as its label, within bounds', () => {
  const graph = graphOfPath(['a', 'b', 'c'].map((id) => ({ id, after: [] })));
  const labels: Record<string, string> = { a: 'x', b: 'clone-repository', c: 'x'.repeat(200) };
  const layout = layoutOf(graph, 'right', (id) => labels[id] ?? '');
  const [a = 0, b = 0, c = 0] = layout?.boxes.map(({ width }) => width) ?? [];
  expect(a).toBeLessThan(b);
  expect(b).toBeGreaterThan(16 * 7);
  expect(c).toBe(420);
});

test.each(DIRECTIONS)('%s: no nodes make an empty picture', (direction) => {
  expect(laid({ nodes: [], drawn: [] }, direction)).toEqual({
    width: 0,
    height: 0,
    boxes: [],
    frames: [],
    lines: [],
    crossings: 0,
  });
});

test('a name that every object of JavaScript has is a box like others', () => {
  const graph = graphOfPath([
    { id: '__proto__', after: [] },
    { id: 'constructor', after: [{ stage: '__proto__', label: null }] },
  ]);
  expect(laid(graph, 'right').lines[0]?.points.length).toBe(2);
});

test('over 500 boxes or 2,000 lines there is no picture', () => {
  expect(layoutOf(tangled(501), 'right')).toBeNull();
  const sides = (count: number) => Array.from({ length: count }, (_, at) => at);
  const each = graphOfPath([
    ...sides(50).map((at) => ({ id: `a${at}`, after: [] })),
    ...sides(50).map((at) => ({ id: `b${at}`, after: sides(50).map((a) => ({ stage: `a${a}`, label: null })) })),
  ]);
  expect(layoutOf(each, 'down')).toBeNull();
});

test('what is too tangled for columns is laid down, and fast', () => {
  const chain = Array.from({ length: 200 }, (_, at) => ({ id: `c${at}`, after: at ? [`c${at - 1}`] : [] }));
  const short = Array.from({ length: 200 }, (_, at) => ({ id: `s${at}`, after: ['c0'] }));
  const end = { id: 'end', after: ['c199', ...short.map(({ id }) => id)] };
  const stages = [...chain, ...short, end].map(({ id, after }) => ({
    id,
    after: after.map((stage) => ({ stage, label: null })),
  }));
  const begun = performance.now();
  const layout = laid(graphOfPath(stages), 'right');
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(new Set(layout.boxes.map(({ x }) => x)).size).toBe(1);
});

test('crossings are places: touching is none, and a shared way counts once', () => {
  const line = (...points: [number, number][]) => ({ points: points.map(([x, y]) => ({ x, y })) });
  expect(crossingsOf([line([0, 0], [10, 10]), line([0, 10], [10, 0])])).toBe(1);
  expect(crossingsOf([line([0, 0], [10, 10]), line([0, 0], [10, 0])])).toBe(0);
  expect(crossingsOf([line([0, 0], [10, 0]), line([5, 0], [5, 10])])).toBe(0);
  expect(crossingsOf([line([0, 5], [10, 5]), line([5, 0], [5, 9]), line([5, 0], [5, 10])])).toBe(1);
});

test("upstream's multi-platform build: 22 lines become 15, and none crosses", (context) => {
  if (lackingUpstream) context.skip(lackingUpstream);
  const { nodes, edges, drawn, faults } = graphOfDefinition(upstream('docker-build-multi-platform-oci-ta'));
  expect(faults).toEqual([]);
  expect([nodes.length, edges.length, drawn.length]).toEqual([16, 22, 15]);
  expect(laid({ nodes, drawn: edges }, 'right').crossings).toBeGreaterThan(5);
  for (const direction of DIRECTIONS) expect(laid({ nodes, drawn }, direction).crossings).toBe(0);
  const siblings = siblingsOf({ nodes, drawn });
  expect(siblings.map(({ length }) => length)).toEqual([11]);
  for (const direction of DIRECTIONS) expect(laid({ nodes, drawn }, direction, siblings).lines).toHaveLength(5);
  expect(laid({ nodes, drawn }, 'down', siblings).width).toBeLessThan(320);
});
