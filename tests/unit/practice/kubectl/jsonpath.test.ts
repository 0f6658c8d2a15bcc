import { expect, test } from 'vitest';
import { customColumns } from '#practice/commands/kubectl/columns.ts';
import { find, jsonpath } from '#practice/commands/kubectl/jsonpath.ts';
import { sortedBy } from '#practice/commands/kubectl/sort.ts';

const LIST = {
  kind: 'List',
  items: [
    {
      metadata: { name: 'a', labels: { 'x.y/z': 'one' } },
      status: { n: 3, ok: true, conditions: [{ type: 'T', reason: 'R1' }] },
    },
    { metadata: { name: 'b', labels: {} }, status: { n: 10, ok: false, conditions: [{ type: 'U', reason: 'R2' }] } },
  ],
};

test.each([
  ['{.kind}', 'List'],
  ['kind is {.kind}{"\\n"}', 'kind is List\n'],
  ['{.items[*].metadata.name}', 'a b'],
  ['{.items[-1].metadata.name}', 'b'],
  ['{.items[0:2].metadata.name}', 'a b'],
  ['{.items[0].metadata.labels.x\\.y/z}', 'one'],
  ["{.items[0].metadata.labels['x\\.y/z']}", 'one'],
  ["{.items[0].metadata['name','labels']}", 'a {"x.y/z":"one"}'],
  ['{range .items[*]}{.metadata.name}={.status.n};{end}', 'a=3;b=10;'],
  ['{.items[?(@.status.n>5)].metadata.name}', 'b'],
  ['{.items[?(@.status.ok==true)].metadata.name}', 'a'],
  ['{.items[?(@.status.conditions[0].reason=="R2")].metadata.name}', 'b'],
  ['{.items[?(@.metadata.labels.x\\.y/z)].metadata.name}', 'a'],
  ['{..reason}', 'R1 R2'],
  ['{.items[0].status}', '{"conditions":[{"reason":"R1","type":"T"}],"n":3,"ok":true}'],
  ['{.nope.nothing}', ''],
  ['{.items[*].nope}', ''],
])('the template %s', (template, text) => {
  expect(jsonpath(template, LIST)).toBe(text);
});

test.each([
  ['{.items[0', 'unterminated array'],
  ['{.items', 'unclosed action'],
  ['{.items[x]}', 'invalid array index x'],
  ['{end}', 'not in range, nothing to end'],
  ['{range .items[*]}', 'unterminated range'],
  ['{foo}', 'unrecognized identifier foo'],
  ['{.a=1}', "unrecognized character in action: U+003D '='"],
])('the broken template %s is refused', (template, why) => {
  expect(() => jsonpath(template, LIST)).toThrow(`error parsing jsonpath ${template}, ${why}`);
});

test('an index behind the end is said, with the template', () => {
  expect(() => jsonpath('{.items[7]}', LIST)).toThrow('array index out of bounds: index 7, length 2');
});

test('things that cannot be compared are refused, not taken as other', () => {
  expect(() => jsonpath('{.items[?(@.status.n>"a")]}', LIST)).toThrow('incompatible types for comparison');
});

test('a path needs neither braces nor the first dot', () => {
  for (const path of ['kind', '.kind', '{kind}', '{.kind}']) expect(find(path, LIST)).toEqual(['List']);
  expect(() => find('{.a}{.b}', LIST)).toThrow('unexpected path string');
});

test('columns are as wide as their widest cell, and what is missing is said', () => {
  expect(customColumns('NAME:.metadata.name,LABELS:.metadata.labels,N:.nope', LIST.items, true)).toBe(
    'NAME   LABELS           N\na      map[x.y/z:one]   <none>\nb      map[]            <none>\n',
  );
});

test('a column without a path is refused', () => {
  expect(() => customColumns('NAME', [], true)).toThrow('expected <header>:<json-path-expr>');
});

test('numbers are sorted by value, in text too; what lacks the field comes first', () => {
  const rows = [{ v: 'a10' }, { v: 'a9' }, {}, { v: 'a100' }];
  expect(sortedBy('.v', rows, (row) => row)).toEqual([{}, { v: 'a9' }, { v: 'a10' }, { v: 'a100' }]);
  expect(() => sortedBy('.w', rows, (row) => row)).toThrow(`couldn't find any field with path "{.w}"`);
});
