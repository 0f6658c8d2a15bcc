import { expect, test } from 'vitest';
import { originOf } from '#components/runbook/origin.ts';
import STRINGS from '../../../../content/i18n/en/runbook.json' with { type: 'json' };

const here = { origin: 'https://site.example', pathname: '/slipway/runbooks/sample/' };

test.each([
  ['https://site.example/slipway/status/x/', 'board'],
  ['https://site.example/slipway/symptoms/', 'log'],
  ['https://site.example/slipway/runbooks/other/', 'runbook'],
  ['https://site.example/slipway/', 'site'],
])('values of a link on %s are said to be this site’s own', (referrer, origin) => {
  expect(originOf(referrer, here)).toBe(origin);
  expect(STRINGS).toHaveProperty([`runbook.script.page.check.${origin}`]);
  expect(STRINGS).toHaveProperty([`runbook.script.page.notice.${origin}`]);
});

test.each([
  '',
  'https://site.example/another/status/',
  'https://site.example.evil.example/slipway/status/',
  'https://evil.example/?https://site.example/slipway/status/',
])('values of a link from %j are those of whoever made it', (referrer) => {
  expect(originOf(referrer, here)).toBe('foreign');
  expect(STRINGS['runbook.script.page.notice.foreign']).toContain('Whoever made the link chose them.');
});
