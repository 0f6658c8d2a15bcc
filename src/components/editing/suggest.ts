import { type Suggestion, type SuggestionWords, suggestionAddress } from '#editing/suggest.ts';

/** What the link of Suggest.astro carries along. */
interface Carried {
  base: string;
  suggestion: Suggestion;
  words: SuggestionWords;
}

/** Keeps the link of the page at the section that one reads. */
export function startSuggest(document: Document, location: Location): void {
  const link = document.querySelector<HTMLAnchorElement>('a[data-suggest]');
  if (!link) return;
  // Our own page wrote it.
  const { base, suggestion, words }: Carried = JSON.parse(link.dataset['suggest'] ?? '');
  const point = () => {
    const found = sectionOf((id) => document.getElementById(id), location.hash);
    const page = found ? `${suggestion.page}#${found.id}` : suggestion.page;
    const address = suggestionAddress(base, { ...suggestion, page, section: found?.heading }, words);
    if (address) link.href = address;
  };
  window.addEventListener('hashchange', point);
  point();
}

/** What is asked of an element. */
interface Part {
  childNodes: Iterable<{ textContent: string | null }>;
  matches: (selector: string) => boolean;
  querySelector: (selector: string) => Part | null;
}

/** The part of the page that a fragment names. Values in the fragment of a runbook name none, and are told to nobody. */
export function sectionOf(partOf: (id: string) => Part | null, hash: string): { id: string; heading: string } | null {
  const id = decoded(hash.slice(1));
  const part = id === '' || id === '_top' ? null : partOf(id);
  if (!part) return null;
  const heading = part.matches('h1, h2, h3, h4') ? part : part.querySelector('h2,h3,h4,legend,dt,th,a');
  const words = [...(heading?.childNodes ?? [])].map(({ textContent }) => textContent ?? '').join(' ');
  return { id, heading: words.replace(/\s+/g, ' ').trim() || id };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
