import { getCollection } from 'astro:content';
import { safeLink } from '#status/text/words.ts';

/** What was last seen, as every status page reads it. */
export async function readStatus() {
  const [entry] = await getCollection('status');
  if (!entry) throw new Error('The collection "status" is empty: src/content.config.ts must load one entry.');
  return entry.data;
}

/** Address of the targets file on the forge that this build was told of; null where it was told none. */
export function targetsLink(): string | null {
  const base = process.env['SLIPWAY_EDIT_URL'];
  return safeLink(base ? `${base.replace(/\/*$/, '/')}content/status/targets.yaml` : null);
}
