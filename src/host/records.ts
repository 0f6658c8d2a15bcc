import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Records, records, type Shelf } from '#sources/records.ts';
import { readText, writeAtomic } from './store.ts';

/** Records as files under a folder, `content/status/records`. */
export function recordStore(folder: string): Records {
  const shelf: Shelf = {
    read: (name) => readText(join(folder, name)),
    // What a crash loses is found out again.
    write: (name, text) => writeAtomic(join(folder, name), text, { sync: false }),
    has: (name) =>
      stat(join(folder, name)).then(
        () => true,
        () => false,
      ),
  };
  return records(shelf);
}
