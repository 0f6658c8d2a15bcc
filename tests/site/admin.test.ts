import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BASE, DIST, inlineScripts } from '../support/site.ts';

const html = readFileSync(join(DIST, 'admin/index.html'), 'utf8');
const [editor = ''] = /data-cms="([^"]*)"/.exec(html)?.slice(1) ?? [];

test('the page of the forms has its own policy, once and before all that runs', () => {
  const policies = [...html.matchAll(/http-equiv="content-security-policy" content="([^"]*)"/gi)];
  expect(policies).toHaveLength(1);
  expect(policies[0]?.[1]).toContain("script-src 'self';");
  expect(policies[0]?.index).toBeLessThan(html.search(/<script|<style/));
});

test('what runs on it is in files: of what stands in the page nothing is a script', () => {
  const running = html.replace(/<script[^>]*\stype="application\/json"[^>]*>[\s\S]*?<\/script>/g, '');
  expect(inlineScripts(running).filter((text) => text !== '')).toEqual([]);
  expect(html).not.toMatch(/<[^>]*\s(on\w+="|style=")/);
});

test('the editor lies beside it, with its version in its address, and asks no network for fonts', () => {
  expect(editor).toMatch(new RegExp(`^${BASE}admin/sveltia/\\d+\\.\\d+\\.\\d+/index\\.js$`));
  const file = join(DIST, editor.slice(BASE.length));
  const fonts = [...readFileSync(file, 'utf8').matchAll(/url\((sveltia\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(fonts.length).toBe(3);
  for (const path of fonts) expect(existsSync(join(DIST, 'admin', path)), path).toBe(true);
});

test('it is in no search, no offline copy and no list of pages', () => {
  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(readFileSync(join(DIST, 'offline.json'), 'utf8')).not.toContain('admin/');
  for (const list of globSync('{sitemap*.xml,llms*.txt}', { cwd: DIST }))
    expect(readFileSync(join(DIST, list), 'utf8'), list).not.toMatch(/\/admin\/</);
});

test('no other page loads the editor', () => {
  for (const name of globSync('**/*.html', { cwd: DIST, exclude: ['admin/**'] }))
    expect(readFileSync(join(DIST, name), 'utf8'), name).not.toContain('admin/sveltia/');
});

test('every schema is published at its name', () => {
  const names = globSync('content/schemas/*.schema.json');
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const published = JSON.parse(readFileSync(join(DIST, name.replace(/^content\//, '')), 'utf8'));
    expect(published.$id.endsWith(name.slice(name.lastIndexOf('/') + 1)), name).toBe(true);
  }
});
