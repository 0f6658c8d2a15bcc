import { readFile } from 'node:fs/promises';
import { parseBlockers, placeOf } from '#status/blockers-file.ts';
import { nameOf } from '#status/text/blocker.ts';
import { editorOf } from '../_edit.ts';

const FILE = 'content/blockers.yaml';

/** Where each blocker that people wrote down is edited, by its name as the page shows it. */
export async function blockerEdits(): Promise<Map<string, string>> {
  const { blockers } = parseBlockers(await readFile(FILE, 'utf8'), FILE);
  const edit = await editorOf(FILE);
  return new Map(
    blockers.flatMap(({ url }, at) => {
      const place = placeOf(url);
      const address = edit('blockers', at);
      return place && address ? [[nameOf(place), address] as const] : [];
    }),
  );
}
