import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checklistText, FORGES, newIssueAddress } from '#runbook/export/checklist.ts';
import { markdown } from '#runbook/export/markdown.ts';
import { quoted } from '#runbook/export/quote.ts';
import { script } from '#runbook/export/script.ts';
import type { Runbook } from '#runbook/model.ts';
import { sample as example } from './sample.ts';
import { examples, filledWith, runbooks, shell } from './shown.ts';

const first = stepOf(example);
const VALUES = { namespace: 'sample-tenant', component: 'sample-component' };

test.each(runbooks.map((runbook) => [runbook.id, runbook] as const))('the script of %s is bash', (_, runbook) => {
  const text = script(filledWith(runbook, examples(runbook)));
  expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
  expect(shell.read(text).broken).toEqual([]);
  expect(text).not.toMatch(/\{\{[a-z]/);
});

test.each(runbooks.map((runbook) => [runbook.id, runbook] as const))(
  'the Markdown and the list of %s have their values and every step',
  (_, runbook) => {
    const filled = filledWith(runbook, examples(runbook));
    for (const text of [markdown(filled), checklistText(filled)]) {
      expect(text).not.toMatch(/\{\{[a-z]/);
      for (const [at] of runbook.steps.entries()) expect(text).toContain(` ${at + 1}. `);
    }
  },
);

test('the script asks before a step that changes something, and goes no further without a yes', () => {
  const { status, calls, text } = run(script(filledWith(example, VALUES)), 'no');
  expect(text).toContain('Ask for a new build');
  expect(calls.some((call) => call.includes('get pipelineruns.tekton.dev -n sample-tenant'))).toBe(true);
  expect(calls.some((call) => call.includes('annotate'))).toBe(false);
  expect(status).not.toBe(0);
});

test('with a yes it runs every step with its values', () => {
  const { status, calls } = run(script(filledWith(example, VALUES)), 'yes');
  expect(status).toBe(0);
  expect(calls).toContain(
    'kubectl annotate components.appstudio.redhat.com/sample-component -n sample-tenant --overwrite sample=yes',
  );
});

test('a value that is missing or unfit stops the script before the first command', () => {
  for (const namespace of ['', '$(id)', "x'; id; '"]) {
    const text = script(filledWith(example, { ...VALUES, namespace }));
    const { status, calls, errors } = run(text, 'yes');
    expect([status, calls]).toEqual([1, []]);
    expect(errors).toContain('Tenant namespace');
    if (namespace !== '') expect(text).not.toContain(namespace);
  }
});

test('a free text is exported, and asked for where it is missing', () => {
  const runbook = { ...example, variables: ['reason'], steps: [{ ...first, run: 'kubectl "$REASON"' }] };
  const reason = `it's "$(id)" \`id\` \\ !`;
  expect(run(script(filledWith(runbook, { reason })), 'yes').calls).toEqual([`kubectl ${reason}`]);
  const missing = run(script(filledWith(runbook, {})), 'yes');
  expect([missing.status === 0, missing.calls]).toEqual([false, []]);
  expect(missing.errors).toContain('Set REASON');
  expect(run(script(filledWith({ ...runbook, optional: ['reason'] }, {})), 'yes').calls).toEqual(['kubectl ']);
});

test('a step that is to end with another code ends well with that, and with no other', () => {
  const step = (exit: number) => ({ ...first, run: 'grep x /dev/null', expect: { exit } });
  const status = (exit: number) => run(script(filledWith({ ...example, steps: [step(exit)] }, VALUES)), 'yes').status;
  expect([status(1), status(2), status(0)].map((code) => code === 0)).toEqual([true, false, false]);
});

test('a fence is longer than what it holds', () => {
  const text = markdown(filledWith({ ...example, steps: [{ ...first, run: 'echo "````"' }] }, VALUES));
  expect(text).toContain('`````bash\necho "````"\n`````');
});

test.each(FORGES)('%s begins an issue with title and list', (forge) => {
  const address = newIssueAddress(forge, 'https://forge.example/group/project.git/', filledWith(example, VALUES));
  const url = new URL(address ?? '');
  expect(url.pathname).toMatch(/^\/group\/project\/(-\/)?issues\/new$/);
  const [title, body] = [...url.searchParams.values()];
  expect(title).toBe(example.title);
  expect(body).toBe(checklistText(filledWith(example, VALUES)));
});

test('an issue that is too long for an address keeps whole steps and says what is missing', () => {
  const steps = Array.from({ length: 60 }, (_, at) => ({ ...first, id: `step-${at}`, title: `Step ${at}` }));
  const filled = filledWith({ ...example, steps }, VALUES);
  const address = newIssueAddress('github', 'https://github.com/a/b', filled) ?? '';
  expect(address.length).toBeLessThanOrEqual(6_000);
  const body = new URL(address).searchParams.get('body') ?? '';
  expect(body).toMatch(/\d+ more steps are on the page of the runbook\.\n$/);
  expect(body.match(/````/g)?.length).toBe(2 * (body.match(/- \[ \]/g)?.length ?? 0));
});

test.each([
  '',
  'group/project',
  'http://forge.example/a/b',
  'https://u:p@forge.example/a',
  'https://forge.example/',
  'javascript:alert(1)',
])('no issue is begun at %j', (project) => {
  expect(newIssueAddress('gitlab', project, filledWith(example, VALUES))).toBeNull();
});

test('a quoted text is one word', () => {
  expect(quoted("it's")).toBe("'it'\\''s'");
});

function stepOf({ steps: [step] }: Runbook): Runbook['steps'][number] {
  if (!step) throw new Error('The example has no step.');
  return step;
}

/** Runs it with programs that only write down how they were called, and a terminal that answers. */
function run(text: string, answer: string): { status: number | null; calls: string[]; text: string; errors: string } {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-script-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const name of ['kubectl', 'jq']) {
    writeFileSync(join(dir, name), `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>"$CALLS"\n`);
    chmodSync(join(dir, name), 0o755);
  }
  const file = join(dir, 'script.sh');
  writeFileSync(file, text.replaceAll('>/dev/tty', '').replaceAll('</dev/tty', ''));
  const calls = join(dir, 'calls');
  writeFileSync(calls, '');
  const { status, stdout, stderr } = spawnSync('bash', [file], {
    input: `${answer}\n`.repeat(9),
    encoding: 'utf8',
    env: { PATH: `${dir}:/usr/bin:/bin`, CALLS: calls, HOME: dir },
  });
  const lines = spawnSync('cat', [calls], { encoding: 'utf8' }).stdout.split('\n').slice(0, -1);
  return { status, calls: lines, text: stdout, errors: stderr };
}
