import { type Arguments, type Flags, readArguments, UsageError } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';

/** The command line of curl, with what `--config` adds to it. */

const FLAGS: Flags = {
  values: [
    ...['request X', 'header H', 'data d', 'data-raw', 'data-ascii', 'data-binary', 'data-urlencode', 'json'],
    ...['output o', 'write-out w', 'user u', 'user-agent A', 'oauth2-bearer', 'config K', 'url'],
    ...['max-time m', 'connect-timeout', 'retry', 'retry-delay', 'retry-max-time', 'max-redirs'],
  ],
  switches: [
    ...['silent s', 'show-error S', 'fail f', 'fail-with-body', 'location L', 'head I', 'include i', 'get G'],
    ...['remote-name O', 'insecure k', 'globoff g', 'compressed', 'no-progress-meter', 'disable q', 'retry-all-errors'],
  ],
};
const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** What curl says of a wrong command line; its exit code is 2. */
export class Misuse extends Error {
  override name = 'Misuse' as const;
  constructor(why: string) {
    super(`${why}${TRY}`);
  }
}

/** Throws a Misuse, or a NotSimulated for an option that we have not. */
export async function optionsOf(argv: readonly string[], io: CommandIo): Promise<Arguments> {
  const given = read(argv);
  const more: string[] = [];
  for (const path of given.all('config')) {
    const text = path === '-' ? await io.stdin() : new TextDecoder().decode(await io.readFile(path));
    more.push(...text.split('\n').flatMap(lineOf));
  }
  if (more.length === 0) return given;
  return read([...more, ...argv]);
}

function read(argv: readonly string[]): Arguments {
  // Unlike others, curl takes no value behind an equals sign.
  const stray = argv.find((word) => /^--[\w.-]+=/.test(word));
  if (stray !== undefined && !argv.some((word, at) => argv[at + 1] === stray && isValued(word)))
    throw new Misuse(`curl: option ${stray}: is unknown\n`);
  try {
    return readArguments('curl', argv, FLAGS);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [, flag = ''] = /: '?([^' ]+)'?/.exec(error.message) ?? [];
    throw new Misuse(`curl: option ${flag.length === 1 ? `-${flag}` : flag}: requires parameter\n`);
  }
}

const isValued = (word: string): boolean =>
  (FLAGS.values ?? []).some((entry) => {
    const [long, short] = entry.split(' ');
    return word === `--${long}` || (short !== undefined && /^-[A-Za-z]+$/.test(word) && word.endsWith(short));
  });

/** `header = "text"`, `header text` or `--header text`, one a line. */
function lineOf(line: string): string[] {
  const [, name, value = ''] = /^\s*(?:--)?([A-Za-z][\w-]*)\s*(?:[=:]\s*|\s+|$)(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined) {
    if (line.trim() === '' || line.trim().startsWith('#')) return [];
    throw new NotSimulated(`the line "${line.trim()}" in a config of curl`);
  }
  if (value === '') return [`--${name}`];
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/.exec(value) ?? [];
  return [`--${name}`, quoted === undefined ? value : quoted.replace(/\\(.)/g, '$1')];
}
