import { expect, test } from 'vitest';
import { readRunbooks } from '#host/runbooks.ts';
import { leadsFor, runbooksFor, unanswered, valuesOfImage } from '#runbook/lead.ts';
import { valuesOf } from '#runbook/link.ts';
import { STATE_CODES, STATES } from '#status/states.ts';
import { image, target } from '../../support/snapshot.ts';

const known = await readRunbooks(process.cwd());

test('every state of the board that is not good leads to a runbook that exists', () => {
  const states = STATE_CODES.filter((state) => STATES[state].bucket !== 'ok');
  expect(states.length).toBeGreaterThan(15);
  expect(unanswered(states, known.runbooks)).toEqual([]);
});

test.each(STATE_CODES)('the runbooks of %s are ready, the first to try first', (state) => {
  const found = runbooksFor(state, known.runbooks);
  expect(found.every(({ status }) => status === 'ready')).toBe(true);
  expect(found.map(({ rank }) => rank)).toEqual(found.map(({ rank }) => rank).sort());
});

test('an image leads to its runbooks with what it knows filled in, and nothing that it does not', () => {
  const id = 'development/standard/45';
  const konflux = { namespace: 'bootc-tenant', application: 'fedora-bootc-45', component: 'fedora-bootc-45-standard' };
  const leads = leadsFor(image(id, 'stale'), target(id, { konflux }), known);
  expect(leads.length).toBeGreaterThan(0);
  for (const { id: runbook, fragment } of leads) {
    const asked = known.runbooks.find((one) => one.id === runbook)?.variables ?? [];
    const { values, dropped } = valuesOf(fragment, known.variables);
    expect(dropped).toEqual([]);
    expect(Object.keys(values).filter((name) => !asked.includes(name))).toEqual([]);
    for (const name of ['namespace', 'component'] as const)
      if (asked.includes(name)) expect(values[name]).toBe(konflux[name]);
  }
});

test('without a place in the cluster only what the registry tells is filled in', () => {
  const values = valuesOfImage(image('production/standard/45', 'missing'), undefined);
  expect(Object.keys(values)).not.toContain('component');
  expect(values).toMatchObject({ release: '45', variant: 'standard' });
});
