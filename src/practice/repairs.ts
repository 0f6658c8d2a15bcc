import type { Ended } from '#lab/shell.ts';
import type { Files } from './command.ts';
import { sortedFirst } from './jq-order.ts';

/** Tools of just-bash that print otherwise than those of a Fedora machine where it matters, put right around them. */

type Original = (args: string[]) => Promise<Ended>;
type Repair = (args: string[], original: Original, files: Files) => Promise<Ended>;

/** By the name of the command. */
export const REPAIRS: Readonly<Record<string, Repair>> = {
  /** Files first, without lines between them, and each folder under its name. */
  ls: async (args, original, files) => {
    const flags = plainly(args).filter((arg) => /^-./.test(arg));
    const told = toldOf(flags);
    const names = args.filter((arg) => !/^-./.test(arg)).sort();
    if (names.length === 0) return told(await original(flags));
    const isWhole = flags.some((flag) => /^-[a-zA-Z]*d/.test(flag) || flag === '--directory');
    const lists = await Promise.all(names.map(async (name) => !isWhole && (await files.list(name)) !== null));
    const plain = await each(
      names.filter((_, at) => !lists[at]),
      (name) => original([...flags, name]),
    );
    const folders = await each(
      names.filter((_, at) => lists[at]),
      async (name) => {
        const ended = await original([...flags, name]);
        return names.length === 1 ? ended : { ...ended, stdout: `${name}:\n${ended.stdout}` };
      },
    );
    const parts = [plain.map(({ stdout }) => stdout).join(''), ...folders.map(({ stdout }) => stdout)];
    return told({
      stdout: parts.filter((part) => part !== '').join('\n'),
      stderr: [...plain, ...folders].map(({ stderr }) => stderr).join(''),
      exitCode: Math.max(...[...plain, ...folders].map(({ exitCode }) => exitCode)),
    });
  },
  /** `-n1` and `-I{}` as well as `-n 1` and `-I {}`. */
  xargs: (args, original) => {
    const end = args.findIndex((arg, at) => !arg.startsWith('-') && !/^-[nIds]$/.test(args[at - 1] ?? ''));
    const own = end < 0 ? args : args.slice(0, end);
    const apart = own.flatMap((arg) => /^(-[nI])(.+)$/.exec(arg)?.slice(1, 3) ?? [arg]);
    return original([...apart, ...(end < 0 ? [] : args.slice(end))]);
  },
  /** `-sd,` as well as `-s -d ,`, and standard input where no file is named. */
  paste: (args, original) => {
    const apart = args.flatMap((arg) => {
      const [, serial = '', separators] = /^-(s?)d(.+)$/.exec(arg) ?? [];
      return separators === undefined ? [arg] : [...(serial === '' ? [] : ['-s']), '-d', separators];
    });
    const isNamed = apart.some((arg, at) => (arg === '-' || !arg.startsWith('-')) && apart[at - 1] !== '-d');
    return original(isNamed ? apart : [...apart, '-']);
  },
  /** Groups and single values come sorted. */
  jq: (args, original) => original(sortedFirst(args)),
  /** Without what only the shell knows. */
  env: async (args, original) => {
    const ended = await original(args);
    return { ...ended, stdout: ended.stdout.replace(/^(?:\?=\d+|BASHOPTS=.*|BASH_ALIAS_.*|IFS= \t\n)\n/gm, '') };
  },
  /** Whose files they are stands in the environment. */
  whoami: async (_, original) => ({ ...(await original([])), stdout: 'learner\n' }),
  /** What would take the whole machine away is refused, as everywhere. */
  rm: async (args, original) => {
    const isDeep = args.some((arg) => /^-[a-zA-Z]*[rR]/.test(arg) || arg === '--recursive');
    if (!isDeep || !args.some((arg) => /^\/+(?:\.\/*)*$/.test(arg))) return original(args);
    return {
      stdout: '',
      stderr:
        "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n",
      exitCode: 1,
    };
  },
  grep: (args, original) => original(plainly(args)),
  /** Counts stand at the right of seven places. */
  uniq: async (args, original) => {
    const ended = await original(args);
    const counts = args.some((arg) => /^-[a-z]*c/.test(arg) || arg === '--count');
    if (!counts) return ended;
    return { ...ended, stdout: ended.stdout.replace(/^ *(\d+) /gm, (_, count: string) => `${count.padStart(7)} `) };
  },
};

/** Colours are for a terminal, and there is none. */
const plainly = (args: readonly string[]): string[] => args.filter((arg) => !/^--colou?r(=|$)/.test(arg));

async function each(names: readonly string[], run: (name: string) => Promise<Ended>): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const name of names) ended.push(await run(name));
  return ended;
}

/** A folder in a long list ends in a slash only where that was asked for. */
function toldOf(flags: readonly string[]): (ended: Ended) => Ended {
  const isMarked = flags.some((flag) => /^-[a-zA-Z]*[Fp]/.test(flag) || /^--(classify|indicator)/.test(flag));
  return (ended) => ({
    ...ended,
    stdout: isMarked ? ended.stdout : ended.stdout.replace(/^(d[-rwxst]{9} .*)\/$/gm, '$1'),
    stderr: ended.stderr.replace(/^ls: ([^'\n]*): No such file/gm, "ls: cannot access '$1': No such file"),
  });
}
