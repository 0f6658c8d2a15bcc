import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { expand } from '#status/targets.ts';
import { World } from './model.ts';
import { packageFaults } from './packages.ts';
import { eachOf, withTexts } from './tekton.ts';

/** A world's text to a world, with the files beside it by their paths; throws a ContentError that names file, line, field and remedy. */
export function parseWorld(text: string, name: string, files: Readonly<Record<string, string>> = {}): World {
  const { value, fail } = readYaml(text, name);
  const parsed = World.safeParse(value, IN_WORDS);
  if (!parsed.success) return fail(parsed.error.issues);
  const world = parsed.data;
  const { targets, faults } = expand(world.watch);
  const ids = new Set(targets.map(({ id }) => id));
  const strangers = world.added.filter((id) => !ids.has(id));
  const bundles = withTexts('tekton', world.tekton, files);
  const committed = withTexts('files', world.files, files);
  const all = [
    ...faults.map(({ path, message }) => ({ path: ['watch', ...path], message })),
    ...packageFaults(world.packages),
    ...strangers.map((id) => ({ path: ['added', world.added.indexOf(id)], message: `no target is called ${id}` })),
    ...bundles.faults,
    ...committed.faults,
  ];
  return all.length > 0 ? fail(all) : { ...world, tekton: bundles.rows, files: eachOf(committed.rows) };
}
