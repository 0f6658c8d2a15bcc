import { expect, test } from 'vitest';
import { ageText, clockText, dayText, instantText, relativeText, sizeText } from '#status/text/dates.ts';

const NOW = '2026-11-21T14:07:00.000Z';

test('writes instants and days in UTC with the month as a word', () => {
  expect(instantText(NOW)).toBe('21 Nov 2026, 14:07 UTC');
  expect(dayText('2026-09-01')).toBe('1 Sep 2026');
  expect(clockText('2026-11-21T23:59:59.000Z')).toBe('23:59 UTC');
});

test('says how far an instant lies behind or ahead', () => {
  expect(relativeText('2026-11-21T09:07:00.000Z', NOW)).toBe('5 h ago');
  expect(relativeText('2026-11-21T14:37:00.000Z', NOW)).toBe('in 30 min');
  expect(ageText('2026-11-14T14:07:00.000Z', NOW)).toBe('7 d');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [34_567, '34.6 kB'],
  [1_234_567, '1.2 MB'],
  [912_400_000, '912 MB'],
  [1_400_000_000, '1.40 GB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
