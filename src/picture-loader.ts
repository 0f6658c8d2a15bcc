import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Picture, parsePicture } from '#picture/model.ts';

/** What the pictures show, by id; throws on anything broken, so that the build stops and names the field. */
export async function loadPictures(root: URL): Promise<Record<string, Picture>> {
  const folder = new URL('content/pictures/', root);
  const names = (await Array.fromAsync(glob('*.yaml', { cwd: fileURLToPath(folder) }))).sort();
  const read = names.map(async (name) => {
    const text = await readFile(new URL(name, folder), 'utf8');
    return [name.replace(/\.yaml$/, ''), parsePicture(text, `content/pictures/${name}`)] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
