import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import type { Answer, Ask, Deed } from '#practice/protocol.ts';
import { session } from '#practice/session.ts';
import { labOf } from '../lab/lab.ts';

const world = await readWorld('content/worlds/fresh.yaml');
const start = { lab: labOf(), world };
const run = (line: string): Ask => ({ kind: 'deed', deed: { kind: 'run', line } });

async function opened(deeds: Deed[] = []) {
  const ask = session();
  return { ask, answer: await ask({ kind: 'open', start, deeds }) };
}

/** The answer, which must be of this kind. */
function of<K extends Answer['kind']>(answer: Answer, kind: K): Extract<Answer, { kind: K }> {
  const is = (one: Answer): one is Extract<Answer, { kind: K }> => one.kind === kind;
  if (!is(answer)) throw new Error(`It answered ${answer.kind}.`);
  return answer;
}

test('a lab opens with its files and its setup, in the home', async () => {
  const { ask, answer } = await opened();
  expect(of(answer, 'opened')).toMatchObject({ cwd: '~', nowMs: Date.parse(world.now), ran: [] });
  expect(of(await ask(run('ls; cd kept; pwd')), 'ended')).toMatchObject({
    ended: { stdout: 'kept\nnotes.txt\n/home/learner/kept\n', stderr: '', exitCode: 0 },
    cwd: '~/kept',
  });
});

test('the same deeds give the same world, and their lines are told again with what they print', async () => {
  const deeds: Deed[] = [
    { kind: 'run', line: 'cd kept; NAME=value' },
    { kind: 'write', path: 'kept/new.yaml', text: 'a: 1\n' },
    { kind: 'pass', ms: 60_000 },
    { kind: 'run', line: 'cat new.yaml; echo "$NAME"; no-such-command' },
  ];
  const { ask, answer } = await opened(deeds);
  const { ran, cwd, nowMs } = of(answer, 'opened');
  expect({ cwd, nowMs }).toEqual({ cwd: '~/kept', nowMs: Date.parse(world.now) + 60_000 });
  expect(ran.map(({ line, cwd: from }) => [from, line])).toEqual([
    ['~', 'cd kept; NAME=value'],
    ['~/kept', 'cat new.yaml; echo "$NAME"; no-such-command'],
  ]);
  expect(ran[1]?.ended).toEqual({
    stdout: 'a: 1\nvalue\n',
    stderr: 'bash: no-such-command: command not found\n',
    exitCode: 127,
  });
  expect(of(await ask({ kind: 'read', path: 'kept/new.yaml' }), 'text').text).toBe('a: 1\n');
});

test('each deed is announced by its number, as it was when it was done first', async () => {
  const told: number[] = [];
  const ask = session((deed) => told.push(deed));
  const deeds: Deed[] = [
    { kind: 'run', line: 'true' },
    { kind: 'pass', ms: 1_000 },
  ];
  await ask({ kind: 'open', start, deeds });
  await ask(run('true'));
  await ask({ kind: 'view' });
  await ask({ kind: 'open', start, deeds: [] });
  await ask(run('true'));
  expect(told).toEqual([1, 2, 3, 1]);
});

test('of a long visit the newest thirty lines are told again', async () => {
  const lines = Array.from({ length: 35 }, (_, n): Deed => ({ kind: 'run', line: `echo ${n}` }));
  const { ran } = of((await opened(lines)).answer, 'opened');
  expect([ran.length, ran[0]?.line, ran.at(-1)?.line]).toEqual([30, 'echo 5', 'echo 34']);
});

test('what is asked at once is answered in its order', async () => {
  const { ask } = await opened();
  const answers = await Promise.all([
    ask(run('sleep 5; echo three >>notes.txt')),
    ask({ kind: 'judge', step: 'add', answer: '' }),
    ask({ kind: 'read', path: 'notes.txt' }),
  ]);
  expect(answers.map(({ kind }) => kind)).toEqual(['ended', 'verdict', 'text']);
  expect(of(answers[1], 'verdict').verdict.done).toBe(true);
  expect(of(answers[2], 'text').text).toBe('one\ntwo\nthree\n');
});

test('a verdict says why not yet, and knows the mistake', async () => {
  const { ask } = await opened();
  const said = async (answer: string) => of(await ask({ kind: 'judge', step: 'count', answer }), 'verdict').verdict;
  expect(await said('3')).toMatchObject({ done: false, wrong: 'words', because: 'Three is not what it has either.' });
  expect(await said('')).toMatchObject({ done: false, because: 'The question is not answered.' });
  expect(await said('2')).toMatchObject({ done: true });
});

test('what cannot be answered is refused with a sentence, and the next is answered', async () => {
  await expect(session()({ kind: 'view' })).rejects.toThrow('The practice shell is not open yet.');
  const { ask } = await opened();
  await expect(ask({ kind: 'judge', step: 'no-such-step', answer: '' })).rejects.toThrow('no step "no-such-step"');
  expect(of(await ask({ kind: 'read', path: 'no-such-file' }), 'text').text).toBeNull();
  expect(of(await ask({ kind: 'read', path: 'kept' }), 'text').text).toBeNull();
});

test('the editor is offered the texts of the lab first, and none that belong to programs', async () => {
  const { ask } = await opened([
    {
      kind: 'run',
      line: 'mkdir -p a-clone/.git a-clone/.tekton; touch a-clone/.git/HEAD a-clone/.tekton/push.yaml a.txt',
    },
  ]);
  expect(of(await ask({ kind: 'files' }), 'files').paths).toEqual(['notes.txt', 'a-clone/.tekton/push.yaml', 'a.txt']);
});

test('however many files there are, the editor is offered two hundred', async () => {
  const { ask } = await opened([{ kind: 'run', line: 'for n in {1..300}; do : >f$n; done' }]);
  expect(of(await ask({ kind: 'files' }), 'files').paths).toHaveLength(200);
});

test('a lab can begin anew in the same thread', async () => {
  const { ask } = await opened([{ kind: 'run', line: 'rm notes.txt' }]);
  await ask({ kind: 'open', start, deeds: [] });
  expect(of(await ask({ kind: 'read', path: 'notes.txt' }), 'text').text).toBe('one\ntwo\n');
});
