import { expect, test } from 'vitest';
import { faultOf } from '#practice/proof.ts';

test.each([
  ['a tab', 'a:\n  b: 1\n\tc: 2\n', /^Line 3, column \d+: a tab stands where spaces must\./],
  ['a line too far in', 'a:\n  b: 1\n   c: 2\n', /^Line 3: this line stands further in/],
  ['a line not far enough in', 'a:\n  b: 1\n c: 2\n', /^Line 3, column 1: this line does not stand as far in/],
  ['a missing colon', 'spec\n  a: 1\n', /^Line 1, column 1: a colon is missing/],
  ['a dash too few', '- a\nb: 1\n', /^Line 2, column 1: something stands here that cannot/],
  ['a list that moves', 'a:\n  - b\n - c\n', /^Line 3, column \d+: /],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', /^Line 3, column 1: this key is there twice/],
  ['an open quote', 'a: "one\nb: 2\n', /^Line \d+, column \d+: a sign is missing/],
  ['an open bracket', 'a: [one, two\nb: 2\n', /^Line 2, column 1: a bracket that was opened before is not closed/],
  ['two pairs in a line', 'a: b: c\n', /^Line 1, column \d+: a second "key: value" stands on this line/],
  ['a value that begins with @', 'a: @b\n', /^Line 1, column \d+: a value may not begin with this sign/],
  ['a fault in the second document', 'a: 1\n---\nb: [\n', /^Line \d+, column \d+: /],
])('%s in YAML is told by its line, in words', (_, text, said) => {
  expect(faultOf('x.yaml', text)).toMatch(said);
});

test.each(['a: 1\n', '', '---\na: 1\n---\nb: [1, 2]\n', 'a:\n  - b: 1\n    c: |\n      text\n'])(
  'in %j nothing is wrong',
  (text) => {
    expect(faultOf('.tekton/push.yml', text)).toBeNull();
  },
);

test('several faults are counted, and the first is told', () => {
  expect(faultOf('x.yaml', 'a: b: c\nd: e: f\n')).toMatch(/ There (is 1 more fault|are \d more faults)\.$/);
});

test('JSON is looked at too, and other texts are not', () => {
  expect(faultOf('x.json', '{"a": }')).toMatch(/^This is not JSON: /);
  expect(faultOf('x.json', '{"a": 1}')).toBeNull();
  expect(faultOf('Containerfile', '\ta: b: c')).toBeNull();
});
