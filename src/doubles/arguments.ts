/** The arguments of a double: what it does not know it refuses, and never guesses. */

export class UsageError extends Error {
  override name = 'UsageError' as const;
}

export interface Arguments {
  /** Words that are no option. */
  words: string[];
  /** By name without dashes; true where an option has no value. */
  options: ReadonlyMap<string, string | true>;
}

/** Reads `--name value`, `--name=value` and flags; throws a UsageError on an option that is in neither list. */
export function readArguments(
  tool: string,
  argv: readonly string[],
  valued: readonly string[],
  flags: readonly string[],
): Arguments {
  const words: string[] = [];
  const options = new Map<string, string | true>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const [, name, given] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (flags.includes(name)) options.set(name, given ?? true);
    else if (valued.includes(name)) options.set(name, given ?? argv[++at] ?? '');
    else throw new UsageError(`Our stand-in for ${tool} does not know the option "${word}". The real ${tool} may.`);
  }
  return { words, options };
}

/** The value of an option; undefined where it was not given. */
export function optionOf({ options }: Arguments, ...names: string[]): string | undefined {
  return names.map((name) => options.get(name)).find((value) => typeof value === 'string');
}
