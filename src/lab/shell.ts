/** A shell over a pretend world, as a lab needs it: in the page, in a test, or a real bash with real clients. */

export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface Shell {
  /** Runs a line or a script; the folder and the variables that it leaves are those of the next. */
  run: (script: string) => Promise<Ended>;
  /** The same over the same files and the same world, but what it does to folder and variables is forgotten. */
  ask: (script: string, env?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** A text by its path, from the home where it is relative; null where there is none. */
  readFile: (path: string) => Promise<string | null>;
  writeFile: (path: string, text: string) => Promise<void>;
  /** The clock of the pretend world, in milliseconds since the epoch. */
  nowMs: () => number;
  /** Lets time go by in it. */
  pass: (ms: number) => Promise<void>;
}
