import { readFile } from 'node:fs/promises';
import type { Term } from '#glossary/model.ts';
import { parseGlossary } from '#glossary/parse.ts';

/** The words of the glossary; throws on anything broken, so that the build stops and names the field. */
export async function loadGlossary(root: URL): Promise<Term[]> {
  return parseGlossary(await readFile(new URL('content/glossary.yaml', root), 'utf8'), 'content/glossary.yaml');
}
