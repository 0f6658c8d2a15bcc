import { beforeEach, expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice, type Practice } from '#practice/open.ts';

let shell: Practice;
beforeEach(async () => {
  shell = await openPractice(await readWorld('content/worlds/fresh.yaml'), { role: 'viewer', registries: ['quay.io'] });
});

test('the folder and the variables that a line leaves are those of the next', async () => {
  await shell.run('mkdir -p a/b; cd a/b; NAME=value; export OTHER="two words"');
  expect(await shell.run('pwd; echo "$NAME, $OTHER"; env | grep -c "^OTHER="')).toEqual({
    stdout: '/home/learner/a/b\nvalue, two words\n1\n',
    stderr: '',
    exitCode: 0,
  });
  expect(shell.cwd()).toBe('/home/learner/a/b');
});

test.each([
  ['a loop that never ends', 'while :; do :; done', /^Stopped: .*never end/],
  ['a loop of an outer and an inner', 'for i in {1..150}; do for j in {1..150}; do x=$i; done; done', /^Stopped: /],
  ['a flood', 'while :; do printf "%01000d" 0; done', /^Stopped: /],
  ['a function that calls itself', 'f() { f; }; f', /recursion|depth|Stopped/],
])('%s is stopped with a sentence, and the world survives', async (_, script, said) => {
  await shell.writeFile('kept.txt', 'kept\n');
  const begin = performance.now();
  const ended = await shell.run(script);
  expect(performance.now() - begin).toBeLessThan(15_000);
  expect(ended.exitCode).not.toBe(0);
  expect(ended.stderr).toMatch(said);
  expect(ended.stdout.length).toBeLessThan(2 ** 21);
  expect((await shell.run('cat kept.txt')).stdout).toBe('kept\n');
});

test('a string that doubles without end is stopped', async () => {
  const ended = await shell.run('x=aaaaaaaaaa; while :; do x=$x$x; done');
  expect(ended.exitCode).not.toBe(0);
  expect((await shell.run('echo there')).stdout).toBe('there\n');
});

test('sleeping lets the pretend clock go by, and nobody waits', async () => {
  const before = shell.nowMs();
  const begin = performance.now();
  await shell.run('sleep 600; sleep 5m');
  expect(shell.nowMs() - before).toBe(900_000);
  expect(performance.now() - begin).toBeLessThan(2_000);
  expect((await shell.run('date -u +%FT%TZ; date -u -d @0 +%F')).stdout).toBe(
    `${new Date(shell.nowMs()).toISOString().slice(0, 19)}Z\n1970-01-01\n`,
  );
});

test('an unknown command is not found', async () => {
  expect(await shell.run('vim notes')).toMatchObject({
    exitCode: 127,
    stderr: 'bash: vim: command not found\n',
  });
});

test('broken syntax is said and changes nothing', async () => {
  const ended = await shell.run('if then');
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toMatch(/syntax error/);
});

test('a question over the same files leaves folder and variables as they were', async () => {
  await shell.run('X=1; cd /tmp');
  expect((await shell.ask('pwd; X=2; echo "$X$ANSWER"', { ANSWER: 'a b' })).stdout).toBe('/home/learner\n2a b\n');
  expect((await shell.run('pwd; echo "$X"')).stdout).toBe('/tmp\n1\n');
});

test('files are read and written from the home, and a folder is no text', async () => {
  await shell.writeFile('deep/er/file.txt', 'é\n');
  expect((await shell.run('cat ~/deep/er/file.txt; wc -c <deep/er/file.txt')).stdout).toBe('é\n3\n');
  expect(await shell.readFile('deep/er/file.txt')).toBe('é\n');
  expect([await shell.readFile('deep'), await shell.readFile('none')]).toEqual([null, null]);
});

test('the way out leads nowhere', async () => {
  await expect(shell.fetch('https://example.org/')).rejects.toThrow('no way out');
});

test('$? of a line is there in the next, and only there', async () => {
  await shell.run('(exit 7)');
  expect((await shell.ask('echo $?')).stdout).toBe('0\n');
  expect((await shell.run('echo $?; env | grep "?"')).stdout).toBe('7\n');
  expect((await shell.run('echo $?\n')).stdout).toBe('1\n');
});

test('functions, lists and what set turns on hold for their own line, as the page of differences says', async () => {
  await shell.run('f() { echo there; }; a=(1 2); set -o pipefail');
  expect(await shell.run('f')).toMatchObject({ exitCode: 127 });
  const second = ['echo "$', '{a[1]}."; false | true; echo $?'].join('');
  expect((await shell.run(second)).stdout).toBe('.\n0\n');
});

test('files are as old as the clock of the practice world says, whatever writes them', async () => {
  const now = new Date(shell.nowMs());
  await shell.run('echo a >one; mkdir -p two/three; cp -r two copy; sleep 1d; echo b >>one; touch new; ln -s one link');
  const later = new Date(shell.nowMs());
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const written = async (path: string) => /^Modify: (\S{10})/m.exec((await shell.run(`stat ${path}`)).stdout)?.[1];
  for (const path of ['two', 'two/three', 'copy', 'copy/three', '.gitconfig'])
    expect(await written(path)).toBe(day(now));
  for (const path of ['one', 'new']) expect(await written(path)).toBe(day(later));
  await shell.run('touch -d 2020-01-01 new; sleep 1d; sed -i s/a/c/ one');
  expect(await written('new')).toBe('2020-01-01');
  expect(await written('one')).toBe(day(new Date(shell.nowMs())));
  expect((await shell.run('date -d yesterday +%F; date --date=tomorrow +%F; date -d today +%F')).stdout).toBe(
    [-1, 1, 0].map((days) => `${day(new Date(shell.nowMs() + days * 86_400_000))}\n`).join(''),
  );
});

test('a folder in a long list has no slash behind it, unless that is asked for', async () => {
  await shell.run('mkdir here; touch here/file');
  expect((await shell.run('ls -ld here; ls -l | grep here')).stdout).not.toMatch(/here\//);
  expect((await shell.run('ls -F')).stdout).toBe('here/\n');
});
