import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RefreshResult } from '#host/refresh.ts';

/** `npm run snapshot` as a program of its own. */

export interface Ended {
  /** Null when it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** The object that `--json` prints; null where there is none. */
  result: RefreshResult | null;
}

export interface Running {
  ended: Promise<Ended>;
  kill(): void;
}

const ROOT = join(import.meta.dirname, '../..');

/** Starts `scripts/snapshot.ts` with `--json` and nothing of our environment but these addresses. */
export function startSnapshot(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, ['scripts/snapshot.ts', ...args, '--json'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const last = printed.stdout.trimEnd().split('\n').at(-1) ?? '';
      resolve({ code, ...printed, result: last.startsWith('{') ? JSON.parse(last) : null });
    });
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

/** Runs it to its end. */
export function snapshot(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return startSnapshot(args, env).ended;
}
