import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kindOf } from '#sim/kube/crd.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { ContentError } from '#status/parse.ts';

/** Kinds of the CustomResourceDefinitions under a folder; throws a ContentError where there are none. */
export async function kindsIn(folder: string): Promise<Kind[]> {
  const files = (await Array.fromAsync(glob('**/*.yaml', { cwd: folder }))).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const kinds = texts.flatMap((text) => parseAllDocuments(text).flatMap((document) => kindOf(document.toJS())));
  if (kinds.length === 0)
    throw new ContentError(`${folder}: no CustomResourceDefinition is in it. Name a folder with their YAML.`);
  return kinds;
}
