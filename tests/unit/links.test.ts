import { expect, test } from 'vitest';
import { underBase } from '#links.ts';

test.each([
  ['/status/', '/slipway/', '/slipway/status/'],
  ['/', '/slipway/', '/slipway/'],
  ['/status/#a', '/', '/status/#a'],
  ['status/', '/slipway/', 'status/'],
  ['#a', '/slipway/', '#a'],
  ['//elsewhere.example/', '/slipway/', '//elsewhere.example/'],
  ['https://elsewhere.example/', '/slipway/', 'https://elsewhere.example/'],
])('a link to %s under %s leads to %s', (url, base, expected) => {
  expect(underBase(url, base)).toBe(expected);
});
