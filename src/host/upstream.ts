import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipelineName } from '#sources/records.ts';
import { type Naming, versionsIn } from '#status/retention.ts';
import { readText } from './store.ts';

/** The texts of upstream in the cache: of which pipelines, tasks and files they are, and what nobody has named for long. */

const MONTH_MS = 30 * 86_400_000;
const FILES = 'forges/files.json';
const OURS = /^([0-9a-f]{64})\.yaml(\.[0-9a-f-]+\.tmp)?$/;

/** Takes away texts older than a month that no version of a pipeline is, no current one pins and no file gave; gives how many. */
export async function pruneUpstream(
  folder: string,
  records: string,
  snapshot: Pick<Naming, 'pipelines'>,
  nowMs = Date.now(),
): Promise<number> {
  const named = await namedIn(records, snapshot);
  let count = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const [, hex = '', draft] = OURS.exec(name) ?? [];
    if (hex === '' || (draft === undefined && named.has(`sha256:${hex}`))) continue;
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs < MONTH_MS) continue;
    await rm(join(folder, name), { force: true });
    count += 1;
  }
  return count;
}

async function namedIn(records: string, snapshot: Pick<Naming, 'pipelines'>): Promise<Set<string>> {
  const current = (snapshot.pipelines ?? []).flatMap(({ digest }) => digest ?? []);
  const texts = await Promise.all([FILES, ...current.map(pipelineName)].map((name) => readText(join(records, name))));
  const digests = texts.flatMap((text) => text?.match(/sha256:[0-9a-f]{64}/g) ?? []);
  return versionsIn(snapshot).union(new Set(digests));
}
