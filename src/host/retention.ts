import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isKept, type Naming, namedBy } from '#status/retention.ts';

/** The folder of records: what lies there, and what nobody needs any more. */

/** `packages/<hex>/x86_64.json`; nothing that could lead out of the folder. */
const RECORD = /^[a-z]+\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}(\/[a-z0-9_]{1,20})?\.json$/;
const DRAFT = /\.tmp$/;
/** A refresh that is still running may have written what no snapshot names yet. */
const YOUNG_MS = 6 * 3_600_000;

/** Whether this may be the name of a record. */
export const isRecord = (name: string): boolean => RECORD.test(name);

/** Names of all records in a folder, sorted. */
export async function listRecords(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter(isRecord).sort();
}

/** Takes away records that nothing in the snapshot names, and drafts that a crash left; gives how many. Young ones stay. */
export async function pruneRecords(folder: string, snapshot: Naming, nowMs = Date.now()): Promise<number> {
  const named = namedBy(snapshot);
  const old = (await namesIn(folder)).filter((name) => DRAFT.test(name) || (isRecord(name) && !isKept(name, named)));
  let count = 0;
  for (const name of old) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs < YOUNG_MS) continue;
    await rm(path, { force: true });
    // The folder of a digest goes with its last list.
    if (name.startsWith('packages/')) await rmdir(dirname(path)).catch(() => undefined);
    count += 1;
  }
  return count;
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.map((name) => name.replaceAll('\\', '/'));
}
