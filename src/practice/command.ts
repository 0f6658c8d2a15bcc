import type { DoubleIo } from '#doubles/double.ts';

/** A client of the practice shell; it is handed all that it may touch. */

export interface Entry {
  name: string;
  isFolder: boolean;
}

/** Absolute paths, or relative to the folder that the command runs in. */
export interface Files {
  /** Rejects where there is none. */
  read: (path: string) => Promise<Uint8Array>;
  write: (path: string, content: Uint8Array | string) => Promise<void>;
  /** Sorted by name; null where there is no such folder. */
  list: (path: string) => Promise<Entry[] | null>;
  exists: (path: string) => Promise<boolean>;
  makeFolder: (path: string) => Promise<void>;
  /** With all that is in it; nothing where there is none. */
  remove: (path: string) => Promise<void>;
  chmod: (path: string, mode: number) => Promise<void>;
}

export interface CommandIo extends DoubleIo {
  cwd: string;
  files: Files;
  /** The clock as it is now; `nowMs` is that of the start. */
  now: () => number;
  /** Lets time go by in the world: a command that waits waits so. */
  pass: (ms: number) => Promise<void>;
  /** Runs another command line in the same folder, as `yq` runs jq. */
  exec: (line: readonly string[], stdin: string) => Promise<{ stdout: string; stderr: string; exitCode: number }>;
  signal: AbortSignal | undefined;
}

/** `argv` without its own name; gives the exit code. What it throws is printed after `name: `, and ends with 1. */
export type Command = (argv: string[], io: CommandIo) => Promise<number>;

/** Something that the real client has and the practice shell has not: printed as a sentence, exit code 64. */
export class NotSimulated extends Error {
  override name = 'NotSimulated' as const;
  /** `instead` is a sentence: what to do in its place. */
  constructor(what: string, instead = '') {
    super(`the practice shell does not simulate ${what}.${instead === '' ? '' : ` ${instead}`}`);
  }
}

/** What a client does otherwise than the real one, for the page that lists it. */
export interface Difference {
  what: string;
  instead: string;
}

export interface Client {
  name: string;
  command: Command;
  /** What it can do, in one line: verbs and flags. */
  can: readonly string[];
  differs: readonly Difference[];
}

/** A client that prints its errors as `words` has them and ends with `code`; what is not simulated stays the shell's to say. */
export function withErrors(run: Command, words: (message: string, io: CommandIo) => string, code = 1): Command {
  return async (argv, io) => {
    try {
      return await run(argv, io);
    } catch (error) {
      if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
      io.err(`${words(error.message, io)}\n`);
      return code;
    }
  };
}
