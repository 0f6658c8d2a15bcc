import { readYaml } from '#status/parse.ts';
import { expand } from '#status/targets.ts';
import { World } from './model.ts';

/** A world's text to a world; throws a ContentError that names file, line, field and remedy. */
export function parseWorld(text: string, name: string): World {
  const { value, fail } = readYaml(text, name);
  const parsed = World.safeParse(value);
  if (!parsed.success) return fail(parsed.error.issues.map(({ path, message }) => ({ path, message })));
  const world = parsed.data;
  const { targets, faults } = expand(world.watch);
  const ids = new Set(targets.map(({ id }) => id));
  const strangers = world.added.filter((id) => !ids.has(id));
  const all = [
    ...faults.map(({ path, message }) => ({ path: ['watch', ...path], message })),
    ...strangers.map((id) => ({ path: ['added', world.added.indexOf(id)], message: `no target is called ${id}` })),
  ];
  return all.length > 0 ? fail(all) : world;
}
