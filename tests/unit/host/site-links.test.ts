import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLinks } from '#host/site-links.ts';

let root: string;
const write = async (file: string, text: string) => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-links-'));
  for (const name of ['runbooks', 'variables.yaml', 'owners.yaml', 'redirects.yaml', 'reviews.yaml'])
    await cp(join('content', name), join(root, 'content', name), { recursive: true });
  await write('content/docs/handbook/a.md', '---\ntitle: A\n---\n\nSee [b](/handbook/b/).\nAnd [c](#nowhere).\n');
  await write('content/labs/x.yaml', 'title: X\ntext: See [b](/handbook/b/) and [d](/handbook/b/c/).\n');
  await write('src/sidebar.ts', "export const sidebar = [{ link: '/gone/' }];\n");
  const nav = '<a href="/s/gone/">';
  await write('dist/index.html', `${nav}<a href="/s/handbook/a/">`);
  await write('dist/handbook/a/index.html', `${nav}<a href="/s/handbook/b/"><a href="#nowhere">`);
  await write('dist/labs/x/index.html', `${nav}<a href="/s/handbook/b/"><a href="/s/made/up/">`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a broken link is told at the line where it was written, once, however many pages show it', async () => {
  const found = await checkLinks(root, join(root, 'dist'), '/s/');
  expect(found.map(({ file, line, rule }) => `${file}:${line} ${rule}`).sort()).toEqual([
    'content/docs/handbook/a.md:5 links/page',
    'content/docs/handbook/a.md:6 links/anchor',
    'content/labs/x.yaml:1 links/page',
    'content/labs/x.yaml:2 links/page',
    'src/sidebar.ts:1 links/page',
  ]);
  expect(found.find(({ file }) => file === 'src/sidebar.ts')?.message).toContain('(on 3 pages)');
  expect(found.every(({ weight }) => weight === 'blocks')).toBe(true);
});

test('a folder that holds no site is an error, and not a site without faults', async () => {
  await expect(checkLinks(root, join(root, 'content'), '/')).rejects.toThrow(/holds no site/);
});
