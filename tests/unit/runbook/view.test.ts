import { expect, test } from 'vitest';
import { choicesOf, fieldOf } from '#runbook/field.ts';
import { filtersOf, listOf } from '#runbook/list.ts';
import type { Ran } from '#runbook/record.ts';
import { viewOf, worstOf } from '#runbook/view.ts';
import { recordOf, STEPS, sampleRunbook, VARIABLES } from '../../support/runbooks.ts';
import { target } from '../../support/snapshot.ts';

const runbook = sampleRunbook();
const view = async (change?: (row: Ran) => Ran) => viewOf(runbook, await recordOf(runbook, change), VARIABLES);
const wordsOf = async (change: (row: Ran) => Ran) => (await view(change)).commands.get('look.run')?.run.words;

test('a command names the client with its version, the server and the day, and never that it works', async () => {
  const { commands, lastRun, state } = await view();
  expect(commands.get('look.run')?.run.words).toBe('Ran with kubectl 1.35.2 against our simulator, 21 Nov 2026.');
  const all = [...lastRun, state, ...[...commands.values()].map(({ run }) => run.words)].join(' ');
  expect(all).not.toMatch(/verified|works/i);
});

test('a command whose text is another one than that which ran says so', async () => {
  expect(await wordsOf((row) => (row.step === 'look' ? { ...row, hash: '0'.repeat(16) } : row))).toBe(
    'Changed since it last ran.',
  );
  const { state, lastRun } = await view((row) => (row.step === 'look' ? { ...row, hash: '0'.repeat(16) } : row));
  expect(state).toBe('changed since it ran on 21 Nov 2026');
  expect(lastRun.join(' ')).toContain('1 changed since');
});

test('a command that never ran is not said to have changed', async () => {
  const record = await recordOf(runbook);
  const rows = (record.runbooks['sample'] ?? []).filter(({ step }) => step !== 'look');
  const { state } = await viewOf(runbook, { ...record, runbooks: { sample: rows } }, VARIABLES);
  expect(state).toBe('2 of 3 commands ran on 21 Nov 2026');
});

test('of two kubectls the newest is said to have run, and how it went with the oldest beside it', async () => {
  const record = await recordOf(runbook);
  const row = { name: 'kubectl', client: 'real' } as const;
  const tools = [
    { ...row, version: 'v1.9.0' },
    { ...row, version: 'v1.35.2' },
  ];
  const told = async (older: string) => {
    const rows = (record.runbooks['sample'] ?? []).map((one): Ran => ({ ...one, older }));
    const { commands } = await viewOf(runbook, { ...record, tools, runbooks: { sample: rows } }, VARIABLES);
    return commands.get('look.run')?.run.words;
  };
  const ran = 'Ran with kubectl 1.35.2 against our simulator, 21 Nov 2026.';
  expect(await told('ran')).toBe(`${ran} With kubectl 1.9.0 too.`);
  expect(await told('not supported: unknown flag')).toBe(`${ran} With kubectl 1.9.0 not supported: unknown flag.`);
});

test('a stand-in is called one, also beside a real client', async () => {
  expect(await wordsOf((row) => ({ ...row, client: 'double', tools: ['kubectl', 'tkn'] }))).toBe(
    'Ran with kubectl 1.35.2 and our stand-in for tkn against our simulator, 21 Nov 2026.',
  );
});

test('a command that was only parsed is not said to have run', async () => {
  expect(await wordsOf((row) => ({ ...row, client: 'checked' }))).toBe('Parsed and linted on 21 Nov 2026, not run.');
});

test('of two runs of a command the less real one is told', async () => {
  const record = await recordOf(runbook);
  const rows = record.runbooks['sample'] ?? [];
  const twice = rows.map((row): Ran => ({ ...row, server: 'none' }));
  const both = { ...record, runbooks: { sample: [...twice, ...rows] } };
  const { commands } = await viewOf(runbook, both, VARIABLES);
  expect(commands.get('look.run')?.run.words).toContain('against our simulator');
});

test('a runbook without a record, and one that is a draft, was never run', async () => {
  const never = await viewOf(runbook, null, VARIABLES);
  expect([never.state, never.time]).toEqual(['never run', null]);
  const draft = sampleRunbook({ status: 'draft' });
  const shown = await viewOf(draft, await recordOf(draft), VARIABLES);
  expect([shown.state, ...shown.lastRun]).toEqual(['draft, never executed', 'Never: this is a draft.']);
  expect([...shown.commands.values()].map(({ run }) => run.state)).toEqual(['never', 'never', 'never']);
});

test('a step without a command is not counted among those that ran', async () => {
  const byHand = sampleRunbook({ steps: [STEPS.ask], variables: ['component'] });
  const { state, lastRun } = await viewOf(byHand, await recordOf(byHand), VARIABLES);
  expect([state, ...lastRun]).toEqual(['by hand, no commands', 'It has no commands: all is done by hand.']);
});

test('the time is that of the commands that ran, and not known where none did', async () => {
  expect((await view()).time).toBe('about 1 s');
  expect((await view((row) => ({ ...row, client: 'checked' }))).time).toBeNull();
});

test('a command knows its variables, free texts among them', async () => {
  const { commands } = await view();
  expect(commands.get('look.run')?.uses).toEqual(['namespace']);
  expect(commands.get('note.run')?.uses).toEqual(['component', 'namespace', 'reason']);
  expect(commands.get('note.verify')?.uses).toEqual(['component', 'namespace']);
});

test('names of targets are offered once, and only those that can be taken', () => {
  const konflux = { namespace: 'sample-tenant', application: 'sample', component: 'sample-component' };
  const targets = [target('development/standard/45', { konflux }), target('production/coreos/stable', { konflux })];
  const choices = choicesOf(targets);
  expect(choices.components).toEqual(['sample-component']);
  expect(choices.releases).toEqual(['45', 'stable']);
  const release = { ...VARIABLES['component'], type: 'stream', from: 'releases' } as const;
  const field = fieldOf('release', { label: '', help: '', example: '45', shareable: true, ...release }, false, choices);
  expect(field.offers).toEqual(['45']);
});

test('a free text has the name of its environment variable, another value has none', async () => {
  const { fields } = await view();
  expect(fields.map(({ name, env }) => [name, env])).toEqual([
    ['namespace', null],
    ['component', null],
    ['reason', 'REASON'],
  ]);
});

test('a list shows the worst that a runbook does, and the gravest first', async () => {
  expect(worstOf(runbook.steps)).toBe('change');
  const grave = { ...(await view()), runbook: { ...runbook, id: 'grave', severity: 'blocker' as const } };
  const parts = listOf([await view(), grave]);
  expect(parts.map(({ kind }) => kind)).toEqual(['task']);
  expect(parts[0]?.views.map((one) => one.runbook.id)).toEqual(['grave', 'sample']);
  expect(filtersOf([runbook, runbook])).toEqual({ component: ['build'], tool: ['kubectl'], state: [] });
});
