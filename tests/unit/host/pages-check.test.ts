import { expect, test } from 'vitest';
import { faultsOfPage } from '#host/pages-check.ts';

const told = (text: string) =>
  faultsOfPage(text, 'content/docs/a.md', { references: {}, terms: [] }).map(
    ({ line, message }) => `${line}: ${message}`,
  );

test.each([
  ['no head', 'Only a text.', /^1: The page does not begin with what is known of it\.$/],
  ['a head without an end', '---\ntitle: A\n', /^1: The page does not begin/],
  ['an empty head', '---\n---\nText.', /^1: The page does not begin/],
  ['YAML that is none', '---\ntitle: [\n---\n', /^3: Lines that belong together [^.]* a bracket is not closed\.$/],
  [
    'a title of 10,000 characters',
    `---\nkind: site\ntitle: ${'x'.repeat(10_000)}\n---\n`,
    /^3: title: write at most 90 characters\.$/,
  ],
  [
    'a day that is none',
    '---\ntitle: A\nkind: site\nreview: 2026-13-45\n---\n',
    /^4: review: write a day, as 2027-05-01\.$/,
  ],
  [
    'a word that is not there',
    '---\r\ntitle: A\r\nkind: site\r\n---\r\n[a](/glossary/#a)',
    /^5: The glossary has no "a"\.$/,
  ],
])('%s is told at its line, in words', (_, text, expected) => {
  expect(told(text)).toEqual([expect.stringMatching(expected)]);
});

test('the mark that some editors put at the begin of a file is no fault', () => {
  expect(told('\uFEFF---\ntitle: A\nkind: site\n---\n')).toEqual([]);
});
