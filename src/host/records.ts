import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Records, records, type Shelf } from '#sources/records.ts';
import { listRecords } from './retention.ts';
import { readText, writeAtomic } from './store.ts';

/** Records as files under a folder, `content/status/records`. */
export const recordStore = (folder: string): Records => records(shelfIn(folder));

/** Texts by name as files under a folder. */
export function shelfIn(folder: string): Shelf {
  return {
    read: (name) => readText(join(folder, name)),
    // What a crash loses is found out again.
    write: (name, text) => writeAtomic(join(folder, name), text, { sync: false }),
    // Since nothing is synced, a crash can leave a file empty.
    has: (name) =>
      stat(join(folder, name)).then(
        (file) => file.isFile() && file.size > 0,
        () => false,
      ),
  };
}

/** Brings the records of parts of a refresh into one folder: what a part has found out anew replaces what was known. */
export async function joinRecords(parts: readonly string[], folder: string): Promise<void> {
  const holders = Map.groupBy(
    (await Promise.all(parts.map(async (part) => (await listRecords(part)).map((name) => ({ part, name }))))).flat(),
    ({ name }) => name,
  );
  for (const [name, ones] of holders) {
    const known = await readText(join(folder, name));
    const read = ones.map(async ({ part }) => {
      const path = join(part, name);
      return { text: await readText(path), changedMs: (await stat(path)).mtimeMs };
    });
    const [newest] = (await Promise.all(read))
      .filter(({ text }) => text !== known)
      .sort((a, b) => b.changedMs - a.changedMs);
    if (newest?.text) await writeAtomic(join(folder, name), newest.text, { sync: false });
  }
}
