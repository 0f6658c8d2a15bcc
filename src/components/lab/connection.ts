import type { Answer, Ask, Deed, FromWorker, LabStart, ToWorker } from '#practice/protocol.ts';
import type { Words } from './words.ts';

/** The page's end of the practice shell: what it asks is answered by a worker, which it ends where no answer comes. */

export type AnswerTo<K extends Ask['kind']> = Extract<
  Answer,
  {
    kind: {
      open: 'opened';
      deed: 'ended';
      judge: 'verdict';
      read: 'text';
      files: 'files';
      proof: 'proof';
      view: 'view';
    }[K];
  }
>;

/** It was ended, by the reader or because it took too long; the world is as it was before. */
export class Stopped extends Error {}

/** As much of a Worker as is used. */
export type Thread = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

interface Limits {
  /** How long one answer may take. */
  answerMs: number;
  /** How long it may take to open, with all deeds done again. */
  openMs: number;
}

export class Connection {
  private readonly make: () => Thread;
  private readonly start: LabStart;
  private readonly limits: Limits;
  private readonly t: Words;
  private thread: Thread | null = null;
  private waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(make: () => Thread, start: LabStart, limits: Limits, t: Words) {
    this.make = make;
    this.start = start;
    this.limits = limits;
    this.t = t;
  }

  /** A fresh world in which these deeds are done again. */
  open(deeds: readonly Deed[]): Promise<AnswerTo<'open'>> {
    this.end(this.t('openedAnew'));
    const thread = this.make();
    this.thread = thread;
    thread.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.take(data));
    thread.addEventListener('error', () => {
      if (this.thread === thread) this.end(this.t('notLoaded'));
    });
    return this.ask({ kind: 'open', start: this.start, deeds: [...deeds] });
  }

  /** Rejects with a sentence; with Stopped where it was ended. */
  ask<K extends Ask['kind']>(ask: Extract<Ask, { kind: K }>): Promise<AnswerTo<K>>;
  ask(ask: Ask): Promise<Answer> {
    const { thread } = this;
    if (!thread) return Promise.reject(new Stopped(this.t('notOpen')));
    const id = ++this.last;
    const limit = ask.kind === 'open' ? this.limits.openMs : this.limits.answerMs;
    return new Promise((resolve, reject) => {
      const count = Math.round(limit / 1_000);
      const timer = setTimeout(() => this.end(this.t('stoppedAfter', { count })), limit);
      this.waiting.set(id, { resolve, reject, timer });
      const message: ToWorker = { id, ...ask };
      thread.postMessage(message);
    });
  }

  /** Ends it at once; all that waits is rejected. */
  stop(): void {
    this.end(this.t('stopped'));
  }

  private end(why: string): void {
    this.thread?.terminate();
    this.thread = null;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject, timer } of left) {
      clearTimeout(timer);
      reject(new Stopped(why));
    }
  }

  private take(message: FromWorker): void {
    const one = this.waiting.get(message.id);
    if (!one) return;
    this.waiting.delete(message.id);
    clearTimeout(one.timer);
    if (message.kind === 'failed') one.reject(new Error(message.message));
    else one.resolve(message);
  }
}
