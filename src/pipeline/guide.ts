import type { Walkthrough } from './walkthrough.ts';

/** One stop of the guided path of a walkthrough. */
export interface GuideStep {
  title: string;
  text: string;
  /** What it is about; an anchor is null where nothing that was read is called so. */
  at: { text: string; anchor: string | null }[];
}

export interface Place {
  text: string;
  anchor: string;
}

/** The guided path, its names turned into places of the page. */
export function guideOf({ guide }: Pick<Walkthrough, 'guide'>, placeOf: (name: string) => Place | null): GuideStep[] {
  return guide.map(({ title, text, at }) => ({
    title,
    text,
    at: at.map((name) => placeOf(name) ?? { text: name, anchor: null }),
  }));
}
