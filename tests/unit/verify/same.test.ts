import { expect, test } from 'vitest';
import type { Attempt } from '#lab/trial.ts';
import { compared } from '#verify/same.ts';

const attempt = (stdout: string, command = 'ls', rest = {}): Attempt => ({
  step: 'look',
  what: 'solution',
  ran: [{ command, stdout, stderr: '', exitCode: 0, ...rest }],
  verdict: { done: true, because: '', wrong: null, said: '' },
  fault: null,
});
const differences = (ours: Attempt, theirs: Attempt | null) =>
  compared([ours], theirs ? [theirs] : []).map(({ differs }) => differs);

test('what is the same is no difference, and spaces at the end of a line are none', () => {
  expect(differences(attempt('/home/learner/a\n'), attempt('/home/learner/a  \n'))).toEqual([null]);
});

test('another line, another error and another exit code are differences', () => {
  expect(differences(attempt('a\n'), attempt('b\n'))[0]).toContain('stdout here:\na\nstdout of the real clients:\nb');
  expect(differences(attempt('a', 'ls', { stderr: 'no' }), attempt('a'))[0]).toContain('stderr here');
  expect(differences(attempt('a', 'ls', { exitCode: 1 }), attempt('a'))[0]).toContain('exitCode here');
});

test('a command that only one of them ran is a difference', () => {
  expect(differences(attempt('a'), null)).toEqual(['the real clients did not come so far']);
  expect(differences(attempt('a'), attempt('a', 'ls -l'))).toEqual(['the real clients did not come so far']);
});

test('where a shell says its own errors is no difference', () => {
  const ours = attempt('', 'x', { stderr: 'bash: x: command not found\n', exitCode: 127 });
  const theirs = attempt('', 'x', { stderr: '/bin/bash: line 7: x: command not found\n', exitCode: 127 });
  expect(differences(ours, theirs)).toEqual([null]);
});
