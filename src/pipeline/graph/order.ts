/** Orders of a directed graph: what closes a circle, what comes first, what follows from other edges. */

interface Arrow {
  from: string;
  to: string;
}

/** Per node the edges that leave it. */
function leaving<E extends Arrow>(ids: readonly string[], edges: readonly E[]): Map<string, E[]> {
  const map = new Map<string, E[]>(ids.map((id) => [id, []]));
  for (const edge of edges) map.get(edge.from)?.push(edge);
  return map;
}

/** Leaves out the edges that would close a circle; of the first `limit` of them also the circle, first to last. */
export function withoutCircles<E extends Arrow>(
  ids: readonly string[],
  edges: readonly E[],
  limit: number,
): { kept: E[]; circles: string[][] } {
  const next = leaving(ids, edges);
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const closing = new Set<E>();
  const circles: string[][] = [];
  const visit = (id: string): void => {
    state.set(id, 'open');
    path.push(id);
    for (const edge of next.get(id) ?? []) {
      if (state.get(edge.to) === 'open') {
        closing.add(edge);
        if (circles.length < limit) circles.push(path.slice(path.indexOf(edge.to)));
      } else if (!state.has(edge.to)) visit(edge.to);
    }
    path.pop();
    state.set(id, 'done');
  };
  const targets = new Set(edges.map(({ to }) => to));
  // From the beginnings on, so that the edge that leads back is the one left out.
  for (const id of [...ids.filter((one) => !targets.has(one)), ...ids]) if (!state.has(id)) visit(id);
  return { kept: edges.filter((edge) => !closing.has(edge)), circles };
}

/** Each node after all that it waits for, else in the order given. The graph has no circles. */
export function inOrder(ids: readonly string[], edges: readonly Arrow[]): string[] {
  const next = leaving(ids, edges);
  const waits = new Map(ids.map((id) => [id, 0]));
  for (const { to } of edges) waits.set(to, (waits.get(to) ?? 0) + 1);
  const left = [...ids];
  const sorted: string[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((id) => waits.get(id) === 0);
    if (ready === -1) throw new Error('A graph with a circle has no order.');
    const [id = ''] = left.splice(ready, 1);
    sorted.push(id);
    for (const { to } of next.get(id) ?? []) waits.set(to, (waits.get(to) ?? 0) - 1);
  }
  return sorted;
}

/** The edges that do not follow from others; `sorted` is in order. Of V nodes and E edges: V·E/32 steps. */
export function reduced<E extends Arrow>(sorted: readonly string[], edges: readonly E[]): E[] {
  const place = new Map(sorted.map((id, at) => [id, at]));
  const at = (id: string): number => place.get(id) ?? 0;
  const words = Math.ceil(sorted.length / 32);
  const next = leaving(sorted, edges);
  const reach = sorted.map(() => new Uint32Array(words));
  const kept = new Set<E>();
  for (const [from, id] of [...sorted.entries()].reverse()) {
    const mine = reach[from] ?? new Uint32Array(words);
    // The nearest first: what it reaches needs no edge of its own.
    for (const edge of (next.get(id) ?? []).toSorted((a, b) => at(a.to) - at(b.to))) {
      const to = at(edge.to);
      if (((mine[to >>> 5] ?? 0) >>> (to & 31)) & 1) continue;
      kept.add(edge);
      for (const [word, bits] of (reach[to] ?? []).entries()) mine[word] = (mine[word] ?? 0) | bits;
      mine[to >>> 5] = (mine[to >>> 5] ?? 0) | (1 << (to & 31));
    }
  }
  return edges.filter((edge) => kept.has(edge));
}

/** Per node how many stand one behind the other before it. */
function depthsOf(sorted: readonly string[], edges: readonly Arrow[]): Map<string, number> {
  const next = leaving(sorted, edges);
  const depths = new Map(sorted.map((id) => [id, 0]));
  for (const id of sorted)
    for (const { to } of next.get(id) ?? []) depths.set(to, Math.max(depths.get(to) ?? 0, (depths.get(id) ?? 0) + 1));
  return depths;
}

/** How many columns all edges together pass. */
export function spanOf(sorted: readonly string[], edges: readonly Arrow[]): number {
  const depths = depthsOf(sorted, edges);
  return edges.reduce((sum, { from, to }) => sum + (depths.get(to) ?? 0) - (depths.get(from) ?? 0), 0);
}
