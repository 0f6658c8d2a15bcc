import { ContentError } from '#status/parse.ts';
import type { Track } from './model.ts';
import { addressOf, kindOf } from './ref.ts';
import type { Stop } from './way.ts';

/** Tracks as their pages show them. */

/** What a Ref leads to. */
export interface Place {
  title: string;
  /** Null where it does not say: then a track must. */
  minutes: number | null;
  /** How many steps a lab or questions a quiz has. */
  steps?: number;
}
export type Places = Readonly<Record<string, Place>>;

export interface Item extends Stop {
  /** `lab`, `page` and so on. */
  kind: string;
  title: string;
  /** Where it is on this site, without a slash in front. */
  address: string;
  minutes: number;
  why: string | null;
  /** It finds out by itself whether it is done. */
  checksItself: boolean;
  steps: number | null;
}

export interface TrackView {
  track: Track;
  chapters: { id: string; title: string; text: string | null; items: Item[] }[];
  /** All of them, in order. */
  items: Item[];
  /** Of what is not optional. */
  minutes: number;
  /** How many are done only if one likes. */
  optional: number;
}

/** Throws a ContentError where an item has no title or no time. */
export function trackView(track: Track, places: Places): TrackView {
  const itemOf = ({ ref, title, minutes, why, optional }: Track['chapters'][number]['items'][number]): Item => {
    const place = places[ref];
    const own = { title: title ?? (place?.title || undefined), minutes: minutes ?? place?.minutes };
    const lacks = Object.entries(own).flatMap(([name, value]) => (value === undefined || value === null ? [name] : []));
    if (own.title === undefined || own.minutes === undefined || own.minutes === null)
      throw new ContentError(
        `content/tracks/${track.id}.yaml: the item "${ref}" needs ${lacks.join(' and ')}: what it leads to says none. Write it there.`,
      );
    const kind = kindOf(ref);
    return {
      ...{ ref, optional, kind, title: own.title, minutes: own.minutes, why: why ?? null },
      address: addressOf(ref),
      checksItself: kind === 'lab' || kind === 'quiz',
      steps: place?.steps ?? null,
    };
  };
  const chapters = track.chapters.map(({ id, title, text, items }) => ({
    ...{ id, title, text: text ?? null },
    items: items.map(itemOf),
  }));
  const items = chapters.flatMap((chapter) => chapter.items);
  const minutes = items.reduce((sum, item) => sum + (item.optional ? 0 : item.minutes), 0);
  return { track, chapters, items, minutes, optional: items.filter((item) => item.optional).length };
}

/** One page as a part of one track. */
export interface Part {
  track: { id: string; title: string };
  item: Item;
  /** From 1, of all items of the track. */
  number: number;
  of: number;
  next: Item | null;
}

/** Parts of tracks by the address of their page. */
export function partsOf(views: readonly TrackView[]): Map<string, Part[]> {
  const parts = new Map<string, Part[]>();
  for (const { track, items } of views)
    for (const [at, item] of items.entries()) {
      const part: Part = {
        ...{ track: { id: track.id, title: track.title }, item },
        ...{ number: at + 1, of: items.length, next: items[at + 1] ?? null },
      };
      parts.set(item.address, [...(parts.get(item.address) ?? []), part]);
    }
  return parts;
}
