import { getCollection, getEntry } from 'astro:content';
import { type KindView, kindViews } from '#handbook/reference/objects.ts';
import type { Reference } from '#pipeline/walkthrough.ts';
import { CUSTOM_KINDS, type ReferenceWords } from '#reference-loader.ts';
import { ContentError } from '#status/parse.ts';
import { editLink } from '../../_edit.ts';

/** What the pages of reference read. */

export async function readReference(): Promise<ReferenceWords> {
  const [entry] = await getCollection('reference');
  if (!entry) throw new Error('The collection "reference" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}

/** Every custom kind with its words. */
export const readKinds = async (): Promise<KindView[]> => kindViews(CUSTOM_KINDS, (await readReference()).objects);

/** Sources by their names, each once; throws on one that content/references.yaml lacks. */
export async function sourcesNamed(names: readonly string[], file: string): Promise<[string, Reference][]> {
  const known = (await getEntry('references', 'all'))?.data.references ?? {};
  return [...new Set(names)].map((name) => {
    const source = known[name];
    if (!source) throw new ContentError(`${file}: "${name}" is no name of content/references.yaml: add it there.`);
    return [name, source];
  });
}

/** Files with where they are edited. */
export const madeFrom = (...files: string[]): { file: string; href: string | null }[] =>
  files.map((file) => ({ file, href: editLink(file) }));

/** What stands above each page of reference. */
export const frontmatter = (title: string, description: string, reader: string, gain: string) => ({
  ...{ title, description, for: reader, gain },
  ...{ tableOfContents: false, prev: false, next: false },
});
