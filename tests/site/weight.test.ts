import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST, gzipped, inlineScripts, loaded, type Page, read, readPages } from '../support/site.ts';

const pages = readPages();
const KIB = 1_024;

/** What runs; figures that a page hands to its scripts as JSON are counted with its HTML. */
function scriptBytes(page: Page): number {
  const running = page.html.replace(/<script[^>]*\stype="application\/json"[^>]*>[\s\S]*?<\/script>/g, '');
  const inline = inlineScripts(running).filter(Boolean).map(gzipped);
  return [...inline, ...loaded(page).scripts.map((src) => gzipped(read(src)))].reduce((sum, bytes) => sum + bytes, 0);
}

test('no page carries more than 20 KiB of script', () => {
  const weights = pages
    .map((page) => ({ path: page.path, bytes: scriptBytes(page) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  console.log(`heaviest script: ${weights[0]?.bytes} B gzip on /${weights[0]?.path}`);
  expect(weights.filter(({ bytes }) => bytes > 20 * KIB)).toEqual([]);
});

test('the board with all that it loads is at most 60 KiB', () => {
  const board = pages.find(({ path }) => path === 'status/');
  if (!board) throw new Error('There is no page at /status/.');
  const { scripts, styles } = loaded(board);
  const parts = [gzipped(board.html), ...[...scripts, ...styles].map((address) => gzipped(read(address)))];
  const bytes = parts.reduce((sum, part) => sum + part, 0);
  console.log(`board: ${bytes} B gzip, of these HTML ${parts[0]} B`);
  expect(bytes).toBeLessThanOrEqual(60 * KIB);
});

test('the player of a replay is at most 6 KiB, and a build on four architectures with it at most 24 KiB', () => {
  const builds = pages.filter(({ path }) => path.endsWith('/replay/'));
  const weights = builds.map((page) => {
    const player = loaded(page).scripts.filter((src) => /Replay/.test(src));
    return { player: gzipped(player.map(read).join('')), page: gzipped(page.html) };
  });
  const heaviest = weights.toSorted((a, b) => b.page - a.page)[0];
  console.log(`heaviest replay: ${heaviest?.page} B gzip, its player ${heaviest?.player} B`);
  expect(heaviest?.player).toBeGreaterThan(0);
  expect(weights.filter(({ player, page }) => player > 6 * KIB || player + page > 24 * KIB)).toEqual([]);
});

test('no schema library reaches the browser', () => {
  const scripts = globSync('_astro/**/*.js', { cwd: DIST }).map((name) => readFileSync(join(DIST, name), 'utf8'));
  for (const text of [...scripts, ...pages.flatMap(({ html }) => inlineScripts(html))]) {
    expect(text).not.toMatch(/ZodError|invalid_union|_zod\b/);
  }
});

test('no font, picture or script comes from elsewhere', () => {
  const styles = globSync('_astro/**/*.css', { cwd: DIST }).map((name) => readFileSync(join(DIST, name), 'utf8'));
  for (const text of styles) expect(text).not.toMatch(/url\(\s*["']?(https?:)?\/\//);
  for (const page of pages) {
    for (const src of [
      ...page.html.matchAll(/<(?:script|img|iframe|link rel="stylesheet")[^>]*\s(?:src|href)="([^"]*)"/g),
    ]) {
      expect(src[1]).not.toMatch(/^(https?:)?\/\//);
    }
  }
});
