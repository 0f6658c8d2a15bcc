import { expect, test } from 'vitest';
import { openPractice } from '#practice/open.ts';
import { worldOf } from '../sim/world.ts';

/** What only the practice shell's git has: sentences on what it does not do, and damage. What it shares with real git is in tests/real/practice-git.test.ts. */

const WORLD = worldOf([], {
  files: [{ forge: 'gitlab', project: 'a/b', branch: 'main', path: 'x', at: '-9d', text: 'one\n' }],
});
const cloned = async () => {
  const shell = await openPractice(WORLD, { role: 'viewer', registries: [] });
  expect((await shell.run('git clone -q https://gitlab.com/a/b.git && cd b')).exitCode).toBe(0);
  return shell;
};

test.each([
  ['git rebase main', 'git rebase'],
  ['git tag v1', 'git tag'],
  ['git stash', 'git stash'],
  ['git clone --depth 1 https://gitlab.com/a/b.git c', 'the flag --depth of git clone'],
  ['git log --graph', 'the flag --graph of git log'],
  ['git log --format=%G?', '%G in a format of git log'],
  ['git diff --stat --name-only', 'two forms of a diff at once'],
  ['git config core.editor vi', 'git config but of user.name and user.email'],
  ['git', 'git without a command'],
  ['git clone git@gitlab.com:a/b.git c', 'git at git@gitlab.com:a/b.git: write https://'],
  ['git clone ssh://git@gitlab.com/a/b c', 'git at ssh://git@gitlab.com/a/b: write https://'],
])('%s says that it is not simulated', async (command, what) => {
  const ended = await (await cloned()).run(command);
  expect(ended).toEqual({
    ...{ stdout: '', exitCode: 64 },
    stderr: expect.stringContaining(`git: the practice shell does not simulate ${what}`),
  });
});

test('branches that have gone apart are not merged', async () => {
  const shell = await cloned();
  await shell.run(
    'git switch -qc t; echo t >t; git add t; git commit -qm t; git switch -q main; echo m >m; git add m; git commit -qm m',
  );
  expect(await shell.run('git merge t')).toMatchObject({ exitCode: 64, stdout: '' });
  expect((await shell.run('git status -s; cat m; ls')).stdout).toBe('m\nm\nx\n');
});

test('commits are made at the time of the world, whoever commits is read from the settings', async () => {
  const shell = await cloned();
  await shell.run(
    'git config --global user.name Ann; git config user.email ann@example.org; sleep 90; git commit -q --allow-empty -m A',
  );
  expect((await shell.run("git log -1 --format='%an %ae %cI'")).stdout).toBe(
    'Ann ann@example.org 2026-11-20T14:08:30+00:00\n',
  );
});

test('a file of the history that is damaged is said, and the shell goes on', async () => {
  const shell = await cloned();
  expect((await shell.run('echo "{" >.git/practice.json; git status')).exitCode).toBe(1);
  expect((await shell.run('cat x')).stdout).toBe('one\n');
});

test('an address outside of the pretend forges is not reached', async () => {
  const shell = await openPractice(WORLD, { role: 'viewer', registries: [] });
  const ended = await shell.run('git clone https://example.org/a/b.git');
  expect(ended).toMatchObject({ exitCode: 128, stderr: expect.stringContaining('only its pretend forges') });
});

test('what is pushed is read by the forge and by another clone', async () => {
  const shell = await cloned();
  await shell.run('echo two >>x; git commit -qam Two; git push -q; cd; git clone -q https://gitlab.com/a/b.git c');
  expect((await shell.run('cat c/x')).stdout).toBe('one\ntwo\n');
  const answer = await shell.fetch('https://gitlab.com/api/v4/projects/a%2Fb/repository/files/x?ref=main');
  expect(atob((await answer.json()).content)).toBe('one\ntwo\n');
});

test.each(['__proto__', 'constructor', 'toString'])(
  'a branch may be called %s; a file of this name is refused',
  async (name) => {
    const shell = await cloned();
    const made = await shell.run(
      `git switch -c ${name}; echo n >n; git add n; git commit -qm n; git push -u origin ${name}`,
    );
    expect(made.stderr).toContain(` * [new branch]      ${name} -> ${name}\n`);
    expect(made.stdout).toBe(`branch '${name}' set up to track 'origin/${name}'.\n`);
    const there = await shell.run(
      `cd; git clone -q https://gitlab.com/a/b.git c; cd c; git switch -q ${name}; cat n; git branch -a`,
    );
    expect(there.stdout).toContain(`n\n* ${name}\n`);
    expect(
      await shell.run(`git switch -q main; git branch -D ${name}; git push -q origin :${name} && git ls-remote origin`),
    ).toMatchObject({
      exitCode: 0,
      stdout: expect.not.stringContaining(`refs/heads/${name}`),
    });
    expect(await shell.run(`echo x >${name}; git status`)).toMatchObject({
      exitCode: 64,
      stderr: `git: the practice shell does not simulate a file or folder called ${name} in a repository.\n`,
    });
  },
);

test('a force that trusts what was fetched last is not pretended where that is old', async () => {
  const shell = await cloned();
  await shell.run(
    'cd; git clone -q https://gitlab.com/a/b.git c; cd c; echo c >c; git add c; git commit -qm c; git push -q; cd ~/b',
  );
  const ended = await shell.run('echo b >d; git add d; git commit -qm d; git push --force-with-lease');
  expect(ended).toMatchObject({
    exitCode: 64,
    stderr: expect.stringContaining('--force-with-lease over what was not fetched'),
  });
  expect((await shell.run('git fetch -q; git push --force-with-lease')).exitCode).toBe(0);
});
