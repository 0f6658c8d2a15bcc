import { expect, test } from 'vitest';
import EditHere from '#components/editing/EditHere.astro';
import Suggest from '#components/editing/Suggest.astro';
import Glossary from '#components/glossary/Glossary.astro';
import { linesOf } from '#editing/place.ts';
import { render, spoken } from '../../../support/render.ts';

const DESK: App.Locals['desk'] = {
  file: 'content/runbooks/stale-image.yaml',
  change: { commit: '0123abc', at: '2026-11-20T09:00:00.000Z' },
  build: 'fedcba9',
  clients: 'On Sample 1, kubectl v1.35.2.',
  issues: 'https://gitlab.com/group/name/-/issues/new',
};
const suggest = (change: Partial<App.Locals['desk']> = {}) =>
  render(Suggest, { title: 'Stale image', page: '/runbooks/stale-image/', desk: { ...DESK, ...change } });
const formOf = (html: string) =>
  new URL((/href="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&#38;', '&').replaceAll('&amp;', '&')).searchParams;

test('a link to where something is written says what it leads to', async () => {
  const html = await render(EditHere, { href: 'https://example.org/edit/a.yaml#L3', what: 'Look at it' });
  expect(html).toContain('href="https://example.org/edit/a.yaml#L3"');
  expect(spoken(html)).toBe('Correct this: Look at it');
});

test('where the build was told of no forge there is neither link', async () => {
  expect(spoken(await render(EditHere, { href: null, what: 'Look at it' }))).toBe('');
  expect(await suggest({ issues: null })).not.toContain('href');
  expect(await suggest({ issues: 'javascript:alert(1)' })).not.toContain('href');
});

test('a word of the glossary leads to its own line', async () => {
  const lines = linesOf('sources: {}\nterms:\n  tag:\n    term: tag\n');
  const html = await render(Glossary, {
    terms: [{ id: 'tag', term: 'tag', also: [], is: 'A sample that is long enough.', see: [], sources: [] }],
    titles: new Map(),
    edit: (...path: string[]) => `https://example.org/edit/content/glossary.yaml#L${lines(path)}`,
  });
  expect(html).toContain('href="https://example.org/edit/content/glossary.yaml#L3"');
});

test('a suggestion carries the page, its text and the clients that ran it', async () => {
  const body = formOf(await suggest()).get('issue[description]') ?? '';
  expect(body).toContain('Page: /runbooks/stale-image/');
  expect(body).toContain('Text: content/runbooks/stale-image.yaml at commit 0123abc of 20 Nov 2026');
  expect(body).toContain('Build: commit fedcba9');
  expect(body).toContain('On Sample 1, kubectl v1.35.2.');
});

test('a text that was never committed is named without a commit', async () => {
  const body = formOf(await suggest({ change: null })).get('issue[description]') ?? '';
  expect(body).toContain('Text: content/runbooks/stale-image.yaml\n');
});
