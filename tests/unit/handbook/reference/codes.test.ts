import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseCodeWords } from '#handbook/reference/codes.ts';

const FILE = 'content/codes.yaml';
const text = readFileSync(FILE, 'utf8');

test('a code without words, and words without a code, stop the build', () => {
  expect(() => parseCodeWords(text.replace(/^ {4}skewed: .*\n/m, ''), FILE)).toThrow(/codes\.yaml:.*skewed/);
  expect(() => parseCodeWords(text.replace('tag.moved', 'tag.lost'), FILE)).toThrow(/tag\.moved|tag\.lost/);
});

test('every command whose exit codes are told is one of this repository', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const names = parseCodeWords(text, FILE).commands.map(({ command }) => command.replace(/^npm (run )?/, ''));
  expect(names.filter((name) => !scripts[name])).toEqual([]);
  expect(names.length).toBeGreaterThan(5);
});
