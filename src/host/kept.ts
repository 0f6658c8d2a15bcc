import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isKept, Naming, namedBy } from '#status/retention.ts';
import { isRecord, listRecords } from './retention.ts';

/** What goes onto the branch, and which of two texts of one file stays. */

const KEPT = /^(snapshot\.json|doctor\.json|outside-links\.json|history\/\d{4}\/\d{2}\/\d{2}\.ndjson)$/;
const RECORDS = 'records/';
/** A package list has 40 KB, a recording as much; what is larger than this is none of ours. */
const RECORD_BYTES = 4 << 20;
const ALL_RECORDS_BYTES = 256 << 20;

export const isRecordPath = (path: string): boolean => path.startsWith(RECORDS) && isRecord(path.slice(RECORDS.length));
export const isKeptPath = (path: string): boolean => KEPT.test(path) || isRecordPath(path);

/** Paths of files in the folder that belong onto the branch; throws where there is none. */
export async function listKept(dir: string): Promise<string[]> {
  const days = await readdir(join(dir, 'history'), { recursive: true }).catch(() => []);
  const names = await readdir(dir).catch(() => []);
  const all = [...names, ...days.map((day) => `history/${day.replaceAll('\\', '/')}`)];
  const paths = all.filter((path) => KEPT.test(path));
  if (paths.length === 0) throw new Error(`${dir} holds nothing to publish. Run "npm run snapshot" first.`);
  return [...paths, ...(await listSizable(dir))].sort();
}

/** Records within the bounds of one, and of all together. */
async function listSizable(dir: string): Promise<string[]> {
  let sum = 0;
  const sizable: string[] = [];
  for (const name of await listRecords(join(dir, RECORDS))) {
    const { size } = await stat(join(dir, RECORDS, name)).catch(() => ({ size: Number.POSITIVE_INFINITY }));
    if (size > RECORD_BYTES || sum + size > ALL_RECORDS_BYTES) continue;
    sum += size;
    sizable.push(`${RECORDS}${name}`);
  }
  return sizable;
}

/** Whether a record is still needed beside this snapshot; all are where it does not tell. */
export function neededBeside(snapshot: string | null): (path: string) => boolean {
  const naming = Naming.safeParse(jsonOf(snapshot ?? ''));
  if (!naming.success) return () => true;
  const named = namedBy(naming.data);
  return (path) => isKept(path.slice(RECORDS.length), named);
}

/** One text of two: histories are joined, of the others the younger is kept, `known` when they are of one age. */
export function joined(
  path: string,
  known: string | null,
  added: string,
  mergeHistory: (known: string, added: string) => string,
): string {
  if (path.startsWith('history/')) {
    try {
      return mergeHistory(known ?? '', added);
    } catch (cause) {
      throw new Error(`${path}: ${(cause as Error).message}`, { cause });
    }
  }
  const addedAt = ageOf(added);
  if (addedAt === '' && known === null) {
    throw new Error(`${path} has no date, so it is not a whole file. Delete it and run "npm run snapshot".`);
  }
  return known !== null && ageOf(known) >= addedAt ? known : added;
}

/** When a snapshot or a doctor's report was made; empty when the text is neither. */
export function ageOf(text: string): string {
  const { generatedAt, at } = (jsonOf(text) ?? {}) as { generatedAt?: string; at?: string };
  return generatedAt ?? at ?? '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
