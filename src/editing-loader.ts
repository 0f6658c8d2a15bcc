import { readFile } from 'node:fs/promises';
import { parseReferences, type References } from '#editing/references.ts';

/** What the pages of prose rest on; throws on anything broken, so that the build stops and names the field. */
export async function loadReferences(root: URL): Promise<References> {
  return parseReferences(await readFile(new URL('content/references.yaml', root), 'utf8'), 'content/references.yaml');
}
