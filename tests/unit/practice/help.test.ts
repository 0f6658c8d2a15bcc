import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { CLIENTS } from '#practice/clients.ts';
import { openPractice } from '#practice/open.ts';

const world = await readWorld('content/worlds/duty.yaml', 'content/worlds/duty.yaml');
const open = () => openPractice(world, { role: 'viewer', registries: [] });
const shell = await open();

test.each(Object.keys(CLIENTS))('%s --help says what it can do here, and what it does otherwise', async (name) => {
  const { stdout, stderr, exitCode } = await shell.run(`${name} --help`);
  expect([stderr, exitCode]).toEqual(['', 0]);
  expect(stdout).toMatch(new RegExp(`^What ${name} can do in the practice shell:\n  \\S`));
  expect(stdout).toContain('\nOtherwise than the real one:\n');
});

test('help of one verb names that verb alone, and the other uses of -h stay', async () => {
  const { stdout } = await shell.run('kubectl logs -h');
  expect(stdout.split('\n')).toHaveLength(3);
  expect(stdout).toContain('  logs: ');
  expect((await shell.run("kubectl 'a(' --help")).exitCode).toBe(0);
  expect((await shell.run('kubectl get nope -- --help')).exitCode).toBe(1);
});

test.each(['kubectl', 'tkn', 'git', 'podman', 'cosign', 'ec'])('%s alone points to its help', async (name) => {
  const { stderr, exitCode } = await shell.run(name);
  expect(exitCode).toBe(64);
  expect(stderr).toContain(`What it can do: ${name} --help.`);
});

test.each([
  ['kubectl edit component x', 'apply it'],
  ['kubectl exec x', 'logs'],
  ['git stash', 'git switch -c'],
  ['podman push x', 'skopeo copy'],
  ['tkn pr cancel x', '"Cancelled"'],
  ['kubectl get pods --show-kind', 'kubectl get --help'],
])('what is not simulated says what to use: %s', async (line, said) => {
  const { stderr, exitCode } = await shell.run(line);
  expect([exitCode, stderr]).toEqual([64, expect.stringContaining(said)]);
});

const RUN = 'fedora-bootc-45-minimal-on-push-sample-448d5';

test('tkn prints the steps of a run, and why it failed', async () => {
  const { stdout, stderr } = await shell.run(`tkn pr logs ${RUN} -n bootc-tenant`);
  expect(stdout).toMatch(/^\[init : init\] .*\n/);
  expect(stdout).toContain('\n\n[clone-repository : clone] ');
  expect(stdout).toContain('[build-images : build] sample: error: a scriptlet failed on s390x only\n');
  expect(stderr).toMatch(/^task build-images has failed: .*\nTasks Completed: /);
  const one = await shell.run(`tkn tr logs ${RUN}-build-images-3 -n bootc-tenant -s build`);
  expect(one.stdout).toMatch(/^\[build\] /);
  expect(one.stdout).not.toContain('[use-trusted-artifact]');
  expect((await shell.run('tkn pr logs nope -n bootc-tenant')).stderr).toContain(
    'pipelineruns.tekton.dev "nope" not found',
  );
});

test('oc says who one is, and keeps the project that was chosen', async () => {
  const own = await open();
  expect((await own.run('oc whoami')).stdout).toBe('sample-viewer\n');
  expect((await own.run('oc project')).stdout).toContain('No project has been set.');
  expect((await own.run('oc project bootc-tenant')).stdout).toMatch(
    /^Now using project "bootc-tenant" on server "https:/,
  );
  expect(
    (await own.run('oc project bootc-tenant; oc project -q; kubectl get components -o name | wc -l')).stdout,
  ).toMatch(/^Already on project "bootc-tenant" .*\nbootc-tenant\n\d\d\n$/);
  expect((await own.run('oc project nope')).stderr).toBe('error: You are not a member of project "nope".\n');
});
