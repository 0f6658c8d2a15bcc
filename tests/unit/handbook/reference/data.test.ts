import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILES, fieldsOf, parseDataWords } from '#handbook/reference/data.ts';

const FILE = 'content/data.yaml';
const text = readFileSync(FILE, 'utf8');
const words = parseDataWords(text, FILE);

test('every field of every public file has an id of its own', () => {
  const anchors = FILES.flatMap((file) => fieldsOf(file, words).map(({ anchor }) => anchor));
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(anchors).toContain('snapshot.images.verdict.state');
  expect(anchors.length).toBeGreaterThan(300);
});

test('a part with the fields of another names it, and lists none', () => {
  const rows = fieldsOf('snapshot', words);
  expect(rows.find(({ path }) => path === 'images[].arches[].verdict')?.alike).toBe('images[].verdict');
  expect(rows.some(({ path }) => path.startsWith('images[].arches[].verdict.'))).toBe(false);
  const paths = rows.map(({ path }) => path);
  expect(rows.flatMap(({ alike }) => alike ?? []).filter((path) => !paths.includes(path))).toEqual([]);
});

test('every field of every public file has words of its own, a time more than that it is one', () => {
  const rows = FILES.flatMap((file) => fieldsOf(file, words));
  const bare = rows.filter(({ description }) => description === null || description.startsWith('UTC, '));
  expect(bare.map(({ anchor }) => anchor)).toEqual([]);
});

test('words for a field that there is not are refused', () => {
  expect(() => parseDataWords(text.replace('\nfields:\n', '\nfields:\n  nowhere: At all.\n'), FILE)).toThrow(
    /data\.yaml:\d+: fields\.nowhere: no path of any file ends so/,
  );
});
