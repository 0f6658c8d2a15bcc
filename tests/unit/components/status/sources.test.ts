import { expect, test } from 'vitest';
import LegendState from '#components/status/LegendState.astro';
import Problems from '#components/status/Problems.astro';
import Doctor from '#components/status/sources/Doctor.astro';
import SourceTable from '#components/status/sources/SourceTable.astro';
import { STATE_CODES, STATES } from '#status/states.ts';
import { render, spoken } from '../../../support/render.ts';
import { hoursAgo, NOW, snapshot } from '../../../support/snapshot.ts';

test('says of every source how it fared and when it last answered', async () => {
  const said = spoken(await render(SourceTable, { sources: snapshot([]).sources }));
  expect(said).toMatch(/quay Quay’s REST API.* answered 21 Nov 2026, 14:07 UTC never 12 34\.6 kB 0/);
  expect(said).toMatch(/konflux .* not asked never never 0 0 B 0/);
});

test('shows a problem with what to do, and links only to images that have a page', async () => {
  const one = { source: 'oci', kind: 'timeout', message: 'GET <b>x</b>', action: 'Wait.', since: hoursAgo(9) };
  const problems = [
    { ...one, target: 'production/standard/44' },
    { ...one, target: 'gone/"><script>/1' },
  ];
  const html = await render(Problems, { problems, known: new Set(['production/standard/44']) });
  expect(html).toContain('href="/status/images/production/standard/44/"');
  expect(html).not.toMatch(/<script>|<b>/);
  expect(spoken(html)).toContain('Wait. 21 Nov 2026, 05:07 UTC');
});

test('puts problems that are alike into one row with its targets', async () => {
  const one = { source: 'quay', kind: 'hidden', action: 'Create it.', since: hoursAgo(9) };
  const problems = ['iot', 'minimal'].map((variant) => ({
    ...one,
    target: `development/${variant}/44`,
    message: `quay: Missing or private: ${variant} answered 401`,
  }));
  const html = await render(Problems, { problems, known: new Set(['development/iot/44']) });
  expect(html.match(/<tr[ >]/g)).toHaveLength(2);
  expect(spoken(html)).toContain('quay Missing or private development/iot/44 development/minimal/44 Create it.');
});

test('says that the doctor has not been run, and what it would do', async () => {
  expect(spoken(await render(Doctor, { report: null }))).toContain('The doctor has not been run for this build.');
});

test('shows what the doctor found, and makes no link of a foreign address', async () => {
  const result = { id: 'a', what: 'Lists page', detail: 'd', pages: ['/status/', '//evil.example/', 'javascript:x'] };
  const results = [{ ...result, outcome: 'differs' }];
  const html = await render(Doctor, { report: { at: NOW, results } });
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(spoken(html)).toContain('differs');
});

test.each(STATE_CODES)('explains %s at an anchor of that name', async (state) => {
  const leads = [{ id: 'sample-runbook', title: 'Do something', fragment: '' }];
  const html = await render(LegendState, { state, leads });
  expect(html).toContain('/runbooks/sample-runbook/"');
  const { word, meaning } = STATES[state];
  expect(html).toContain(`id="${state}"`);
  expect(spoken(html)).toContain(meaning);
  expect(spoken(html)).toMatch(new RegExp(`${word} ${state}.*How computed.*What happens next.*What to do`));
});
