import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { goJson, goText } from '#practice/commands/kubectl/go.ts';
import { threeWay } from '#practice/commands/kubectl/merge.ts';
import { aligned, elastic } from '#practice/commands/kubectl/table.ts';
import { yaml } from '#practice/commands/kubectl/yaml-print.ts';
import { readYaml } from '#practice/commands/kubectl/yaml-read.ts';

test.each([
  ['plain', 'plain'],
  ['yes', '"yes"'],
  ['1', '"1"'],
  ['0x1F', '"0x1F"'],
  ['1e3', '"1e3"'],
  ['2026-11-20', '"2026-11-20"'],
  ['2026-11-20T14:07:00Z', '"2026-11-20T14:07:00Z"'],
  ['12:30:00', '"12:30:00"'],
  ['', '""'],
  ['a: b', "'a: b'"],
  ['it: is "so"', `'it: is "so"'`],
  ["it's", "it's"],
  [' led', "' led'"],
  ['#x', "'#x'"],
  ['*x', "'*x'"],
  ['a #b', "'a #b'"],
  ['tab\there', '"tab\\there"'],
  ['line\n', '|\n  line'],
  ['two\nlines', '|-\n  two\n  lines'],
])('the text %j is printed as %s', (text, printed) => {
  expect(yaml({ a: text })).toBe(`a: ${printed}\n`);
});

test('keys are in order, numbers in them by value; lists stand under their key', () => {
  expect(yaml({ b: [1, { d: null, c: [] }], a10: {}, a9: true })).toBe(
    'a9: true\na10: {}\nb:\n- 1\n- c: []\n  d: null\n',
  );
});

test('long text is broken at the first space behind the width, and reads as it was', () => {
  const text = `sample: ${'word '.repeat(40).trim()}`;
  const printed = yaml({ message: text });
  expect(printed.split('\n').length).toBeGreaterThan(2);
  expect(parse(printed)).toEqual({ message: text });
});

test('JSON is as Go writes it', () => {
  expect(goJson({ b: '<&>', a: [] })).toBe('{"a":[],"b":"\\u003c\\u0026\\u003e"}');
  expect(goText({ b: [1, 'x'], a: null })).toBe('map[a:<nil> b:[1 x]]');
});

test('columns of a table have at least six characters', () => {
  expect(
    aligned([
      ['A', 'B'],
      ['longer', 'x'],
    ]),
  ).toBe('A        B\nlonger   x\n');
  expect(aligned([['A', 'B']])).toBe('A     B\n');
});

test('a line without the column ends it for those behind', () => {
  expect(elastic([['a', 'b'], ['head'], ['longer', 'c']], 2)).toBe('a  b\nhead\nlonger  c\n');
});

test('an apply sets what is new, takes away what it no longer names, and leaves what others have set', () => {
  const original = { spec: { a: 1, gone: 2 } };
  const current = { spec: { a: 1, gone: 2, others: 3 } };
  expect(threeWay(original, { spec: { a: 5 } }, current)).toEqual({ spec: { a: 5, gone: null } });
  expect(threeWay(original, { spec: { a: 1, gone: 2 } }, current)).toEqual({});
});

test('several documents are read, empty ones left out, dates stay text', () => {
  expect(readYaml('a: 2026-11-20\n---\n---\nb: yes\n', 'x')).toEqual([{ a: '2026-11-20' }, { b: true }]);
});

test.each([
  ['a:\n\tb: c\n', 'line 2: found character that cannot start any token'],
  ['a: b: c\n', 'mapping values are not allowed in this context'],
  ['a: b\nc\nd: e\n', "line 3: could not find expected ':'"],
  ['a: {b: c\nd: e\n', "line 1: did not find expected ',' or '}'"],
  ['a: *b\n', "unknown anchor 'b' referenced"],
])('broken YAML is said in the words of the real client: %j', (text, why) => {
  expect(() => readYaml(text, 'error parsing x')).toThrow(
    `error parsing x: error converting YAML to JSON: yaml: ${why}`,
  );
});
