import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '#verify/elide.ts';

test.each([
  ['a\nb\n', 'a\nb'],
  ['a  \nb', 'a\nb   \n\n'],
  ['a\n...\nd', 'a\nb\nc\nd\n'],
  ['a\n...\nd', 'a\nd\n'],
  ['...', ''],
  ['...\nx\n...', 'y\nx\n'],
  ['NAME[..]AGE', 'NAME   READY   AGE'],
  ['a[..]b[..]c', 'abc'],
  ['a\n[..]\nb', 'a\n\nb'],
  ['...\nb\n...\nb', 'b\na\nb\n'],
  ['pod [x] (a+b)', 'pod [x] (a+b)'],
  ['a\r\nb', 'a\nb'],
  ['NAME AGE', 'NAME      AGE'],
  ['[..] refs/heads/x', '0123\trefs/heads/x'],
])('%j takes %j', (expected, printed) => {
  expect(differenceOf(expected, printed)).toBeNull();
});

test.each([
  ['a\nb', 'a\nc', { line: 2, expected: 'b', printed: 'c' }],
  ['a b', 'ab', { line: 1, expected: 'a b', printed: 'ab' }],
  ['a', 'a\nb', { line: 2, expected: null, printed: 'b' }],
  ['a\nb', 'a', { line: 2, expected: 'b', printed: null }],
  ['[..]', '', { line: 1, expected: '[..]', printed: null }],
  ['', 'a', { line: 1, expected: null, printed: 'a' }],
  ['ab[..]ba', 'aba', { line: 1, expected: 'ab[..]ba', printed: 'aba' }],
  ['a....b', 'axxxb', { line: 1, expected: 'a....b', printed: 'axxxb' }],
])('%j does not take %j and says where', (expected, printed, difference) => {
  expect(differenceOf(expected, printed)).toEqual(difference);
});

test('after an elision the furthest line that did not fit is named', () => {
  expect(differenceOf('...\nx\ny\n...', 'a\nx\nz\nb')).toMatchObject({ line: 3, expected: 'y', printed: 'z' });
});

test('any text fits itself, and a long text of elisions is decided at once', () => {
  // What a line ends with does not count, and three dots alone mean something.
  const line = fc.stringMatching(/^[a-z .[\]]{0,12}$/);
  fc.assert(fc.property(fc.array(line), (lines) => differenceOf(lines.join('\n'), lines.join('\n')) === null));
  const begin = performance.now();
  expect(differenceOf('...\na\n'.repeat(200), 'a\n'.repeat(1_000))).toBeNull();
  expect(differenceOf(`${'...\na\n'.repeat(200)}b`, 'a\n'.repeat(1_000))).not.toBeNull();
  expect(differenceOf('...\nb', `${'a\n'.repeat(100_000)}b`)).toBeNull();
  expect(performance.now() - begin).toBeLessThan(5_000);
});
