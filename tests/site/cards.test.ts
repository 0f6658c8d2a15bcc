import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attributes, DIST, readPages } from '../support/site.ts';

const isPublished = Boolean(process.env['SITE']);

const content = (html: string, property: string) =>
  (html.slice(0, html.indexOf('</head>')).match(/<meta\b[^>]*>/g) ?? [])
    .filter((tag) => attributes(tag, 'property')[0] === property)
    .flatMap((tag) => attributes(tag, 'content'));

test.runIf(isPublished)('each page has one card that lies in the site, and a description', () => {
  const poor = readPages()
    .filter(({ path, html }) => !/^(404\.html|admin\/)/.test(path) && !html.includes('http-equiv="refresh"'))
    .filter(({ html }) => {
      const [image = '', ...others] = content(html, 'og:image');
      const file = /\/(og\/.+)$/.exec(image)?.[1];
      return others.length > 0 || !file || !existsSync(join(DIST, file)) || !content(html, 'og:description')[0];
    });
  expect(poor.map(({ path }) => path)).toEqual([]);
});

test.runIf(isPublished)('no page needs a card to be read without a network', () => {
  expect(readFileSync(join(DIST, 'offline.json'), 'utf8')).not.toContain('og/');
});

test.runIf(!isPublished)('a build that does not know where it is published has no cards', () => {
  expect(existsSync(join(DIST, 'og'))).toBe(false);
  expect(readPages().flatMap(({ html }) => content(html, 'og:image'))).toEqual([]);
});
