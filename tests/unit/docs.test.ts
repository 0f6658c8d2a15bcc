import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTargets } from '#status/parse.ts';

const pages = globSync('content/docs/**/*.{md,mdx}').map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

test('each npm command that a page names exists', () => {
  const named = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\bnpm (?:run )?([a-z-]+)/g)].map(([command, name = '']) => ({ file, command, name })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test('each file and folder of the repository that a page names exists', () => {
  const named = pages.flatMap(({ text }) =>
    [...text.matchAll(/`((?:content|src|tests)\/[^`*<]+)`/g)].map(([, path = '']) => path),
  );
  expect(named.filter((path) => globSync(path).length === 0)).toEqual([]);
});

test('the example of a target is one', () => {
  const text = pages.find(({ file }) => file.includes('contribute/index'))?.text ?? '';
  const row = /```yaml\n(- channel:[\s\S]*?)```/.exec(text)?.[1] ?? '';
  const file = `schema: 1\nservices: { quay: { api: https://quay.io/api/v1, registry: https://quay.io } }\ntargets:\n${row}`;
  expect(parseTargets(file, 'the example').targets.map(({ id }) => id)).toEqual([
    'development/minimal/rawhide',
    'development/minimal/45',
    'development/standard/rawhide',
    'development/standard/45',
  ]);
});

test('every page says in a sentence what it is', () => {
  for (const { file, text } of pages) expect(text, file).toMatch(/^---\ntitle: .+\ndescription: .+\.\n/);
});
