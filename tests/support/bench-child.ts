import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whole processes, from start to exit. */

export interface Ran {
  ms: number;
  stdout: string;
  /** Largest resident set and processor time; only with `usage`. */
  maxRssMB: number;
  cpuMs: number;
}

interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** A directory in which what the process has used may be written down; for programs of Node. */
  usage?: string;
}

const METER = new URL('./bench-meter.ts', import.meta.url).href;

/** Runs a program to its end; rejects with its last words when it fails. */
export async function run(
  program: string,
  args: readonly string[],
  { env, cwd, usage }: RunOptions = {},
): Promise<Ran> {
  const file = usage ? join(usage, 'usage.json') : null;
  const metered = file ? { BENCH_USAGE: file, NODE_OPTIONS: `--import=${METER}` } : {};
  const started = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...metered, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ms = performance.now() - started;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} exited ${code}: ${(stderr || stdout).slice(-2_000)}`);
  return { ms, stdout, ...(file ? await usedIn(file) : { maxRssMB: 0, cpuMs: 0 }) };
}

async function usedIn(file: string): Promise<{ maxRssMB: number; cpuMs: number }> {
  const { maxRSS, userCPUTime, systemCPUTime }: NodeJS.ResourceUsage = JSON.parse(await readFile(file, 'utf8'));
  return { maxRssMB: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1_000 };
}

/** One refresh as a process of its own, as `npm run snapshot` starts it, with `--json`. */
export async function snapshot(args: readonly string[], options: RunOptions = {}) {
  const ran = await run(
    process.execPath,
    ['--import', './scripts/cache.mjs', 'scripts/snapshot.ts', ...args, '--json'],
    options,
  );
  const result: { requests: number; bytes: number; ms: number; problems: number } = JSON.parse(
    ran.stdout.trim().split('\n').at(-1) ?? '',
  );
  return { ...ran, result };
}
