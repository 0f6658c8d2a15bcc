import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './child.ts';

/** What the set-up may ask of a machine; a test hands in a pretended one. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  exists: (file: string) => boolean;
  /** Where a program lies, or null. */
  which: (program: string) => string | null;
  /** Runs a program in sight of the reader; gives its exit code. */
  run: (program: string, args: readonly string[]) => Promise<number>;
  say: (text: string) => void;
}

const BESIDE_PATH = ['/usr/local/bin', '/usr/bin', '/usr/sbin'];
const INSTALL_LIMIT_MS = 15 * 60_000;

/** The machine that we run on. */
export function thisMachine(say: (text: string) => void): Machine {
  const env = process.env;
  return {
    env,
    isRoot: process.getuid?.() === 0,
    exists: isProgram,
    which: (program) => which(program, env['PATH'] ?? ''),
    run: async (program, args) =>
      (await run(program, args, { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: INSTALL_LIMIT_MS }))
        .code,
    say,
  };
}

/** First file of that name that can be run. */
export function which(program: string, path: string): string | null {
  const folders = [...path.split(delimiter), ...BESIDE_PATH].filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
