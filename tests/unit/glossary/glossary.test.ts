import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { letterOf, parseGlossary } from '#glossary/parse.ts';
import { wordsIn } from '#glossary/words.ts';

const FILE = 'content/glossary.yaml';
const terms = parseGlossary(readFileSync(FILE, 'utf8'), FILE);

const of = (entries: string, sources = '{}') => `sources: ${sources}\nterms:\n${entries}`;
const TAG = '  tag: { term: Tag, is: A name that points at an image in a registry. }\n';

test('the glossary explains at least seventy words', () => {
  expect(terms.length).toBeGreaterThanOrEqual(70);
});

test('words stand by the alphabet, whatever sign they begin with', () => {
  const letters = terms.map(letterOf);
  expect(letters).toEqual(letters.toSorted());
  expect(letterOf(terms.find(({ term }) => term === '.tekton') ?? never())).toBe('T');
});

test('a definition is one to three sentences', () => {
  const long = terms.filter(({ is }) => (is.replaceAll(/`[^`]*`/g, 'x').match(/[.:](\s|$)/g) ?? []).length > 4);
  expect(long.map(({ term }) => term)).toEqual([]);
});

test.each([
  [
    'a term that leads to none',
    of(`${TAG}  pin: { term: Pin, is: To name exactly one version., see: [digest] }`),
    /"digest" is no other term/,
  ],
  [
    'a term that leads to itself',
    of('  pin: { term: Pin, is: To name exactly one version., see: [pin] }'),
    /"pin" is no other term/,
  ],
  [
    'a source without an entry',
    of('  pin: { term: Pin, is: To name exactly one version., sources: [oci] }'),
    /"oci" is not among the sources/,
  ],
  ['a source that nobody names', of(TAG, '{ oci: { title: OCI } }'), /no term names this source/],
  [
    'two terms of one name',
    of(`${TAG}  label: { term: Label, also: [tag], is: A name with a value beside it. }`),
    /"tag" is a name of "(tag|label)" already/,
  ],
  [
    'an address elsewhere',
    of('  pin: { term: Pin, is: To name exactly one version., more: "https://example.org/" }'),
    /write an address of this site/,
  ],
  [
    'a field that it does not know',
    of('  pin: { term: Pin, is: To name exactly one version., colour: red }'),
    /colour/,
  ],
  ['no terms', 'sources: {}', /terms/],
])('refuses %s, and names file and field', (_, text, message) => {
  expect(() => parseGlossary(text, 'g.yaml')).toThrow(message);
  expect(() => parseGlossary(text, 'g.yaml')).toThrow(/g\.yaml/);
});

test('finds the words that a page links to, each once, in the order of the page', () => {
  const text =
    'A [tag](/glossary/#tag) is no [digest](/glossary/#digest); a [Tag](/glossary/#tag), [elsewhere](/status/#tag).';
  expect(wordsIn(text, terms, 'p.md').map(({ id }) => id)).toEqual(['tag', 'digest']);
});

test('stops at a link to a word that is not there, and says in which file', () => {
  expect(() => wordsIn('[x](/glossary/#no-such-word)', terms, 'p.md')).toThrow(
    /p\.md links to \/glossary\/#no-such-word/,
  );
});

function never(): never {
  throw new Error('not there');
}
