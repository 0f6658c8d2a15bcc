import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { World } from '#world/model.ts';
import { parseWorld } from '#world/parse.ts';

/** A world with the files of the folder tekton/ and of its own folder beside it; throws a ContentError where it is broken. */
export async function readWorld(path: string, name = path): Promise<World> {
  const folder = dirname(path);
  const own = basename(path).replace(/\.yaml.*$/, '');
  const beside = await Array.fromAsync(
    glob(['tekton/*.yaml', `${own}/*/*.*`, `${own}/*/Containerfile`], { cwd: folder }),
  );
  const texts = beside.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const);
  return parseWorld(await readFile(path, 'utf8'), name, Object.fromEntries(await Promise.all(texts)));
}
