import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice } from '#practice/open.ts';

const world = await readWorld('content/worlds/fresh.yaml');
const open = () => openPractice(world, { role: 'viewer', registries: [] });

test.each([
  ['jobs', 'bash: jobs: command not found\nNothing runs in the background'],
  ['docker ps', 'bash: docker: command not found\nThis machine runs no containers'],
  ['python3 -c 1', 'bash: python3: command not found\nFor data there are jq'],
  ['brew install x', 'bash: brew: command not found\nNothing can be installed here'],
  ['nosuch', 'bash: nosuch: command not found\n'],
])('what is not there says what to use: %s', async (line, said) => {
  const { stderr, exitCode } = await (await open()).run(line);
  expect(exitCode).toBe(127);
  expect(stderr.startsWith(said)).toBe(true);
  expect(stderr).not.toContain('browser');
});

test.each([
  ['seq 1000000 | wc -l', 'more text in one go'],
  ['x=a; while :; do x=$x$x; done', 'more text in one go'],
  ['echo {1..1000000}', 'more text in one go'],
  ['f() { f; }; f', 'called itself'],
  ['while :; do :; done', 'at most 20,000 commands'],
])('what is stopped says by which limit: %s', async (line, said) => {
  const { stderr, exitCode } = await (await open()).run(line);
  expect([exitCode, stderr]).toEqual([126, expect.stringContaining(said)]);
});

test.each([
  ['if true; then echo', 'bash: syntax error: unexpected end of file\n'],
  ['for i in 1 2', 'bash: syntax error: unexpected end of file\n'],
  ['&& ls', "bash: syntax error near unexpected token `&&'\n"],
])('broken lines are said without a place in a line that nobody wrote: %s', async (line, said) => {
  expect((await (await open()).run(line)).stderr).toBe(said);
});

test('an alias holds from the next line on, and a check of a lab does not see it', async () => {
  const shell = await open();
  await shell.run("alias k=kubectl kubectl='echo mine'");
  expect((await shell.run('k version --client')).stdout).toContain('mine');
  expect((await shell.ask('kubectl version --client')).stdout).toContain('Client Version');
  expect((await shell.run('env')).stdout).not.toMatch(/BASH/);
});

test('rm does not take the whole machine away, and grep and ls overlook colours', async () => {
  const shell = await open();
  expect(await shell.run('rm -rf /')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("dangerous to operate recursively on '/'"),
  });
  expect(await shell.run('echo x >a; grep --color=auto x a; ls --color=auto a; whoami')).toEqual({
    ...{ stdout: 'x\na\nlearner\n', stderr: '', exitCode: 0 },
  });
});

test.each([
  ["jq -nc '[3,1,3] | group_by(.), unique, unique_by(.)'", '[[1],[3,3]]\n[1,3]\n[1,3]\n'],
  [`jq -nc '[{a:"b"},{a:"a"}] | group_by(.a), sort_by(.a) | length'`, '2\n2\n'],
  [
    `jq -nc --arg x unique '[{a: "b", n: 1}, {a: "a", n: 2}] | map(.n) as $n | group_by(.a) | map(.[0].a) | . + [$x, "group_by(.z)"]'`,
    '["a","b","unique","group_by(.z)"]\n',
  ],
  ["seq 3 | paste -sd,; seq 3 | paste -sd+ -; seq 2 | paste -s -d ' '", '1,2,3\n1+2+3\n1 2\n'],
])('tools of the shell answer as everywhere: %s', async (line, said) => {
  expect(await (await open()).run(line)).toEqual({ stdout: said, stderr: '', exitCode: 0 });
});

test('a long sleep lets all of its time go by, and what is too long to read is said', async () => {
  const shell = await open();
  const before = shell.nowMs();
  expect((await shell.run('sleep 2d 1.5h 1')).exitCode).toBe(0);
  expect(shell.nowMs() - before).toBe((2 * 86_400 + 5_400 + 1) * 1_000);
  expect((await shell.run('sleep soon')).stderr).toContain('invalid time interval');
  const pasted = Array.from({ length: 10_000 }, (_, at) => `echo ${at}`).join('\n');
  expect((await shell.run(pasted)).stderr).toContain('longer or deeper than the practice shell can read');
  expect((await shell.run('('.repeat(20_000))).stderr).toContain('longer or deeper than the practice shell can read');
});
