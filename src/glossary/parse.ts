import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { GlossaryFile, type Term } from './model.ts';

/** glossary.yaml to its terms by the alphabet; throws a ContentError that lists every fault. */
export function parseGlossary(text: string, file: string): Term[] {
  const { value, fail } = readYaml(text, file);
  const read = GlossaryFile.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults = faultsOf(read.data);
  if (faults.length > 0) return fail(faults);
  const { sources, terms } = read.data;
  return Object.entries(terms)
    .map(([id, entry]) => ({ ...entry, id, sources: entry.sources.flatMap((name) => sources[name] ?? []) }))
    .sort((a, b) => sortKey(a.term).localeCompare(sortKey(b.term), 'en'));
}

function faultsOf({ sources, terms }: GlossaryFileShape): { path: PropertyKey[]; message: string }[] {
  const names = new Map<string, string>();
  const used = new Set(Object.values(terms).flatMap((entry) => entry.sources));
  const faults = Object.keys(sources)
    .filter((name) => !used.has(name))
    .map((name) => ({ path: ['sources', name] as PropertyKey[], message: 'no term names this source: take it out' }));
  for (const [id, entry] of Object.entries(terms)) {
    for (const [at, other] of entry.see.entries())
      if (other === id || !Object.hasOwn(terms, other))
        faults.push({ path: ['terms', id, 'see', at], message: `"${other}" is no other term of this file` });
    for (const [at, name] of entry.sources.entries())
      if (!Object.hasOwn(sources, name))
        faults.push({ path: ['terms', id, 'sources', at], message: `"${name}" is not among the sources of this file` });
    for (const name of [entry.term, ...entry.also].map((one) => one.toLowerCase())) {
      const other = names.get(name);
      if (other) faults.push({ path: ['terms', id], message: `"${name}" is a name of "${other}" already` });
      names.set(name, id);
    }
  }
  return faults;
}

type GlossaryFileShape = (typeof GlossaryFile)['_output'];

/** `.tekton` stands under T. */
const sortKey = (term: string): string => term.replace(/^[^\p{L}\p{N}]+/u, '');

/** Under which letter a term stands. */
export const letterOf = ({ term }: Term): string => sortKey(term)[0]?.toUpperCase() ?? '#';
