import { expect, test } from 'vitest';
import { originOf } from '#components/runbook/origin.ts';

const here = { origin: 'https://site.example', pathname: '/slipway/runbooks/sample/' };

test.each([
  ['https://site.example/slipway/status/x/', 'From the board.'],
  ['https://site.example/slipway/symptoms/', 'From the log that you pasted.'],
  ['https://site.example/slipway/runbooks/other/', 'From the runbook before.'],
  ['https://site.example/slipway/', 'From the page that you came from.'],
])('values of a link on %s are said to be this site’s own', (referrer, check) => {
  expect(originOf(referrer, here).check).toBe(check);
});

test.each([
  '',
  'https://site.example/another/status/',
  'https://site.example.evil.example/slipway/status/',
  'https://evil.example/?https://site.example/slipway/status/',
])('values of a link from %j are those of whoever made it', (referrer) => {
  expect(originOf(referrer, here).notice).toContain('Whoever made the link chose them.');
});
