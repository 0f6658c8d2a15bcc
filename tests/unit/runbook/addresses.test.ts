import { expect, test } from 'vitest';
import { checkAddresses, movesOf } from '#runbook/addresses.ts';
import type { Review } from '#runbook/people.ts';
import { RecordOfRuns } from '#runbook/record.ts';
import { sample } from './sample.ts';

const record = RecordOfRuns.parse({
  schema: 1,
  at: '2026-11-21T00:00:00Z',
  system: 'sample',
  tools: [],
  runbooks: {},
  addresses: ['sample', 'old-name'],
});

/** All that is wrong; empty for nothing. */
function faults(redirects: Record<string, string>, reviews: Review[] = [], of: RecordOfRuns | null = null): string {
  try {
    checkAddresses([sample], { record: of, redirects, reviews });
    return '';
  } catch (error) {
    return String(error);
  }
}

test('a published address that has no runbook any more needs a redirect', () => {
  expect(faults({}, [], record)).toMatch(/\/runbooks\/old-name\/ .*Add a line to content\/redirects\.yaml/);
  expect(faults({ '/runbooks/old-name/': '/runbooks/sample/' }, [], record)).toBe('');
  expect(faults({})).toBe('');
});

test.each([
  ['to nothing', { '/runbooks/old/': '/runbooks/gone/' }, 'leads to /runbooks/gone/, which is not there'],
  ['out of the runbooks', { '/runbooks/old/': '/nonsense/' }, 'leads to /nonsense/, which is not there'],
  ['from a page that is there', { '/runbooks/sample/': '/runbooks/sample/' }, 'that page is there. Take the line out'],
  [
    'over a second one',
    { '/runbooks/a/': '/runbooks/b/', '/runbooks/b/': '/runbooks/sample/' },
    'sends /runbooks/a/ to /runbooks/b/, which is sent on itself. Write where that one leads',
  ],
  ['in a circle', { '/runbooks/a/': '/runbooks/b/', '/runbooks/b/': '/runbooks/a/' }, 'which is sent on itself'],
])('a redirect %s is refused', (_, redirects, why) => {
  expect(faults(redirects)).toContain(why);
});

test('a redirect of a page that is no runbook is none of its business', () => {
  expect(faults({ '/handbook/old/': '/handbook/evidence/' })).toBe('');
});

test('a review must be of a runbook, by its name of now or of then', () => {
  const review = { runbook: 'old-name', by: 'A sample', at: '2026-11-21', commit: '0123abc', cluster: 'sample' };
  expect(faults({}, [review])).toContain('A sample has followed "old-name", and there is no such runbook');
  expect(faults({ '/runbooks/old-name/': '/runbooks/sample/' }, [review])).toBe('');
  expect(faults({}, [{ ...review, runbook: 'sample' }])).toBe('');
});

test('an old address gives its name and the runbook of today, for the page that leads on', () => {
  const redirects = { '/runbooks/old-name/': '/runbooks/sample/', '/runbooks/other/': '/runbooks/gone/' };
  expect(movesOf([sample], redirects)).toEqual([{ old: 'old-name', runbook: sample }]);
});
