import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST } from '../support/site.ts';

const scripts = globSync('_astro/**/*.js', { cwd: DIST }).map((name) => ({
  name: basename(name),
  text: readFileSync(join(DIST, name), 'utf8'),
}));
const started = new Set(
  scripts.flatMap(({ text }) =>
    [...text.matchAll(/new Worker\(new URL\([`'"]([^`'"]+)[`'"]/g)].map(([, path]) => basename(path ?? '')),
  ),
);

// WebKit runs such a script a second time, and the world that the reader works in gets a twin that answers too.
test('no module imports from the script of a worker', () => {
  expect([...started].filter((name) => !scripts.some((script) => script.name === name))).toEqual([]);
  expect(started.size).toBeGreaterThan(0);
  const importing = scripts.filter(({ text }) => [...started].some((name) => text.includes(`./${name}`)));
  expect(importing.map(({ name }) => name)).toEqual([]);
});
