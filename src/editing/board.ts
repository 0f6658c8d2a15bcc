import type { OutsideLinks } from './outside-links.ts';
import type { PAGE_KINDS } from './page.ts';

/** What waits for an editor. */

/** In the order of the page: what misleads a reader first. */
export const BOARD_GROUPS = [
  'links',
  'unsourced',
  'review',
  'old',
  'drafts',
  'unrun',
  'unconfirmed',
  'undocumented',
  'unexplained',
  'unsure',
] as const;
export type BoardGroup = (typeof BOARD_GROUPS)[number];

/** A thing that somebody wrote, and where. */
export interface Written {
  title: string;
  /** Path from the root of the repository. */
  file: string;
  /** From 1. */
  line: number;
}

export interface BoardEntry extends Written {
  /** What is the matter with it, where the group does not say it all: a day, an address, a state. */
  detail: string | null;
}

/** A source of anything, and the day of what was read. */
interface Dated extends Written {
  date: string | undefined;
}

interface ProsePage extends Written {
  kind: (typeof PAGE_KINDS)[number] | undefined;
  sources: number;
  /** Day by which it is compared with its sources again. */
  review: string | undefined;
  words: number;
}

interface RunbookStanding extends Written {
  isDraft: boolean;
  /** Why its text counts as not run; null where it ran as it stands. */
  notRun: string | null;
  isConfirmed: boolean;
}

interface Word extends Written {
  sources: number;
  /** A word of this site's own, which rests on nothing outside. */
  isOurs: boolean;
  unsure: string | undefined;
}

/** All that the board is made of. */
export interface Material {
  pages: readonly ProsePage[];
  runbooks: readonly RunbookStanding[];
  words: readonly Word[];
  /** Sources of everything, each where it is written. */
  sources: readonly Dated[];
  /** Tasks without words. */
  undocumented: readonly Written[];
  /** Null where nobody has looked yet. */
  outside: OutsideLinks | null;
  /** Where a page is written, by its path below the base. */
  fileOf: (page: string) => Written;
}

export interface Board {
  /** The instant at which days were compared. */
  at: string;
  figures: {
    pages: number;
    words: number;
    /** Pages that must have sources, and those that have them. */
    toSource: number;
    sourced: number;
    /** Pages that tell of the site itself, and need none. */
    site: number;
    open: number;
  };
  /** When links to other sites were looked at, and how many; null where nobody has looked yet. */
  outside: { at: string; asked: number } | null;
  groups: Record<BoardGroup, BoardEntry[]>;
}

/** A review is announced so many days before. */
const AHEAD_DAYS = 30;
const DAY_MS = 86_400_000;

/** The board as of `now`, an instant. */
export function boardOf(material: Material, now: string): Board {
  const { pages, outside } = material;
  const toSource = pages.filter(({ kind }) => kind !== 'site');
  const groups = groupsOf(material, toSource, now);
  return {
    at: now,
    figures: {
      pages: pages.length,
      words: pages.reduce((sum, { words }) => sum + words, 0),
      toSource: toSource.length,
      sourced: toSource.filter(({ sources }) => sources > 0).length,
      site: pages.length - toSource.length,
      open: Object.values(groups).reduce((sum, entries) => sum + entries.length, 0),
    },
    outside: outside && { at: outside.at, asked: outside.asked },
    groups,
  };
}

function groupsOf(material: Material, toSource: readonly ProsePage[], now: string): Board['groups'] {
  const { pages, runbooks, words, sources, undocumented } = material;
  const soon = dayAfter(now, AHEAD_DAYS);
  const yearAgo = dayAfter(now, -365);
  const ready = runbooks.filter(({ isDraft }) => !isDraft);
  return {
    links: brokenLinks(material),
    unsourced: toSource.filter((page) => page.sources === 0).map((page) => entry(page)),
    review: upTo(
      pages.map((page) => ({ ...page, day: page.review })),
      soon,
    ),
    old: upTo(
      sources.map((source) => ({ ...source, day: source.date })),
      yearAgo,
    ),
    drafts: runbooks.filter(({ isDraft }) => isDraft).map((one) => entry(one)),
    unrun: ready.filter(({ notRun }) => notRun !== null).map((one) => entry(one, one.notRun)),
    unconfirmed: ready.filter(({ isConfirmed }) => !isConfirmed).map((one) => entry(one)),
    undocumented: undocumented.map((one) => entry(one)),
    unexplained: words.filter((word) => word.sources === 0 && !word.isOurs).map((word) => entry(word)),
    unsure: words.flatMap((word) => (word.unsure === undefined ? [] : [entry(word, word.unsure)])),
  };
}

/** Those of which the day is there and no later than `last`, the earliest first. */
function upTo(all: readonly (Written & { day: string | undefined })[], last: string): BoardEntry[] {
  return all
    .flatMap((one) => (one.day !== undefined && one.day <= last ? [entry(one, one.day)] : []))
    .sort((a, b) => (a.detail ?? '').localeCompare(b.detail ?? ''));
}

const entry = ({ title, file, line }: Written, detail: string | null = null): BoardEntry => ({
  title,
  file,
  line,
  detail,
});

/** A line for each page that has a broken link: that is where it is mended. */
function brokenLinks({ outside, fileOf }: Material): BoardEntry[] {
  return (outside?.broken ?? []).flatMap(({ url, why, pages }) =>
    pages.map((page) => entry(fileOf(page), `${url}: ${why}`)),
  );
}

const dayAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * DAY_MS).toISOString().slice(0, 10);
