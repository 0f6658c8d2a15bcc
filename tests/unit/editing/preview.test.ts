import { expect, test } from 'vitest';
import { withFileLinks } from '#editing/preview.ts';

const look = (href: string): string => withFileLinks(`<a class="x" href="${href}">`, '/p/');

test.each([
  ['/p/', '/p/index.html'],
  ['/p/status/#legend', '/p/status/index.html#legend'],
  ['/p/status/?a=b', '/p/status/index.html?a=b'],
  ['../', '../index.html'],
])('%s leads to a file', (from, to) => {
  expect(look(from)).toContain(`href="${to}"`);
});

test.each(['/p/feed.xml', 'https://example.org/a/', '#top', '/other/', ''])('%s stays as it is', (href) => {
  expect(look(href)).toBe(`<a class="x" href="${href}">`);
});
