import { spawn } from 'node:child_process';

/** Runs git and says what went wrong. */

export class GitError extends Error {
  override name = 'GitError' as const;
  readonly stderr: string;
  constructor(message: string, stderr: string) {
    super(message);
    this.stderr = stderr;
  }
}

export interface GitOptions {
  input?: string | Buffer;
  env?: Record<string, string>;
}

/** One git command in one repository; gives what it printed, as bytes. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<Buffer>;

/** Git bound to a directory: never asks for a password, never translates its messages, never shows one in an error. */
export function git(dir: string): Git {
  return (args, { input, env } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('git', args, {
        cwd: dir,
        env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      // git may end before it has read everything; its exit code tells why.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      child.on('error', (cause) =>
        reject(new GitError(`git did not start (${cause.message}). Install git and run the command again.`, '')),
      );
      child.on('close', (code) => {
        if (code === 0) return resolve(Buffer.concat(out));
        const stderr = redact(Buffer.concat(err).toString());
        reject(new GitError(`git ${redact(args.join(' '))} ended with code ${code}: ${stderr.trim()}`, stderr));
      });
    });
}

/** What git printed, without the line end. */
export async function line(printed: Promise<Buffer>): Promise<string> {
  return (await printed).toString().trim();
}

/** Contents of many blobs by one process. */
export async function readBlobs(run: Git, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (ids.length === 0) return blobs;
  const printed = await run(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
  let at = 0;
  while (at < printed.length) {
    const end = printed.indexOf(0x0a, at);
    const [id = '', kind, size] = printed.subarray(at, end).toString().split(' ');
    if (kind !== 'blob') throw new GitError(`git has no blob ${id}. The clone is damaged: make a fresh one.`, '');
    const start = end + 1;
    blobs.set(id, printed.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
}

function redact(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, '//…@');
}
