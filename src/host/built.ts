import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SitePage } from '#editing/html.ts';

/** A built site, as it lies in its folder. */

/** Every HTML page; throws where the folder holds no site. */
export function readPages(dist: string): SitePage[] {
  if (!existsSync(join(dist, 'index.html')))
    throw new Error(`${dist} holds no site. Run "npm run build", or "npm test", which builds what it needs.`);
  return globSync('**/*.html', { cwd: dist })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !name.startsWith('pagefind'))
    .map((name) => ({ path: name.replace(/(^|\/)index\.html$/, '$1'), html: readFileSync(join(dist, name), 'utf8') }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** The file that a path below the base is served from, null when there is none. */
export function servedFrom(dist: string, path: string): string | null {
  const name = decoded(path);
  if (name === null || name.split('/').includes('..')) return null;
  const file = join(dist, name);
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return file;
  return existsSync(join(file, 'index.html')) ? join(file, 'index.html') : null;
}

/** Null for what is no encoded text, such as `50%`, or holds what no name of a file can. */
function decoded(path: string): string | null {
  try {
    const name = decodeURIComponent(path);
    return name.includes('\0') ? null : name;
  } catch {
    return null;
  }
}
