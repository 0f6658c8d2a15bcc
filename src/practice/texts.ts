import type { Practice } from './open.ts';

/** The texts of the home that the editor offers. */

const MOST = 200;
const DEEPEST = 8;
/** Of programs, not of the reader. */
const HIDDEN: ReadonlySet<string> = new Set(['.git', '.cache', '.config', '.kube', '.docker', '.gitconfig']);

/** Paths from the home, those of the lab first, then by name; at most 200. */
export async function textsIn(practice: Pick<Practice, 'list'>, own: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  await walk(practice, '', 0, found);
  const first = own.filter((path) => found.includes(path));
  return [...first, ...found.filter((path) => !first.includes(path))];
}

async function walk(practice: Pick<Practice, 'list'>, folder: string, depth: number, found: string[]): Promise<void> {
  if (depth > DEEPEST) return;
  for (const { name, isFolder } of (await practice.list(folder)) ?? []) {
    if (found.length >= MOST) return;
    if (HIDDEN.has(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isFolder) await walk(practice, path, depth + 1, found);
    else found.push(path);
  }
}
