import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const GUIDES = ['README.md', 'CONTRIBUTING.md', 'content/status/README.md'];
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

test.each(GUIDES)('%s names only commands that exist', (guide) => {
  const named = [...read(guide).matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(Object.entries(scripts))('the program of "npm run %s" is there', (_name, command) => {
  const file = /^node (scripts\/\S+)/.exec(command)?.[1];
  const isThere = file
    ? existsSync(new URL(file, ROOT))
    : existsSync(new URL(`node_modules/.bin/${command.split(' ')[0]}`, ROOT));
  expect(isThere).toBe(true);
});

test.each(GUIDES)('%s links only to files that exist', (guide) => {
  const folder = new URL(guide, ROOT);
  const links = [...read(guide).matchAll(/\]\(([^)#\s]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !link.includes('://'));
  expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
});

test.each(['README.md', 'CONTRIBUTING.md'])('the folders that %s names are there', (guide) => {
  const named = [...read(guide).matchAll(/`((?:src|content|tests|scripts)\/[\w./-]*)`/g)].map(
    (match) => match[1] ?? '',
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

test('the README fits on one screen', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(70);
});
