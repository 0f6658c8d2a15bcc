import type { Verdict } from '#lab/judge.ts';
import type { Ended } from '#lab/shell.ts';
import type { Ask, Deed, Shown, View } from '#practice/protocol.ts';
import { type AnswerTo, type Connection, Stopped } from './connection.ts';
import { withDeed } from './kept.ts';

/** One visit to a lab: every deed is remembered, and done again where the practice shell had to be stopped. */

export class Session {
  deeds: Deed[] = [];
  cwd = '~';
  nowMs = 0;
  private readonly connection: Connection;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private reopening: Promise<Shown[]> | null = null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Gives the newest lines that were done again. Rejects where it cannot be opened. */
  open(deeds: readonly Deed[]): Promise<Shown[]> {
    this.deeds = [...deeds];
    return this.reopened();
  }

  /** Whether anything is being asked or done. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /** Rejects with Stopped where it was ended; then the world is as it was before. */
  act(deed: Deed): Promise<Ended> {
    return this.next(async () => {
      const { ended, cwd, nowMs } = await this.asked({ kind: 'deed', deed });
      this.deeds = withDeed(this.deeds, deed);
      this.cwd = cwd;
      this.nowMs = nowMs;
      return ended;
    });
  }

  /** Ends what is running. */
  stop(): void {
    if (this.isBusy) this.connection.stop();
  }

  judge(step: string, answer: string): Promise<Verdict> {
    return this.next(async () => (await this.asked({ kind: 'judge', step, answer })).verdict);
  }

  view(): Promise<View> {
    return this.next(async () => (await this.asked({ kind: 'view' })).view);
  }

  files(): Promise<string[]> {
    return this.next(async () => (await this.asked({ kind: 'files' })).paths);
  }

  read(path: string): Promise<string | null> {
    return this.next(async () => (await this.asked({ kind: 'read', path })).text);
  }

  proof(path: string, text: string): Promise<string | null> {
    return this.next(async () => (await this.asked({ kind: 'proof', path, text })).fault);
  }

  /** One after the other: the limit of an answer begins when its turn has come. */
  private next<T>(act: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const done = this.last.then(act).finally(() => {
      this.waiting -= 1;
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  /** What was stopped leaves nothing behind: the world is made anew from the deeds. */
  private async asked<K extends Exclude<Ask['kind'], 'open'>>(ask: Extract<Ask, { kind: K }>): Promise<AnswerTo<K>> {
    try {
      return await this.connection.ask<K>(ask);
    } catch (error) {
      if (error instanceof Stopped) await this.reopened();
      throw error;
    }
  }

  private reopened(): Promise<Shown[]> {
    this.reopening ??= this.connection
      .open(this.deeds)
      .then(({ cwd, nowMs, ran }) => {
        this.cwd = cwd;
        this.nowMs = nowMs;
        return ran;
      })
      .finally(() => {
        this.reopening = null;
      });
    return this.reopening;
  }
}
