import type { Client } from './command.ts';

/** What a client of the practice shell can do, for those who ask it. */

/** Whether a command line asks for help; `-h` counts at its end alone, since it has another meaning elsewhere. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  if (own.includes('--help') || own[0] === 'help') return true;
  return own.at(-1) === '-h' && !own.includes('grep');
}

/** The lines of one verb where it has its own, else all of them. */
export function helpOf(
  { name, can, differs }: Pick<Client, 'name' | 'can' | 'differs'>,
  argv: readonly string[],
): string {
  const verbs = argv.filter((word) => /^[a-z][\w-]*$/.test(word) && word !== 'help');
  const own = can.filter((line) => verbs.some((verb) => new RegExp(`(?:^|[,;] )${verb}(?![\\w-])`).test(line)));
  const lines = own.length > 0 ? own : can;
  const others =
    own.length > 0
      ? []
      : ['', 'Otherwise than the real one:', ...differs.map(({ what, instead }) => `  ${what}: ${instead}`)];
  return `${[`What ${name} can do in the practice shell:`, ...lines.map((line) => `  ${line}`), ...others].join('\n')}\n`;
}
