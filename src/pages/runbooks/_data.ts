import { getCollection } from 'astro:content';

/** All runbooks with what belongs to them, as every page that shows or names one reads it. */
export async function readRunbooks() {
  const [entry] = await getCollection('runbooks');
  if (!entry) throw new Error('The collection "runbooks" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}
