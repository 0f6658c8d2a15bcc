import type { Graph } from './graph.ts';

/** Fewer than this are seen to run side by side without a frame. */
const FEWEST = 3;

/** Groups of tasks that wait for the same, and for which the same wait: they run side by side. */
export function siblingsOf({ nodes, drawn }: Pick<Graph, 'nodes' | 'drawn'>): string[][] {
  const before = Map.groupBy(drawn, ({ to }) => to);
  const after = Map.groupBy(drawn, ({ from }) => from);
  const neighbours = (id: string): string =>
    JSON.stringify([
      (before.get(id) ?? []).map(({ from }) => from).sort(),
      (after.get(id) ?? []).map(({ to }) => to).sort(),
    ]);
  // Those of `finally` have a frame of their own.
  const ids = nodes.flatMap(({ id, isFinally }) => (isFinally ? [] : [id]));
  return [...Map.groupBy(ids, neighbours).values()].filter(({ length }) => length >= FEWEST);
}
