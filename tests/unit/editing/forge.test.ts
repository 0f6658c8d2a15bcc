import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editAddress, issueFieldsOf } from '#editing/forge.ts';

test('a file is edited at its line, on either forge', () => {
  expect(editAddress('https://gitlab.com/group/name/-/edit/main/', 'content/glossary.yaml', 12)).toBe(
    'https://gitlab.com/group/name/-/edit/main/content/glossary.yaml#L12',
  );
  expect(editAddress('https://github.com/owner/name/edit/main', 'content/glossary.yaml')).toBe(
    'https://github.com/owner/name/edit/main/content/glossary.yaml',
  );
});

test('a name of a file that an address would read otherwise is written out', () => {
  expect(editAddress('https://example.org/edit/', 'src/pages/[id].astro')).toBe(
    'https://example.org/edit/src/pages/%5Bid%5D.astro',
  );
});

test.each([
  ['https://gitlab.com/group/sub/name/-/issues/new', 'issue[title]'],
  ['https://gitlab.example.org:8443/group/name/-/issues/new', 'issue[title]'],
  ['https://github.com/owner/name/issues/new', 'title'],
])('%s has its title in %s', (address, field) => {
  expect(issueFieldsOf(address)?.title).toBe(field);
});

test.each([
  'javascript:alert(1)//a/b/issues/new',
  'http://github.com/owner/name/issues/new',
  'https://user:secret@github.com/owner/name/issues/new',
  'https://github.com/owner/name/issues/new?title=x',
  'https://github.com/owner/issues/new',
  'https://github.com/owner/name/issues/',
  'github.com/owner/name/issues/new',
  '',
])('%j is no form of a forge', (address) => {
  expect(issueFieldsOf(address)).toBeNull();
});

test('both definitions of the pipeline name a form that is understood', () => {
  const told = ['.gitlab-ci.yml', '.github/workflows/site.yml'].map(
    (file) => /SLIPWAY_ISSUES_URL: (.+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '',
  );
  const filled = told.map((text) =>
    text
      .replace('$CI_PROJECT_URL', 'https://gitlab.com/group/name')
      .replace(/\$\{\{ github\.server_url \}\}/, 'https://github.com')
      .replace(/\$\{\{ github\.repository \}\}/, 'owner/name'),
  );
  expect(filled.map((address) => issueFieldsOf(address)?.body)).toEqual(['issue[description]', 'body']);
});
