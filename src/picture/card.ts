/** The picture that a link to a page brings along in a chat: which page has which, and what it says. */

/** What chats and forums show whole, in pixels. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

export interface Card {
  /** Address below /og/, without the ending. */
  name: string;
  /** Name of a string of content/i18n, the words over the title. */
  section: Section;
  /** The page's own title; null where all pages of a kind share a card, which then says nothing that ages. */
  title: string | null;
}

const SECTIONS = [
  'start',
  'handbook',
  'contribute',
  'runbooks',
  'labs',
  'tracks',
  'pipelines',
  'status',
  'site',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Kinds whose pages have a card of their own: not the many that are made from what is watched. */
const OWN = /^(runbooks|labs|tracks|pipelines)\/[^/]+$/;

/** `id`: address of the page without slashes at its ends; `isProse`: it is a file of content/docs. */
export function cardOf(id: string, title: string, isProse: boolean): Card {
  const [first = ''] = id.split('/');
  const section = SECTIONS.find((one) => one === first) ?? 'site';
  if (isProse || OWN.test(id)) return { name: id || 'index', section, title };
  return { name: section, section, title: null };
}
