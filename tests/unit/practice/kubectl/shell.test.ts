import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice } from '#practice/open.ts';

const world = await readWorld('content/worlds/duty.yaml', 'content/worlds/duty.yaml');
const open = (role: 'none' | 'viewer') => openPractice(world, { role, registries: [] });

test.each([
  ['kubectl edit component x', 'kubectl edit'],
  ['kubectl get components --server-x', 'the flag --server-x of kubectl get'],
  ['kubectl get components -o go-template=x', 'the output go-template of kubectl get'],
  ['kubectl describe namespace bootc-tenant', 'kubectl describe of namespaces, of custom resources alone'],
  ["kubectl get components --template='{{.kind}}'", 'the flag --template of kubectl get'],
  ['kubectl get components --warnings-as-errors', 'the flag --warnings-as-errors of kubectl get'],
  ['oc login https://x', 'oc login'],
  ['tkn pipelinerun cancel x', 'tkn pipelinerun cancel'],
])('%s is not pretended', async (line, what) => {
  const { stdout, stderr, exitCode } = await (await open('viewer')).run(line);
  expect([stdout, exitCode]).toEqual(['', 64]);
  expect(stderr).toContain(`the practice shell does not simulate ${what}.`);
});

test('without a kubeconfig there is no server to ask', async () => {
  const { stderr, exitCode } = await (await open('none')).run('kubectl get pods');
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n',
  );
});

test('a wait lets as much time go by as it may, and no more', async () => {
  const shell = await open('viewer');
  const startMs = shell.nowMs();
  const run = 'pipelinerun/fedora-bootc-45-minimal-on-push-sample-448d5';
  const { stderr, exitCode } = await shell.run(
    `kubectl wait ${run} -n bootc-tenant --for=condition=Succeeded --timeout=90s`,
  );
  expect([exitCode, shell.nowMs() - startMs]).toEqual([1, 90_000]);
  expect(stderr).toContain('timed out waiting for the condition on pipelineruns/');
});

test('a watch ends by itself, says so, and has let time go by', async () => {
  const shell = await open('viewer');
  const startMs = shell.nowMs();
  const { stdout, stderr, exitCode } = await shell.run('kubectl get applications -n bootc-tenant --watch');
  expect([exitCode, shell.nowMs() > startMs]).toEqual([0, true]);
  expect(stdout).toContain('fedora-bootc-45');
  expect(stderr).toContain('The practice shell stops watching here');
});

test('runs are listed by tkn in its own words', async () => {
  const { stdout } = await (await open('viewer')).run('tkn pr list -n bootc-tenant --limit 2');
  expect(stdout.split('\n')[0]).toMatch(/^NAME +STARTED +DURATION +STATUS$/);
  expect(stdout).toMatch(/--- +--- +Pending/);
});

test('a watch with a time limit ends then, without a word', async () => {
  const shell = await open('viewer');
  const startMs = shell.nowMs();
  const ended = await shell.run('kubectl get applications -n bootc-tenant -w --request-timeout=25s');
  expect([ended.exitCode, ended.stderr, shell.nowMs() - startMs]).toEqual([0, '', 25_000]);
});
