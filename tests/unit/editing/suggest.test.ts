import { expect, test } from 'vitest';
import { type Suggestion, type SuggestionWords, suggestionAddress } from '#editing/suggest.ts';

const GITLAB = 'https://gitlab.com/group/name/-/issues/new';
const GITHUB = 'https://github.com/owner/name/issues/new';
const WORDS: SuggestionWords = { subject: 'Suggestion', ask: 'What should change?', page: 'Page', section: 'Section' };
const PAGE: Suggestion = { title: 'Stale image', page: 'https://example.org/runbooks/stale-image/', versions: [] };
const fields = (base: string, change: Partial<Suggestion> = {}) =>
  new URL(suggestionAddress(base, { ...PAGE, ...change }, WORDS) ?? '').searchParams;

test('the issue names the page, the section and the versions, and leaves room for words', () => {
  const told = fields(GITLAB, {
    section: 'Look at it',
    versions: ['Text: a.yaml at commit 0123abc', 'Build: 0123abc'],
  });
  expect(told.get('issue[title]')).toBe('Suggestion: Stale image: Look at it');
  expect(told.get('issue[description]')).toBe(
    [
      'What should change?\n\n\n---',
      'Page: https://example.org/runbooks/stale-image/',
      'Section: Look at it',
      'Text: a.yaml at commit 0123abc',
      'Build: 0123abc',
    ].join('\n'),
  );
  expect(fields(GITHUB).get('title')).toBe('Suggestion: Stale image');
  expect(fields(GITHUB).get('body')).toContain('Page: https://example.org');
});

test.each([
  '"&body=x&assignee=me#',
  'a\nb\r\n\n# Heading',
  '<script>alert(1)</script>',
  'lone \ud800 half',
  'right\u202eto left\u0000',
  '%',
])('a title like %j stays one line of text in its own field', (title) => {
  const told = fields(GITLAB, { title, section: title });
  expect([...told.keys()]).toEqual(['issue[title]', 'issue[description]']);
  expect(told.get('issue[title]')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(told.get('issue[description]')?.split('\n')).toHaveLength(6);
});

test('an address is never longer than forges take, whatever the page is called', () => {
  for (const title of ['x'.repeat(5000), '漢'.repeat(5000), '😀'.repeat(5000), '\u0000'.repeat(5000)]) {
    const long = { title, section: title, page: `https://example.org/${title}`, versions: [title, title, title] };
    for (const base of [GITLAB, GITHUB])
      expect(suggestionAddress(base, long, WORDS)?.length, title.slice(0, 2)).toBeLessThan(2000);
  }
});

test('where the form is none of a forge, there is no address', () => {
  expect(suggestionAddress('javascript:alert(1)', PAGE, WORDS)).toBeNull();
});
