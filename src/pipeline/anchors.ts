/** Ids under which a page names tasks, parameters and lines, whatever their names hold. */

/** An id for each task of a pipeline, by its name: the same on every page that leads to it. */
export const taskAnchors = (tasks: readonly { name: string }[]): ReadonlyMap<string, string> =>
  anchorsOf(
    'task',
    tasks.map(({ name }) => name),
  );

/** An id of letters, digits, points, hyphens and underscores. */
export function anchor(kind: string, name: string): string {
  return `${kind}-${name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || 'unnamed'}`;
}

/** An id for each name; names that would share one are numbered. */
export function anchorsOf(kind: string, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of new Set(names)) {
    const plain = anchor(kind, name);
    let id = plain;
    for (let n = 2; taken.has(id); n += 1) id = `${plain}.${n}`;
    taken.add(id);
    found.set(name, id);
  }
  return found;
}
