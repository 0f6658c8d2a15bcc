import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTaskWords, parseWalkthrough } from '#pipeline/content.ts';
import type { TaskWords, Walkthrough } from '#pipeline/walkthrough.ts';

/** The files of content/pipelines. */

/** Walkthroughs in the order in which they are read; throws a ContentError where one is broken. */
export async function readWalkthroughs(folder: string): Promise<Walkthrough[]> {
  const all = await readAll(folder, parseWalkthrough);
  return all.sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
}

/** What is said of each task, by its name; throws a ContentError where a file is broken. */
export function readTaskWords(folder: string): Promise<TaskWords[]> {
  return readAll(join(folder, 'tasks'), parseTaskWords);
}

async function readAll<T>(folder: string, parse: (text: string, file: string) => T): Promise<T[]> {
  const names = (await Array.fromAsync(glob('*.yaml', { cwd: folder }))).sort();
  return Promise.all(names.map(async (name) => parse(await readFile(join(folder, name), 'utf8'), join(folder, name))));
}
