import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLab } from '#lab/catalog.ts';
import type { Lab } from '#lab/model.ts';
import { withGiven } from '#world/given.ts';
import type { World } from '#world/model.ts';
import { readWorld } from './world.ts';

/** The labs as they lie in content/labs, by id. Throws a ContentError where one is broken. */
export async function readLabs(root: string): Promise<Lab[]> {
  const folder = join(root, 'content/labs');
  const names = (await Array.fromAsync(glob('*.{yaml,yml}', { cwd: folder }))).sort();
  return Promise.all(
    names.map(async (name) => parseLab(await readFile(join(folder, name), 'utf8'), `content/labs/${name}`)),
  );
}

/** The world in which a lab begins. */
export async function worldOf(root: string, { world, given }: Lab): Promise<World> {
  const name = `content/worlds/${world}.yaml`;
  return withGiven(await readWorld(join(root, name), name), given);
}
