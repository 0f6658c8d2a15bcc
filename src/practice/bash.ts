import { Bash, type CommandContext, defineCommand } from 'just-bash/browser';
import type { Ended } from '#lab/shell.ts';
import type { Client, CommandIo, Files } from './command.ts';
import { asksForHelp, helpOf } from './help.ts';
import { REPAIRS } from './repairs.ts';
import { inWords, MOST_COMMANDS } from './words.ts';
import { WorldFiles } from './world-files.ts';

/** The bash under the practice shell, behind our own small interface: only its files beside it, world-files.ts, import just-bash too. */

export interface Surroundings {
  /** By name, each loaded when it is first called. */
  clients: Readonly<Record<string, () => Promise<Client>>>;
  fetch: typeof fetch;
  now: () => number;
  pass: (ms: number) => Promise<void>;
  /** How long one script may take; where nobody waits, a busy machine may have more time. */
  limitMs?: number | undefined;
}

/** Variables, folder and `$?`, carried from one run to the next. */
export interface State {
  cwd: string;
  exitCode: number;
  env: Readonly<Record<string, string>>;
}

export interface Interpreter {
  /** Runs a script in a state; gives what it printed and the state that it leaves. */
  run: (script: string, state: State, signal?: AbortSignal) => Promise<Ended & { state: State }>;
  files: Files;
}

/** What stops a script that would not end; the world goes on. */
const LIMITS = {
  maxCommandCount: MOST_COMMANDS,
  maxLoopIterations: 20_000,
  maxOutputSize: 2 ** 20,
  maxExecutionTimeMs: 15_000,
  maxFileSystemBytes: 32 * 2 ** 20,
  maxStringLength: 8 * 2 ** 20,
  maxLiveBytes: 128 * 2 ** 20,
} as const;
const MISUSE = 64;
const STOPPED = 126;

