import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attributes, DIST, readPages } from '../support/site.ts';

/** A card needs a whole address, which only a build with SITE has; that one has a sitemap too. */
const isPublished = existsSync(join(DIST, 'sitemap-index.xml'));

const content = (html: string, property: string) =>
  (html.slice(0, html.indexOf('</head>')).match(/<meta\b[^>]*>/g) ?? [])
    .filter((tag) => attributes(tag, 'property')[0] === property)
    .flatMap((tag) => attributes(tag, 'content'));

test('each page has one card that lies in the site, and a description; a build without an address has none', () => {
  const pages = readPages().filter(({ path, html }) => path !== '404.html' && !html.includes('http-equiv="refresh"'));
  const cards = pages.map(({ path, html }) => ({ path, images: content(html, 'og:image'), html }));
  const poor = cards.filter(({ images, html }) => {
    if (!isPublished) return images.length > 0;
    const file = /\/(og\/.+)$/.exec(images[0] ?? '')?.[1];
    return images.length !== 1 || !file || !existsSync(join(DIST, file)) || !content(html, 'og:description')[0];
  });
  expect(existsSync(join(DIST, 'og'))).toBe(isPublished);
  expect(poor.map(({ path }) => path)).toEqual([]);
});

test('no page needs a card to be read without a network', () => {
  expect(readFileSync(join(DIST, 'offline.json'), 'utf8')).not.toContain('og/');
});
