import { NotSimulated } from './command.ts';

/** Reads a command line as clients written in Go do: flags anywhere, `--x=y`, `-ojson`, `-Aw`, `--`. */

/** Each entry is a long name and its short one, `output o`; a flag without a long name is `e` alone. */
export interface Flags {
  /** Flags that take a value. */
  values?: readonly string[];
  /** Flags that are there or not; a value may stand after `=`. */
  switches?: readonly string[];
  /** The first word ends the flags: what follows belongs to it, as in `podman run IMAGE COMMAND -x`. */
  wordEnds?: boolean;
}

/** The command line is wrong in a way that the real client knows too; the message is the one of Go's pflag. */
export class UsageError extends Error {
  override name = 'UsageError' as const;
}

export class Arguments {
  /** What is no flag, in its order; `after` is what stands behind `--`. */
  readonly words: string[] = [];
  readonly after: string[] = [];
  /** Flags by long name in the order in which they were given; a switch alone has `true`. */
  readonly given: { name: string; value: string }[] = [];

  /** The last value; undefined where it was not given. */
  one(name: string): string | undefined {
    return this.given.findLast((flag) => flag.name === name)?.value;
  }
  /** Every value of a flag that may be repeated. */
  all(name: string): string[] {
    return this.given.filter((flag) => flag.name === name).map(({ value }) => value);
  }
  /** Whether a switch is on; `--x=false` turns it off. */
  has(name: string): boolean {
    return !['false', 'False', 'FALSE', 'f', 'F', '0', undefined].includes(this.one(name));
  }
}

interface Known {
  name: string;
  valued: boolean;
}

/** Throws a NotSimulated on a flag that is not in `flags`, since the real client may have it; `what` is such as `kubectl get`. */
export function readArguments(what: string, argv: readonly string[], flags: Flags): Arguments {
  const known = byName(flags);
  const read = new Arguments();
  const find = (name: string, written: string): Known => {
    const flag = known.get(name);
    if (!flag) throw new NotSimulated(`the flag ${written} of ${what}`, `Those that it knows: ${what} --help.`);
    return flag;
  };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const next = (message: string): string => {
      const value = argv[++at];
      if (value === undefined) throw new UsageError(`flag needs an argument: ${message}`);
      return value;
    };
    if (word === '--') {
      read.after.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      if (flags.wordEnds) {
        read.words.push(...argv.slice(at));
        break;
      }
      read.words.push(word);
    } else if (word.startsWith('--')) {
      const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      const flag = find(name, `--${name}`);
      read.given.push({ name: flag.name, value: value ?? (flag.valued ? next(word) : 'true') });
    } else
      for (let rest = word.slice(1); rest !== ''; ) {
        const short = rest.charAt(0);
        const flag = find(short, `-${short}`);
        rest = rest.slice(1);
        if (flag.valued) {
          const value = rest === '' ? next(`'${short}' in ${word}`) : rest.replace(/^=/, '');
          read.given.push({ name: flag.name, value });
          rest = '';
        } else if (rest.startsWith('=')) {
          read.given.push({ name: flag.name, value: rest.slice(1) });
          rest = '';
        } else read.given.push({ name: flag.name, value: 'true' });
      }
  }
  return read;
}

function byName({ values = [], switches = [] }: Flags): Map<string, Known> {
  const rows = [
    ...values.map((entry) => ({ entry, valued: true })),
    ...switches.map((entry) => ({ entry, valued: false })),
  ];
  return new Map(
    rows.flatMap(({ entry, valued }) => {
      const [name = '', short] = entry.split(' ');
      const flag = { name, valued };
      return [name, ...(short === undefined ? [] : [short])].map((key): [string, Known] => [key, flag]);
    }),
  );
}
