import type { Stop } from '#learn/way.ts';

/** What the page of progress hands its script, as JSON. */
export interface ProgressData {
  tracks: { id: string; title: string; stops: Stop[] }[];
  /** Titles of all that can be done, by Ref. */
  titles: Record<string, string>;
}
