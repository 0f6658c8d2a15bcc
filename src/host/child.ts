import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Programs that we start, and that never outlive us. */

export interface Ended {
  code: number;
  /** What it printed, when it was captured. */
  output: string;
  ms: number;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Keep the output instead of showing it. */
  capture?: boolean;
  timeoutMs?: number;
}

/** More than any program of ours prints; one that floods us would take all memory. */
const MAX_BYTES = 64 * 2 ** 20;
/** How long the pipes of a program that has ended are read, if another that it started holds them open. */
const GRACE_MS = 2_000;

const running = new Set<ChildProcess>();
let isGuarded = false;

/** Runs a program to its end; 127 when it cannot be started, 124 when its time is over. One that prints more than 64 MiB is killed. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  guard();
  const begin = performance.now();
  const how = options.capture ? 'pipe' : 'inherit';
  // A group of its own, so that its servers and browsers go with it.
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', how, how],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  const output: Buffer[] = [];
  let bytes = 0;
  for (const pipe of [child.stdout, child.stderr])
    pipe?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BYTES) output.push(chunk);
      else end(child);
    });
  return new Promise((resolve) => {
    let isLate = false;
    let grace: ReturnType<typeof setTimeout> | undefined;
    const late = () => {
      isLate = true;
      end(child);
    };
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(late, options.timeoutMs);
    const done = (code: number, last = '') => {
      clearTimeout(timer);
      clearTimeout(grace);
      running.delete(child);
      const flood = bytes > MAX_BYTES ? `\n${program} was stopped: it printed more than ${MAX_BYTES} bytes.\n` : '';
      resolve({ code, output: Buffer.concat(output).toString() + flood + last, ms: performance.now() - begin });
    };
    child.on('error', (error) => done(127, error.message));
    // Whatever it left behind would keep its pipes open for ever.
    child.on('exit', () => {
      end(child);
      // A daemon in a session of its own is out of reach: we no longer listen to it.
      grace = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, GRACE_MS);
    });
    child.on('close', (code, signal) => done(isLate ? 124 : (code ?? 128 + (signal ? constants.signals[signal] : 0))));
  });
}

/** Ends everything that is still running. */
function endAll(): void {
  for (const child of running) end(child);
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function guard(): void {
  if (isGuarded) return;
  isGuarded = true;
  process.on('exit', endAll);
}

/** On Ctrl-C or a kill: closes what `close` closes, then leaves with the code that it gives, or the signal's. */
export function onStop(close: () => Promise<number | undefined>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A second signal while we close changes nothing: Ctrl-C reaches us twice, from the terminal and from our parent.
    process.on(signal, () => {
      close().then(
        (code) => process.exit(code ?? 128 + constants.signals[signal]),
        () => process.exit(1),
      );
    });
  }
}
