import { type Graph, graphOfDefinition, graphOfPath } from '#pipeline/graph/graph.ts';
import { layoutOf } from '#pipeline/graph/layout.ts';
import { readPipeline } from '#pipeline/tekton/read.ts';
import { type Figure, print, spread } from '../support/bench-table.ts';
import { lackingUpstream, upstream } from '../support/definitions.ts';

/** What it takes to read and lay out a pipeline, and what its reduction saves. */

const RUNS = 7;
const GRAPH_MS = 1_000;
const LAYOUT_MS = 3_000;

const KINDS = {
  chain: (at: number) => (at === 0 ? [] : [at - 1]),
  'fan-out': (at: number) => (at === 0 ? [] : [0]),
  random: (at: number) => (at === 0 ? [] : [1, 2, 3].map(() => Math.floor(Math.max(0, at - 1 - random() * 20)))),
};

let seed = 1;
/** The same numbers in every run of this bench. */
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}

print('Layout of a pipeline', [
  ...Object.entries(KINDS).flatMap(([kind, before]) => [16, 100, 500].flatMap((count) => laid(kind, count, before))),
  ...worst(),
  ...real(),
]);

function laid(kind: string, count: number, before: (at: number) => number[]): Figure[] {
  const after = Array.from({ length: count }, (_, at) =>
    before(at).map((one) => ({ stage: `task-${one}`, label: null })),
  );
  const graph = graphOfPath(after.map((stages, at) => ({ id: `task-${at}`, after: stages })));
  const { nodes, edges, drawn } = graph;
  return (['right', 'down'] as const).map((direction) => {
    const { text, median } = spread(timesOf(() => layoutOf(graph, direction)));
    const crossings = (lines: Graph['drawn']) => layoutOf({ nodes, drawn: lines }, direction)?.crossings ?? '–';
    return {
      what: `${count} tasks, ${kind}, ${direction}`,
      figure: `${text(milliseconds)}; lines ${edges.length} → ${drawn.length}, crossings ${crossings(edges)} → ${crossings(drawn)}`,
      ...(count === 500 ? { goal: '≤ 3 s', isMet: median <= LAYOUT_MS } : {}),
    };
  });
}

/** As many tasks as we show, each waiting for as many as we read. */
function worst(): Figure[] {
  const names = Array.from({ length: 500 }, (_, at) => `t${at}`);
  const tasks = names.map((name, at) => ({
    name,
    taskRef: { name: 't' },
    runAfter: names.slice(Math.max(0, at - 200), at),
  }));
  const text = JSON.stringify({
    kind: 'Pipeline',
    apiVersion: 'tekton.dev/v1',
    metadata: { name: 'p' },
    spec: { tasks },
  });
  const { value } = readPipeline(text);
  if (!value) throw new Error('The largest pipeline cannot be read; its times mean nothing.');
  const graph = spread(timesOf(() => graphOfDefinition(value)));
  const { edges, drawn } = graphOfDefinition(value);
  return [
    {
      what: `500 tasks, ${edges.length} lines: order and reduction to ${drawn.length}`,
      figure: graph.text(milliseconds),
      goal: '≤ 1 s',
      isMet: graph.median <= GRAPH_MS,
    },
  ];
}

/** Upstream's pipelines, where they lie beside this checkout. */
function real(): Figure[] {
  if (lackingUpstream) return [{ what: "upstream's pipelines", figure: lackingUpstream }];
  return (['docker-build-multi-platform-oci-ta', 'docker-build-oci-ta'] as const).flatMap((name) => {
    const graph = graphOfDefinition(upstream(name));
    const { nodes, edges, drawn } = graph;
    return (['right', 'down'] as const).map((direction) => {
      const [before, after] = [edges, drawn].map((lines) => layoutOf({ nodes, drawn: lines }, direction));
      return {
        what: `${name}, ${nodes.length} tasks, ${direction}`,
        figure: `${spread(timesOf(() => layoutOf(graph, direction))).text(milliseconds)}; lines ${edges.length} → ${drawn.length}, crossings ${before?.crossings} → ${after?.crossings}, ${after?.width} × ${after?.height} px`,
        goal: 'no crossing',
        isMet: after?.crossings === 0,
      };
    });
  });
}

/** Processor time, which says the same on a machine that does other things too. */
function timesOf(work: () => unknown): number[] {
  return Array.from({ length: RUNS }, () => {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1_000;
  });
}

function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
