import type { Ended } from '#lab/shell.ts';

/** What a newcomer may need to know beside what the shell itself said. */

export const HELP =
  'This is a bash in your browser, with its usual tools and the clients that the lab names. Type a command, or press Run beside one of those in the step. Nothing that you do here reaches anything real.';

/** What an exit code tells, beside its number. */
const CODES: Readonly<Record<number, string>> = {
  64: 'not simulated here',
  126: 'stopped',
  127: 'there is no such command',
  130: 'stopped',
};

const EDITOR = 'Files are edited below, under "Files".';
const PAGER = 'Leave it out: all that is printed stays, and can be scrolled.';
const INSTALLER = 'Nothing can be installed here. What the lab needs is there.';
const INSTEAD: Readonly<Record<string, string>> = {
  ...{ vi: EDITOR, vim: EDITOR, nano: EDITOR, emacs: EDITOR, code: EDITOR },
  ...{ less: PAGER, more: PAGER },
  ...{ dnf: INSTALLER, yum: INSTALLER, apt: INSTALLER, pip: INSTALLER },
  sudo: 'Nothing here needs it. Leave it out.',
  man: 'There are no manual pages here. The step tells what to use.',
  watch: 'Run the command again instead: ↑ and Enter. The clock below lets time go by.',
  $: 'Leave out the $ at the beginning: it stands for the prompt.',
};

/** How a line ended, in words; null where it ended well. */
export function endText(line: string, { stderr, exitCode }: Pick<Ended, 'stderr' | 'exitCode'>): string | null {
  if (exitCode === 0) return null;
  const known = CODES[exitCode];
  const code = known ? `Exit code ${exitCode}: ${known}.` : `Exit code ${exitCode}.`;
  const advice = adviceOn(line, stderr);
  return advice === null ? code : `${code} ${advice}`;
}

function adviceOn(line: string, stderr: string): string | null {
  if (/unexpected EOF while looking for matching/.test(stderr)) return 'A quotation mark is opened and never closed.';
  if (/^bash: .*got EOF/m.test(stderr)) return 'The line is not finished. Shift+Enter begins another line of it.';
  if (/[“”„‘’]/.test(line)) return 'There are curved quotation marks in it; the shell knows only the straight ones.';
  const [, name = ''] = /^bash: (?:line \d+: )?(\S+): command not found$/m.exec(stderr) ?? [];
  if (Object.hasOwn(INSTEAD, name)) return INSTEAD[name] ?? null;
  return /^[A-Z]/.test(name) ? 'Capital letters count: names of commands are written small.' : null;
}

/** Colours and moves of a terminal, which a page does not know. */
const SEQUENCES = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

export const plain = (text: string): string => text.replace(SEQUENCES, '');
