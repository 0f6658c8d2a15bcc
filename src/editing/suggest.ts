import { type IssueFields, issueFieldsOf } from './forge.ts';
import { oneLine } from './line.ts';

/** An issue that is begun from a page: which page, which text of it, and nothing of who reads it. */

export interface Suggestion {
  /** Title of the page. */
  title: string;
  /** Address of the page. */
  page: string;
  /** Heading of the section or step that is meant. */
  section?: string | undefined;
  /** What makes the text one of a certain time, a line each: commit of its file, build of the site, clients. */
  versions: readonly string[];
}

/** Sentences of the issue. */
export interface SuggestionWords {
  /** Begins the title of the issue. */
  subject: string;
  /** What the reader is asked to write. */
  ask: string;
  page: string;
  section: string;
}

/** Forges and the proxies before them refuse long addresses. */
const LONGEST = 1_900;

/** Address of the form for a new issue, filled in; null where `base` is none of a forge that we know. */
export function suggestionAddress(base: string, suggestion: Suggestion, words: SuggestionWords): string | null {
  const fields = issueFieldsOf(base);
  if (!fields) return null;
  const full = cut(suggestion);
  const [first = '', ...shorter] = [
    full,
    { ...full, versions: [] },
    { ...full, versions: [], section: undefined, title: full.title.slice(0, 40) },
    { title: '', page: '', versions: [] },
  ].map((one) => addressOf(base, fields, one, words));
  return [first, ...shorter].find((address) => address.length <= LONGEST) ?? base;
}

/** What a page says of itself may come from a registry: it is one line, and no longer than a title. */
function cut({ title, page, section, versions }: Suggestion): Suggestion {
  const line = (text: string, most: number) => oneLine(text).slice(0, most).toWellFormed();
  return {
    title: line(title, 120),
    page: line(page, 400),
    section: section && line(section, 120),
    versions: versions.map((one) => line(one, 200)),
  };
}

function addressOf(
  base: string,
  fields: IssueFields,
  { title, page, section, versions }: Suggestion,
  words: SuggestionWords,
): string {
  const body = [
    words.ask,
    '',
    '',
    '---',
    ...(page ? [`${words.page}: ${page}`] : []),
    ...(section ? [`${words.section}: ${section}`] : []),
    ...versions,
  ].join('\n');
  const place = section ? `${title}: ${section}` : title;
  const query = [
    [fields.title, `${words.subject}: ${place}`],
    [fields.body, body],
  ].map((pair) => pair.map(encodeURIComponent).join('='));
  return `${base}?${query.join('&')}`;
}
