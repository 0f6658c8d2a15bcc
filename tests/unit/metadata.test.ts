import { expect, test } from 'vitest';
import { metadataOf } from '../../src/metadata.ts';

test('a page names its Markdown under the base path', () => {
  const hrefs = ['', 'status', 'runbooks/one/'].map((id) => metadataOf({ id, lastUpdated: undefined }, '/slipway')[0]);
  expect(hrefs.map((one) => one?.attrs?.['href'])).toEqual([
    '/slipway/index.md',
    '/slipway/status/index.md',
    '/slipway/runbooks/one/index.md',
  ]);
});

test('a page says when its text last changed, and nothing where nobody knows', () => {
  const at = new Date('2026-11-21T10:00:00Z');
  expect(metadataOf({ id: 'a', lastUpdated: at }, '/')).toContainEqual({
    tag: 'meta',
    attrs: { property: 'article:modified_time', content: '2026-11-21T10:00:00.000Z' },
  });
  expect(metadataOf({ id: 'a', lastUpdated: undefined }, '/')).toHaveLength(1);
});

test('the page of a missing address has no text for programs', () => {
  expect(metadataOf({ id: '404', lastUpdated: undefined }, '/')).toEqual([]);
});
