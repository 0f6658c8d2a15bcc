import { ContentError } from '#status/parse.ts';
import type { Term } from './model.ts';

const LINK = /\]\(\/glossary\/#([^)\s]+)\)/g;

/** The terms that a Markdown text links to, in the order of the text; throws a ContentError on one that is not there. */
export function wordsIn(markdown: string, terms: readonly Term[], file: string): Term[] {
  const ids = [...new Set([...markdown.matchAll(LINK)].map(([, id]) => id ?? ''))];
  return ids.map((id) => {
    const term = terms.find((one) => one.id === id);
    if (term) return term;
    throw new ContentError(
      `${file} links to /glossary/#${id}, which is no term. Correct it, or add the term to content/glossary.yaml.`,
    );
  });
}
