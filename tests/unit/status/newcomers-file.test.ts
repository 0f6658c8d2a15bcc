import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseNewcomers } from '#status/newcomers-file.ts';
import { ContentError } from '#status/parse.ts';

const file = (rows: string) => parseNewcomers(`schema: 1\nprojects:\n${rows}`, 'newcomers.yaml');

test('the list of this repository is sound, and every label says where it is used', () => {
  const { projects } = parseNewcomers(readFileSync('content/newcomers.yaml', 'utf8'), 'content/newcomers.yaml');
  expect(projects.length).toBeGreaterThan(3);
  for (const { label, source } of projects) expect(Boolean(label)).toBe(Boolean(source));
});

test.each([
  ['  - { project: "https://example.org/a/b", about: x }', /write the address of a repository/],
  ['  - { project: "https://github.com/a/b/issues/1", about: x }', /write the address of a repository/],
  ['  - { project: "https://github.com/a/b", about: "" }', /about/],
  ['  - { project: "https://github.com/a/b", about: x, label: easy }', /say where the project uses that label/],
  ['  - { project: "https://github.com/a/b", about: x, wrong: 1 }', /wrong/],
  [
    '  - { project: "https://github.com/a/b", about: x }\n  - { project: "https://github.com/a/b", about: y }',
    /listed twice/,
  ],
])('%s is refused with its reason', (rows, reason) => {
  expect(() => file(rows)).toThrow(ContentError);
  expect(() => file(rows)).toThrow(reason);
});
