import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linesOf } from '#editing/place.ts';

const TEXT = `# A runbook
schema: 1
steps:
  - id: look
    title: Look
  # between
  - id: act
    run: |
      one
terms:
  tag: { term: tag }
  digest:
    term: digest
copy: &copy { a: 1 }
again: *copy
`;
const line = linesOf(TEXT);

test('a part is found at the line of its key, and an item of a list at its own', () => {
  expect(line(['schema'])).toBe(2);
  expect(line(['steps', 0])).toBe(4);
  expect(line(['steps', 1])).toBe(7);
  expect(line(['steps', 1, 'run'])).toBe(8);
  expect(line(['terms', 'tag'])).toBe(11);
  expect(line(['terms', 'digest'])).toBe(12);
});

test('what an alias stands for is found where it is written', () => {
  expect(line(['again'])).toBe(15);
  expect(line(['again', 'a'])).toBe(14);
});

test('of a part that is not there, the last one on the way that is', () => {
  expect(line([])).toBe(1);
  expect(line(['nothing'])).toBe(1);
  expect(line(['steps', 9])).toBe(3);
  expect(line(['steps', 1, 'undo', 'run'])).toBe(7);
  expect(line(['terms', 0])).toBe(10);
});

test('a text that is broken, empty or no mapping has its first line', () => {
  for (const text of ['', '- [', 'only words', '{'])
    expect(linesOf(text)(['steps', 0]), text).toBeGreaterThanOrEqual(1);
});

test('the lines of a real file are those in which an editor finds it', () => {
  const text = readFileSync('content/glossary.yaml', 'utf8');
  const at = linesOf(text)(['terms', 'tag']);
  expect(text.split('\n')[at - 1]).toMatch(/^ {2}tag:/);
});
