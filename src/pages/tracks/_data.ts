import { getEntry } from 'astro:content';
import { addressOf } from '#learn/ref.ts';
import { trackView } from '#learn/view.ts';

/** Tracks and quizzes with what they lead to, as every page that shows or names one reads it. */
export async function readLearning() {
  const entry = await getEntry('learning', 'all');
  if (!entry) throw new Error('The collection "learning" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}

export async function trackViews() {
  const { tracks, places } = await readLearning();
  return tracks.map((track) => trackView(track, places));
}

/** Title and address of what a Ref leads to; a page of code has no title but its address. */
export async function leadOf(ref: string): Promise<{ title: string; address: string }> {
  const { places } = await readLearning();
  const address = addressOf(ref);
  return { title: places[ref]?.title || `/${address}`, address };
}
