import { expect, test } from 'vitest';
import { GitError, git, line, readBlobs } from '#host/git.ts';
import { scratch } from '../../support/remote.ts';

test('gives what git printed', async () => {
  const run = git(scratch());
  await run(['init', '--quiet']);
  expect(await line(run(['rev-parse', '--is-inside-work-tree']))).toBe('true');
});

test('throws with the command, the code and what git said', async () => {
  await expect(git(scratch())(['rev-parse', 'HEAD'])).rejects.toThrow(/git rev-parse HEAD ended with code 128: fatal/);
});

test('keeps a password in an address out of its errors', async () => {
  const run = git(scratch());
  await run(['init', '--quiet']);
  const failure = run(['fetch', 'http://someone:hunter2@127.0.0.1:1/x.git']);
  await expect(failure).rejects.toBeInstanceOf(GitError);
  await expect(failure).rejects.not.toThrow(/hunter2/);
});

test('reads many blobs at once, also empty ones and ones with line ends', async () => {
  const run = git(scratch());
  await run(['init', '--quiet']);
  const texts = ['', 'a\n\nb\n', 'é\0x'];
  const ids = await Promise.all(texts.map((input) => line(run(['hash-object', '-w', '--stdin'], { input }))));
  const blobs = await readBlobs(run, ids);
  expect(ids.map((id) => blobs.get(id)?.toString())).toEqual(texts);
});

test('says so when a blob is not there', async () => {
  const run = git(scratch());
  await run(['init', '--quiet']);
  await expect(readBlobs(run, ['0'.repeat(40)])).rejects.toThrow(/has no blob/);
});
