import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDataWords } from '#handbook/reference/data.ts';
import { run } from '#host/child.ts';
import { type Served, serveStatic } from '#host/static.ts';
import { lackingOf, realTest } from '../support/needs.ts';
import { attributes, BASE, DIST, readPages } from '../support/site.ts';

const { examples } = parseDataWords(readFileSync('content/data.yaml', 'utf8'), 'content/data.yaml');
const pages = readPages().filter(({ path }) => path.startsWith('handbook/reference/'));
const lacks = lackingOf(['bash', 'curl', 'jq']);
let served: Served | null = null;

beforeAll(async () => {
  served = await serveStatic(DIST, { base: BASE });
});
afterAll(() => served?.close());

for (const { id, title, run: text, prints } of examples)
  realTest(
    `example ${id} of the public data: ${title}`,
    async () => {
      const env = { PATH: process.env['PATH'] ?? '', SITE: served?.url ?? '', no_proxy: '*' };
      const { code, output } = await run('bash', ['-euo', 'pipefail', '-c', text], { capture: true, env });
      expect(code, output).toBe(0);
      expect(output.trim()).toMatch(new RegExp(prints));
    },
    20_000,
    lacks,
  );

test('every part of the reference has a page, and each says for whom it is and where it is corrected', () => {
  const names = ['', 'objects/', 'objects/component/', 'labels/', 'tasks/', 'states/', 'commands/', 'data/'];
  const paths = pages.map(({ path }) => path.replace('handbook/reference/', ''));
  expect(paths).toEqual(expect.arrayContaining(names));
  for (const { path, html } of pages) expect(html, path).toContain('For whom');
  for (const { path, html } of pages.filter((page) => page.path !== 'handbook/reference/'))
    expect(html, path).toMatch(/<code[^>]*>content\//);
});

test('no two entries of a page share an address', () => {
  for (const { path, html } of pages) {
    const ids = attributes(html, 'id');
    expect(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      path,
    ).toEqual([]);
  }
});

test('a page of reference is no heavier than a phone can bear', () => {
  const heavy = pages.filter(({ html }) => html.length > 230 * 1_024).map(({ path }) => path);
  expect(heavy).toEqual([]);
});
