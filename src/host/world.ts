import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { World } from '#world/model.ts';
import { parseWorld } from '#world/parse.ts';

const BESIDE = 'tekton/*.yaml';

/** A world with the files of the folder tekton/ beside it; throws a ContentError where it is broken. */
export async function readWorld(path: string, name = path): Promise<World> {
  const folder = dirname(path);
  const beside = await Array.fromAsync(glob(BESIDE, { cwd: folder }));
  const texts = beside.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const);
  return parseWorld(await readFile(path, 'utf8'), name, Object.fromEntries(await Promise.all(texts)));
}