/** An empty machine with these clients. */
export function interpreter({ clients, fetch, now, pass, limitMs }: Surroundings): Interpreter {
  const fs = new WorldFiles(now);
  const bash = new Bash({
    fs,
    executionLimitProfile: 'hardened',
    executionLimits: { ...LIMITS, maxExecutionTimeMs: limitMs ?? LIMITS.maxExecutionTimeMs },
    sleep: pass,
    customCommands: [
      ...Object.entries(clients).map(([name, load]) => command(name, load, { fetch, now, pass })),
      defineCommand('date', async (args, context) => {
        const dated = datedArgs(args, now());
        return context.origCommand
          ? context.origCommand(dated)
          : { stdout: '', stderr: 'date: cannot be run\n', exitCode: 1 };
      }),
      defineCommand('sleep', async (args, context) => {
        const seconds = args.map(secondsOf);
        if (seconds.length > 0 && seconds.every((one) => one !== null)) {
          await pass(seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0) * 1_000);
          return { stdout: '', stderr: '', exitCode: 0 };
        }
        return context.origCommand
          ? context.origCommand(args)
          : { stdout: '', stderr: 'sleep: cannot be run\n', exitCode: 1 };
      }),
      ...Object.entries(REPAIRS).map(([name, repair]) =>
        defineCommand(name, async (args, context) => {
          const { origCommand } = context;
          if (!origCommand) throw new Error(`${name} cannot be run`);
          return repair(args, (given) => origCommand(given), filesOf(context.fs, context.cwd));
        }),
      ),
    ],
  });
  // As in a shell that somebody types into; it holds for all that follows.
  const ready = bash.exec('shopt -s expand_aliases');
  return {
    files: filesOf(fs, '/'),
    run: async (script, { cwd, env, exitCode: before }, signal) => {
      await ready;
      const ended = await bash
        .exec(before === 0 ? script : `(exit ${before}); ${script}`, {
          cwd,
          env: { ...env },
          replaceEnv: true,
          rawScript: true,
          ...(signal ? { signal } : {}),
        })
        .catch((error: Error) => ({
          stdout: '',
          stderr: `bash: ${error.message}\n`,
          exitCode: STOPPED,
          env: { ...env },
        }));
      const { stdout, stderr, exitCode } = ended;
      const { PWD = cwd, '?': _, ...left } = ended.env;
      const state = { cwd: PWD, exitCode, env: { ...left, PWD } };
      return { stdout, stderr: inWords(stderr, exitCode), exitCode, state };
    },
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90`, `1.5h` or `2d` in seconds, however long; null for what is no time. */
function secondsOf(text: string): number | null {
  const [, number, unit = 's'] = /^(\d+\.?\d*|\.\d+)([smhd])?$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (UNITS[unit] ?? 1);
}

const DAYS: Readonly<Record<string, number>> = { now: 0, today: 0, yesterday: -1, tomorrow: 1 };
const DAY_S = 86_400;

/** Without a date it is now; the words for days count from the clock of the world as well. */
function datedArgs(args: readonly string[], nowMs: number): string[] {
  const at = (days: number) => `@${Math.floor(nowMs / 1_000) + days * DAY_S}`;
  if (!args.some((arg) => /^(-d|--date|-r|--reference)/.test(arg))) return ['-d', at(0), ...args];
  return args.map((arg) => {
    const [, flag = '', word = ''] = /^(-d|--date=|)(\w+)$/.exec(arg) ?? [];
    return Object.hasOwn(DAYS, word) ? `${flag}${at(DAYS[word] ?? 0)}` : arg;
  });
}

function command(
  name: string,
  load: () => Promise<Client>,
  { fetch, now, pass }: Pick<Surroundings, 'fetch' | 'now' | 'pass'>,
) {
  return defineCommand(name, async (args, context) => {
    const out: string[] = [];
    const err: string[] = [];
    const files = filesOf(context.fs, context.cwd);
    const io: CommandIo = {
      stdin: async () => textOf(context.stdin),
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      readFile: files.read,
      writeFile: files.write,
      env: Object.fromEntries(context.env),
      fetch,
      nowMs: now(),
      cwd: context.cwd,
      files,
      now,
      pass,
      exec: async ([program = '', ...rest], stdin) => {
        if (!context.exec) throw new Error('nothing can be run from here');
        return context.exec(program, { cwd: context.cwd, stdin, args: rest });
      },
      signal: context.signal,
    };
    const running = load().then((client) => {
      if (!asksForHelp(args)) return client.command(args, io);
      io.out(helpOf(client, args));
      return 0;
    });
    const exitCode = await running.catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      err.push(`${name}: ${text}\n`);
      return error instanceof Error && error.name === 'NotSimulated' ? MISUSE : 1;
    });
    // Whoever types the name alone wants to know what there is.
    if (args.length === 0 && exitCode === MISUSE && !err.join('').includes('--help'))
      err.push(`What it can do: ${name} --help.\n`);
    return { stdout: out.join(''), stderr: err.join(''), exitCode };
  });
}

/** Standard input as text; just-bash hands it over as bytes in a string. */
function textOf(stdin: CommandContext['stdin']): string {
  return new TextDecoder().decode(Uint8Array.from(String(stdin), (char) => char.charCodeAt(0)));
}

function filesOf(fs: CommandContext['fs'], cwd: string): Files {
  const at = (path: string) => fs.resolvePath(cwd, path);
  const parent = (path: string) => path.replace(/\/[^/]*$/, '') || '/';
  return {
    read: (path) => fs.readFileBuffer(at(path)),
    write: async (path, content) => {
      await fs.mkdir(parent(at(path)), { recursive: true });
      await fs.writeFile(at(path), content);
    },
    list: async (path) => {
      if (!(await fs.exists(at(path))) || !(await fs.stat(at(path))).isDirectory) return null;
      const names = (await fs.readdir(at(path))).toSorted();
      return Promise.all(
        names.map(async (name) => ({ name, isFolder: (await fs.stat(at(`${path}/${name}`))).isDirectory })),
      );
    },
    exists: (path) => fs.exists(at(path)),
    makeFolder: (path) => fs.mkdir(at(path), { recursive: true }),
    remove: (path) => fs.rm(at(path), { recursive: true, force: true }),
    chmod: (path, mode) => fs.chmod(at(path), mode),
  };
}
