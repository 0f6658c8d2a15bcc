import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection, Stopped, type Thread } from '#components/lab/connection.ts';
import { Session } from '#components/lab/session.ts';
import { readWorld } from '#host/world.ts';
import type { FromWorker, ToWorker } from '#practice/protocol.ts';
import { scriptWords } from '../../../support/script-words.ts';
import { labOf } from '../../lab/lab.ts';

const t = await scriptWords('lab.script');

const start = { lab: labOf(), world: await readWorld('content/worlds/fresh.yaml') };
const LIMITS = { answerMs: 20_000, openMs: 90_000 };

/** A thread that answers at once what it is told to; what it has no answer for hangs. */
class Pretended {
  asked: ToWorker[] = [];
  isEnded = false;
  private readonly answer: (message: ToWorker) => FromWorker | null;
  private told: ((event: MessageEvent<FromWorker>) => void)[] = [];
  fail: () => void = () => undefined;
  constructor(answer: (message: ToWorker) => FromWorker | null) {
    this.answer = answer;
  }
  readonly thread: Thread = {
    postMessage: (message: ToWorker) => {
      this.asked.push(message);
      const data = this.answer(message);
      if (data)
        queueMicrotask(() => {
          for (const tell of this.isEnded ? [] : this.told) tell(new MessageEvent('message', { data }));
        });
    },
    terminate: () => {
      this.isEnded = true;
    },
    addEventListener: (name: string, listener: unknown) => {
      if (typeof listener !== 'function') return;
      if (name === 'message') this.told.push((event) => listener(event));
      else this.fail = () => listener(new Event('error'));
    },
  };
}

const ended = { stdout: 'out\n', stderr: '', exitCode: 0 };

function usual(message: ToWorker): FromWorker | null {
  const { id } = message;
  if (message.kind === 'open')
    return { id, kind: 'opened', ms: 1, cwd: '~', nowMs: 1_000 * message.deeds.length, ran: [] };
  if (message.kind === 'view') return { id, kind: 'failed', message: 'No view here.' };
  if (message.kind !== 'deed') return null;
  return message.deed.kind === 'run' && message.deed.line === 'hang'
    ? null
    : { id, kind: 'ended', ended, cwd: '~/a', nowMs: 5 };
}

let threads: Pretended[] = [];
let session: Session;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  threads = [];
  const make = () => {
    const one = new Pretended(usual);
    threads.push(one);
    return one.thread;
  };
  session = new Session(new Connection(make, start, LIMITS, t));
});
afterEach(() => {
  vi.useRealTimers();
});

test('deeds are remembered with what they leave', async () => {
  await session.open([]);
  expect(await session.act({ kind: 'run', line: 'ls' })).toEqual(ended);
  await session.act({ kind: 'pass', ms: 5 });
  await session.act({ kind: 'pass', ms: 6 });
  expect(session.deeds).toEqual([
    { kind: 'run', line: 'ls' },
    { kind: 'pass', ms: 11 },
  ]);
  expect([session.cwd, session.nowMs, session.isBusy]).toEqual(['~/a', 5, false]);
});

test('what does not end is ended after twenty seconds, and the world is made anew without it', async () => {
  await session.open([]);
  await session.act({ kind: 'run', line: 'ls' });
  const hanging = session.act({ kind: 'run', line: 'hang' });
  const said = expect(hanging).rejects.toThrow('Stopped after 20 seconds.');
  await vi.advanceTimersByTimeAsync(19_000);
  expect(session.isBusy).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  await said;
  await expect(hanging).rejects.toBeInstanceOf(Stopped);
  expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  expect(threads[1]?.asked[0]).toMatchObject({ kind: 'open', deeds: [{ kind: 'run', line: 'ls' }] });
  expect([session.cwd, session.nowMs]).toEqual(['~', 1_000]);
  expect(await session.act({ kind: 'run', line: 'pwd' })).toEqual(ended);
});

test('the reader can stop it at once', async () => {
  await session.open([]);
  const hanging = expect(session.act({ kind: 'run', line: 'hang' })).rejects.toThrow('Stopped.');
  await vi.advanceTimersByTimeAsync(10);
  session.stop();
  await hanging;
  expect(session.deeds).toEqual([]);
  expect(threads).toHaveLength(2);
});

test('what waits behind a deed that was stopped is asked of the new world', async () => {
  await session.open([]);
  const hanging = expect(session.act({ kind: 'run', line: 'hang' })).rejects.toThrow();
  const next = session.act({ kind: 'run', line: 'ls' });
  await vi.advanceTimersByTimeAsync(20_000);
  await hanging;
  expect(await next).toEqual(ended);
  expect(threads).toHaveLength(2);
});

test('a refusal is told and ends nothing', async () => {
  await session.open([]);
  await expect(session.view()).rejects.toThrow('No view here.');
  expect(threads).toHaveLength(1);
});

test('a thread that cannot be loaded says so', async () => {
  const broken = new Pretended(() => null);
  const failing = new Session(new Connection(() => broken.thread, start, LIMITS, t));
  const opening = expect(failing.open([])).rejects.toThrow('The practice shell could not be loaded.');
  broken.fail();
  await opening;
});
