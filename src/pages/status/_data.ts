import { getCollection } from 'astro:content';

/** What was last seen, as every status page reads it. */
export async function readStatus() {
  const [entry] = await getCollection('status');
  if (!entry) throw new Error('The collection "status" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}
