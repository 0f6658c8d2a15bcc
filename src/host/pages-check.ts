import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findingsOf } from '#editing/faults.ts';
import type { Finding } from '#editing/finding.ts';
import { headOf } from '#editing/head.ts';
import { lacking, PageFields, PageHead } from '#editing/page.ts';
import { parseReferences, type References } from '#editing/references.ts';
import { BLOCKING } from '#editing/rules.ts';
import type { Term } from '#glossary/model.ts';
import { parseGlossary } from '#glossary/parse.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { ContentError, readYaml } from '#status/parse.ts';

/** The pages of prose: what stands between the two lines of dashes, and the words and sources that they name. */

const Head = z.object({ ...PageHead.shape, ...PageFields.shape });

/** Null where the file that tells is broken itself. */
interface Known {
  references: References | null;
  terms: readonly Term[] | null;
}

/** Faults of every page in content/docs under `root`. */
export async function checkPages(root: string): Promise<Finding[]> {
  const known = await knownIn(root);
  const names = globSync('**/[!_]*.{md,mdx}', { cwd: join(root, 'content/docs') }).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const file = `content/docs/${name.replaceAll('\\', '/')}`;
      return faultsOfPage(await readFile(join(root, file), 'utf8'), file, known);
    }),
  );
  return found.flat();
}

/** Faults of one page. */
export function faultsOfPage(text: string, file: string, known: Known): Finding[] {
  try {
    readHead(text, file, known.references);
  } catch (error) {
    return findingsOf(error, file, BLOCKING.head);
  }
  return [...unknownWords(text, file, known)];
}

function readHead(text: string, file: string, references: References | null): PageFields {
  const { value, fail } = readYaml(headOf(text), file);
  if (value === null)
    throw new ContentError(
      `${file}:1: The page does not begin with what is known of it. Put title, description and kind above its text, between two lines of three hyphens.`,
    );
  const read = Head.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults: { path: PropertyKey[]; message: string }[] = lacking(read.data).map(({ field, message }) => ({
    path: [field],
    message,
  }));
  for (const [at, name] of read.data.sources.entries())
    if (references && !Object.hasOwn(references, name))
      faults.push({ path: ['sources', at], message: `"${name}" is no name of content/references.yaml: add it there` });
  return faults.length > 0 ? fail(faults) : read.data;
}

/** Words of the glossary that it links to, and that are not there. */
function* unknownWords(text: string, file: string, { terms }: Known): Generator<Finding> {
  if (terms === null) return;
  const ids = new Set(terms.map(({ id }) => id));
  for (const [at, row] of text.split('\n').entries())
    for (const [, id = ''] of row.matchAll(/\]\(\/glossary\/#([^)\s]+)\)/g))
      if (!ids.has(id))
        yield {
          file,
          line: at + 1,
          rule: BLOCKING.word,
          weight: 'blocks',
          message: `The glossary has no "${id}".`,
          action: 'Correct the link, or add the word to content/glossary.yaml.',
        };
}

async function knownIn(root: string): Promise<Known> {
  // Faults of these files are told at their own lines, by the check of all content.
  const read = <T>(name: string, parse: (text: string, file: string) => T): Promise<T | null> =>
    readFile(join(root, name), 'utf8')
      .then((text) => parse(text, name))
      .catch(() => null);
  return {
    references: await read('content/references.yaml', parseReferences),
    terms: await read('content/glossary.yaml', parseGlossary),
  };
}
