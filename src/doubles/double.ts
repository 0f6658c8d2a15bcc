/** A stand-in for a client that cannot be had; it is handed all that it may touch. */

export interface DoubleIo {
  stdin: () => Promise<string>;
  out: (text: string) => void;
  err: (text: string) => void;
  /** A file by its path, from the folder that the command runs in; rejects where there is none. */
  readFile: (path: string) => Promise<Uint8Array>;
  writeFile: (path: string, content: Uint8Array | string) => Promise<void>;
  env: Readonly<Record<string, string | undefined>>;
  /** Reaches the pretend services at their real addresses, and nothing else. */
  fetch: typeof fetch;
  /** The clock of the pretend world. */
  nowMs: number;
}

/** `argv` without the name of the tool; gives the exit code. */
export type Double = (argv: string[], io: DoubleIo) => Promise<number>;
