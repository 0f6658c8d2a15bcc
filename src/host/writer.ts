import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  type Change,
  commitOn,
  type Entry,
  fetchTip,
  isPassing,
  push,
  storeFiles,
  storeText,
  type Tip,
} from './branch.ts';
import { type Git, git, readBlobs } from './git.ts';
import { ageOf, isKeptPath, isRecordPath, joined, listKept, neededBeside } from './kept.ts';

/** Keeps what was last seen on a branch of its own, so that main is for people. Any number of writers lose nothing. */

export interface Keeping {
  /** The clone whose git is used; its checkout is not touched. */
  clone: string;
  /** Folder with snapshot.json, history/ and records/, `content/status`. */
  dir: string;
  remote: string;
  branch: string;
  /** Union of two texts of one day's file. */
  mergeHistory: (known: string, added: string) => string;
}

export interface Retry {
  tries: number;
  /** Waits before try `n`, counted from 1. */
  pause: (n: number) => Promise<void>;
}

export interface Published {
  /** Commit that was pushed; null when there was nothing to say. */
  commit: string | null;
  tries: number;
  files: number;
}

const SNAPSHOT = 'snapshot.json';
const BATCH = 200;

/** Half a second more at each try, and a random part so that two writers do not meet again. */
export const PATIENT: Retry = {
  tries: 5,
  pause: (n) => new Promise((done) => setTimeout(done, n * 500 + Math.random() * 1_500)),
};

/** Puts the folder on the branch: histories joined, the younger snapshot kept, pushed until it is in. */
export async function publish(keeping: Keeping, retry: Retry = PATIENT): Promise<Published> {
  const run = git(keeping.clone);
  const paths = await listKept(keeping.dir);
  const scratch = await mkdtemp(join(tmpdir(), 'slipway-'));
  try {
    for (let n = 1; n <= retry.tries; n++) {
      if (n > 1) await retry.pause(n - 1);
      const done = await attempt(run, keeping, paths, join(scratch, `index-${n}`));
      if (done !== 'again') return { commit: done, tries: n, files: paths.length };
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  throw new Error(
    `The branch "${keeping.branch}" could not be written in ${retry.tries} tries: other writers were faster, or the network failed. Nothing is lost; the next refresh tries again.`,
  );
}

async function attempt(run: Git, keeping: Keeping, paths: string[], index: string): Promise<string | null | 'again'> {
  try {
    const tip = await fetchTip(run, keeping.remote, keeping.branch);
    const change = await toChange(run, keeping, tip, paths);
    const commit = await commitOn(run, tip, change, index, `Refresh: ${change.put.length} files`);
    if (commit === null) return null;
    return (await push(run, keeping.remote, keeping.branch, commit)) ? commit : 'again';
  } catch (error) {
    if (isPassing(error)) return 'again';
    throw error;
  }
}

/** Files whose text on the branch must change, with the blobs that replace them, and records that nobody needs there. */
async function toChange(run: Git, { dir, mergeHistory }: Keeping, tip: Tip, paths: string[]): Promise<Change> {
  const known = new Map(tip.entries.map(({ path, id }) => [path, id]));
  const ids = await storeFiles(
    run,
    paths.map((path) => resolve(dir, path)),
  );
  const local = paths.map((path, n) => ({ path, id: ids[n] ?? '' }));
  const changed = local.filter(({ path, id }) => !isRecordPath(path) && known.get(path) !== id);
  const both = changed.flatMap(({ path }) => known.get(path) ?? []);
  const there = known.get(SNAPSHOT);
  const here = local.find(({ path }) => path === SNAPSHOT)?.id;
  const snapshots = [there, here].flatMap((id) => id ?? []);
  const blobs = await readBlobs(run, [...new Set([...both, ...changed.map(({ id }) => id), ...snapshots])]);
  const textOf = (id: string | undefined) => (id ? (blobs.get(id)?.toString() ?? null) : null);
  const put: Entry[] = [];
  for (const { path, id } of changed) {
    const text = joined(path, textOf(known.get(path)), textOf(id) ?? '', mergeHistory);
    put.push({ path, id: text === textOf(id) ? id : await storeText(run, text) });
  }
  const isOurs = ageOf(textOf(here) ?? '') >= ageOf(textOf(there) ?? '');
  const isNeeded = neededBeside(textOf(isOurs ? here : there) ?? textOf(here));
  const records = local.filter(({ path }) => isRecordPath(path) && isNeeded(path) && (isOurs || !known.has(path)));
  return {
    put: [...put, ...records].filter(({ path, id }) => known.get(path) !== id),
    drop: tip.entries.flatMap(({ path }) => (isRecordPath(path) && !isNeeded(path) ? [path] : [])),
  };
}

/** Brings the branch's files into the folder; what the folder knows beyond them stays. Gives the number of files written. */
export async function restore({ clone, dir, remote, branch, mergeHistory }: Keeping): Promise<number> {
  const run = git(clone);
  const tip = await fetchTip(run, remote, branch);
  const entries = tip.entries.filter(({ path }) => isKeptPath(path));
  const ageBefore = ageOf((await readIfThere(join(dir, SNAPSHOT))) ?? '');
  let ageThere = '';
  let written = 0;
  // The snapshot goes first: its age tells whose records are the younger.
  for (const batch of batches(entries.sort((a, b) => Number(b.path === SNAPSHOT) - Number(a.path === SNAPSHOT)))) {
    const blobs = await readBlobs(
      run,
      batch.map(({ id }) => id),
    );
    for (const { path, id } of batch) {
      const there = (blobs.get(id) ?? Buffer.alloc(0)).toString();
      if (path === SNAPSHOT) ageThere = ageOf(there);
      const here = await readIfThere(join(dir, path));
      const isRecord = isRecordPath(path);
      const stays = isRecord && here !== null && ageBefore >= ageThere;
      const text = here === null || isRecord ? there : joined(path, here, there, mergeHistory);
      if (stays || text === here) continue;
      await writeWhole(join(dir, path), text);
      written++;
    }
  }
  return written;
}

function* batches(entries: readonly Entry[]): Generator<readonly Entry[]> {
  for (let from = 0; from < entries.length; from += BATCH) yield entries.slice(from, from + BATCH);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, text);
  await rename(part, file);
}
