import { getCollection } from 'astro:content';

/** All labs with their worlds and what they printed. */
export async function readLabs() {
  const [entry] = await getCollection('labs');
  if (!entry) throw new Error('The collection "labs" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}
