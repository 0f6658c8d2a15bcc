import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLinks } from '#editing/preview.ts';

/** `node scripts/preview.ts DIR`: makes a built site fit to be looked at as the files of a job, under `BASE`. */

const base = `/${process.env['BASE'] ?? ''}/`.replaceAll(/\/+/g, '/');
const [dir] = process.argv.slice(2);
if (dir === undefined) {
  console.error('preview: say which folder: node scripts/preview.ts dist');
  process.exitCode = 2;
} else {
  const pages = globSync('**/*.html', { cwd: dir }).map((name) => join(dir, name));
  for (const page of pages) await writeFile(page, withFileLinks(await readFile(page, 'utf8'), base));
  console.log(`preview: ${pages.length} pages`);
}
