import type { System, SystemsFile } from '#handbook/systems.ts';
import type { Drawn, OfSystems } from './model.ts';

/** The systems that stand on the map, and what feeds what, as a picture. */
export function pictureOfSystems(
  { draws: _, shapes, ...head }: OfSystems,
  { systems }: Pick<SystemsFile, 'systems'>,
  words: (system: System) => { sub: string; anchor: string },
): Drawn {
  const shown = systems.filter(({ map }) => map);
  const ids = new Set(shown.map(({ id }) => id));
  const nodes = shown.map((system) => {
    const { id, name, group, what, state } = system;
    const shape = shapes[group];
    if (!shape)
      throw new Error(`The picture of the systems has no shape for the group "${group}": add it to "shapes".`);
    const { sub, anchor } = words(system);
    return {
      ...{ id, label: name, kind: shape.kind, group, note: what, href: anchor, unverified: isUnsure(state) },
      ...(sub ? { sub } : {}),
    };
  });
  const edges = shown.flatMap(({ id, state, feeds }) =>
    feeds
      .filter(({ to }) => ids.has(to))
      .map(({ to, what }) => ({ from: id, to, label: what, unverified: isUnsure(state) })),
  );
  const groups = Object.fromEntries(Object.entries(shapes).map(([group, { name }]) => [group, name]));
  return { ...head, groups, nodes, edges };
}

const isUnsure = (state: System['state']): boolean => state === 'planned' || state === 'unverified';
