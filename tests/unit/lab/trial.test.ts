import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { judge } from '#lab/judge.ts';
import { setUp, tried } from '#lab/trial.ts';
import { openPractice } from '#practice/open.ts';
import { labOf } from './lab.ts';

const open = async () => openPractice(await readWorld('content/worlds/fresh.yaml'), { role: 'viewer', registries: [] });
const faults = async (...edits: Parameters<typeof labOf>) =>
  (await tried(labOf(...edits), open)).flatMap(({ step, what, fault }) =>
    fault === null ? [] : [`${step}, ${what}: ${fault}`],
  );

async function opened() {
  const lab = labOf();
  const shell = await open();
  await setUp(lab, shell);
  const [count, add] = lab.steps;
  if (!count || !add) throw new Error('The lab of the tests has two steps.');
  return { shell, count, add };
}

test('a good lab fails at its start, knows its mistakes and passes with its solution', async () => {
  const attempts = await tried(labOf(), open);
  expect(attempts.map(({ step, what, fault }) => [step, what, fault])).toEqual([
    ['count', 'start', null],
    ['count', 'wrong:words', null],
    ['count', 'solution', null],
    ['add', 'start', null],
    ['add', 'wrong:typo', null],
    ['add', 'solution', null],
  ]);
  expect(attempts[0]?.ran).toEqual([{ command: 'cat notes.txt', stdout: 'one\ntwo\n', stderr: '', exitCode: 0 }]);
  expect(attempts.map(({ verdict }) => verdict.because)).toEqual([
    'The question is not answered.',
    'Three is not what it has either.',
    '',
    'It has 2 lines.',
    'A tree is no number.',
    '',
  ]);
});

test.each<[string, string, string, RegExp]>([
  ['is done before anything was done', '-ge 3 ]', '-ge 1 ]', /add, start: it is done before anything was done/],
  [
    'has a solution that does not pass',
    'echo three >>',
    'echo four >>',
    /add, solution: the solution does not pass: The third line says something else/,
  ],
  [
    'has a mistake that passes',
    'echo tree >>notes.txt',
    'echo three >>notes.txt',
    /add, wrong:typo: this mistake passes/,
  ],
  [
    'takes a mistake for another',
    'if: grep -qx tree notes.txt',
    'if: grep -qx bush notes.txt',
    /add, wrong:typo: it was answered as no known mistake/,
  ],
  [
    'opens a file that is not there',
    'goal: The file has a third line.',
    'goal: The file has a third line.\n    file: note.txt',
    /add, start: the file that it opens is not there: note\.txt/,
  ],
  ['has a check that cannot be run', 'grep -qx three notes.txt', 'if then', /syntax error/],
])('a lab is refused that %s', async (_, from, to, said) => {
  const edits: Parameters<typeof labOf> = [[from, to]];
  if (from.startsWith('-ge')) edits.push(['grep -qx three notes.txt', 'grep -q one notes.txt']);
  expect((await faults(...edits)).join('\n')).toMatch(said);
});

test('a setup that fails is told with its command', async () => {
  await expect(faults(['mkdir -p kept', 'cat nothing'])).rejects.toThrow(/its setup ended with 1: cat nothing/);
});

test('looking whether a step is done changes neither the folder nor the variables', async () => {
  const { shell, add } = await opened();
  await shell.run('cd kept; NAME=value');
  const before = await shell.run('pwd; echo "$NAME$ANSWER"');
  await judge({ ...add, check: [{ if: 'cd /tmp; NAME=other; false', because: 'It is never so.' }] }, shell, 'x');
  expect(await shell.run('pwd; echo "$NAME$ANSWER"')).toEqual(before);
  expect(before.stdout).toBe('/home/learner/kept\nvalue\n');
});

test('a long output is quoted in part, and an empty one as nothing', async () => {
  const { shell, add } = await opened();
  const said = async (script: string) =>
    (await judge({ ...add, wrong: [], check: [{ if: script, because: 'It printed {output}.' }] }, shell, '')).because;
  expect(await said('printf "a%.0s" {1..500}; false')).toBe(`It printed ${'a'.repeat(200)}….`);
  expect(await said('false')).toBe('It printed nothing.');
});

test('an answer is compared without its case and the spaces around it', async () => {
  const { shell, count } = await opened();
  const step = {
    ...count,
    check: [{ if: '[ "$ANSWER" = s390x ]', because: 'It is another.' }],
    wrong: [{ id: 'arm', answer: 'AArch64', because: 'That one is there.' }],
  };
  expect(await judge(step, shell, ' aarch64 ')).toMatchObject({
    done: false,
    wrong: 'arm',
    because: 'That one is there.',
  });
  expect(await judge(step, shell, ' s390x ')).toMatchObject({ done: true });
  expect(await judge(step, shell, '  ')).toMatchObject({ done: false, because: 'The question is not answered.' });
});

test('an answer is a value and never a command', async () => {
  const { shell, count } = await opened();
  await judge(count, shell, '"; rm notes.txt; echo "$(rm notes.txt)`rm notes.txt`');
  expect(await shell.readFile('notes.txt')).toBe('one\ntwo\n');
});
