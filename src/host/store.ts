import { randomUUID } from 'node:crypto';
import { copyFile, glob, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Content } from '#sources/content.ts';
import { DoctorReport } from '#status/doctor.ts';
import { dayFile, type Event, parseHistory, writeHistory } from '#status/history.ts';
import type { FailedAttempt, Snapshot } from '#status/model.ts';
import { parseSnapshot } from '#status/parse.ts';
import { pruneRecords } from './retention.ts';

/** What is kept on disk: the snapshot, the failed attempt, the history, and content by digest. */

/** The text of a file, or null where there is none. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces a file so that a reader sees the old one or the new one, whole. */
export async function writeAtomic(path: string, data: string | Uint8Array, { sync = true } = {}): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'w').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      return open(draft, 'w');
    });
    try {
      await file.writeFile(data);
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The last snapshot in this directory; throws where it is broken. */
export async function readSnapshot(directory: string): Promise<Snapshot | null> {
  const path = join(directory, 'snapshot.json');
  const text = await readText(path);
  return text === null ? null : parseSnapshot(text, path);
}

/** Copies a snapshot that cannot be read to where it is not overwritten; the path of the copy. */
export async function setAside(directory: string): Promise<string> {
  const copy = join(directory, 'snapshot.broken.json');
  await copyFile(join(directory, 'snapshot.json'), copy);
  return copy;
}

/** Writes a snapshot and its events; a run that began later and ended earlier is not overwritten. */
export async function writeRefresh(directory: string, snapshot: Snapshot, events: readonly Event[]): Promise<void> {
  await exclusively(directory, async () => {
    for (const [day, added] of Map.groupBy(events, dayFile)) {
      const path = join(directory, 'history', day);
      const known = (await readText(path)) ?? '';
      const text = writeHistory(parseHistory(known), added);
      if (text !== known) await writeAtomic(path, text);
    }
    const other = await readSnapshot(directory).catch(() => null);
    if (other && other.generatedAt > snapshot.generatedAt) return;
    await writeAtomic(join(directory, 'snapshot.json'), `${JSON.stringify(snapshot, null, 1)}\n`);
    if (snapshot.mode === 'live') await rm(join(directory, 'attempt.json'), { force: true });
    await pruneRecords(join(directory, 'records'), snapshot);
  });
}

/** The doctor's last report; a broken one counts as none, since it is made anew at any time. */
export async function readDoctor(path: string): Promise<DoctorReport | null> {
  const text = await readText(path);
  try {
    return text === null ? null : DoctorReport.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Every event in the history of this directory. */
export async function readEvents(directory: string): Promise<Event[]> {
  const days = await Array.fromAsync(glob('history/**/*.ndjson', { cwd: directory }));
  const texts = await Promise.all(days.map((day) => readFile(join(directory, day), 'utf8')));
  return texts.flatMap(parseHistory);
}

/** Records a refresh in which no source answered; everything known stays as it is. */
export async function writeAttempt(directory: string, attempt: FailedAttempt): Promise<void> {
  await writeAtomic(join(directory, 'attempt.json'), `${JSON.stringify(attempt, null, 1)}\n`);
}

const LOCK_STALE_MS = 30_000;
const LOCK_PATIENCE_MS = 60_000;

/** Runs work while no other process runs work on this directory; a lock that its owner left behind is broken. */
async function exclusively(directory: string, work: () => Promise<void>): Promise<void> {
  await mkdir(directory, { recursive: true });
  const lock = join(directory, '.lock');
  const started = Date.now();
  while (!(await take(lock))) {
    if (Date.now() - started > LOCK_PATIENCE_MS)
      throw new Error(`${lock} has been held for a minute. If no refresh is running, delete it.`);
    await sleep(25 + Math.random() * 50);
  }
  const alive = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), LOCK_STALE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(alive);
    await rm(lock, { recursive: true, force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const age = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > LOCK_STALE_MS) {
    // Renamed first: of two that find it stale, one takes it away, and neither takes away the other's own lock.
    const stale = `${lock}.${randomUUID()}.tmp`;
    await rename(lock, stale).then(
      () => rm(stale, { recursive: true, force: true }),
      () => undefined,
    );
  }
  return false;
}

/** Content by digest under a cache directory, `sha256/ab/abcd…`. */
export function contentStore(directory: string): Content {
  const pathOf = (digest: string) => {
    const [algorithm = '', hex = ''] = digest.split(':');
    return join(directory, algorithm, hex.slice(0, 2), hex);
  };
  return {
    async read(digest) {
      return readFile(pathOf(digest)).catch(() => null);
    },
    // What a crash damages is found out by its digest and asked for again.
    write: (digest, bytes) => writeAtomic(pathOf(digest), bytes, { sync: false }),
  };
}
