import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { commitOn, type Entry, fetchTip, isPassing, push, storeFiles, storeText, type Tip } from './branch.ts';
import { type Git, git, readBlobs } from './git.ts';

/** Keeps what was last seen on a branch of its own, so that main is for people. Any number of writers lose nothing. */

export interface Keeping {
  /** The clone whose git is used; its checkout is not touched. */
  clone: string;
  /** Folder with snapshot.json and history/, `content/status`. */
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

const KEPT = /^(snapshot\.json|doctor\.json|history\/\d{4}\/\d{2}\/\d{2}\.ndjson)$/;

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
    const put = await toPut(run, keeping, tip, paths);
    const commit = await commitOn(run, tip, put, index, `Refresh: ${put.length} files`);
    if (commit === null) return null;
    return (await push(run, keeping.remote, keeping.branch, commit)) ? commit : 'again';
  } catch (error) {
    if (isPassing(error)) return 'again';
    throw error;
  }
}

/** Files whose text on the branch must change, with the blobs that replace them. */
async function toPut(run: Git, { dir, mergeHistory }: Keeping, tip: Tip, paths: string[]): Promise<Entry[]> {
  const known = new Map(tip.entries.map(({ path, id }) => [path, id]));
  const ids = await storeFiles(
    run,
    paths.map((path) => resolve(dir, path)),
  );
  const local = paths.map((path, n) => ({ path, id: ids[n] ?? '' })).filter(({ path, id }) => known.get(path) !== id);
  const both = local.flatMap(({ path }) => known.get(path) ?? []);
  const blobs = await readBlobs(run, [...both, ...local.map(({ id }) => id)]);
  const put: Entry[] = [];
  for (const { path, id } of local) {
    const there = blobs.get(known.get(path) ?? '');
    const here = blobs.get(id) ?? Buffer.alloc(0);
    const text = joined(path, there?.toString() ?? null, here.toString(), mergeHistory);
    put.push({ path, id: text === here.toString() ? id : await storeText(run, text) });
  }
  return put.filter(({ path, id }) => known.get(path) !== id);
}

/** Brings the branch's files into the folder; what the folder knows beyond them stays. Gives the number of files written. */
export async function restore({ clone, dir, remote, branch, mergeHistory }: Keeping): Promise<number> {
  const run = git(clone);
  const tip = await fetchTip(run, remote, branch);
  const entries = tip.entries.filter(({ path }) => KEPT.test(path));
  const blobs = await readBlobs(
    run,
    entries.map(({ id }) => id),
  );
  let written = 0;
  for (const { path, id } of entries) {
    const there = (blobs.get(id) ?? Buffer.alloc(0)).toString();
    const here = await readIfThere(join(dir, path));
    const text = here === null ? there : joined(path, here, there, mergeHistory);
    if (text === here) continue;
    await writeWhole(join(dir, path), text);
    written++;
  }
  return written;
}

/** One text of two: histories are joined, of the others the younger is kept, `known` when they are of one age. */
function joined(path: string, known: string | null, added: string, mergeHistory: Keeping['mergeHistory']): string {
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
function ageOf(text: string): string {
  try {
    const { generatedAt, at } = JSON.parse(text) as { generatedAt?: string; at?: string };
    return generatedAt ?? at ?? '';
  } catch {
    return '';
  }
}

async function listKept(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  const paths = names.map((name) => name.replaceAll('\\', '/')).filter((path) => KEPT.test(path));
  if (paths.length > 0) return paths.sort();
  throw new Error(`${dir} holds nothing to publish. Run "npm run snapshot" first.`);
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
