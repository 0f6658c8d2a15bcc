import type { ScriptName } from '#components/words/strings.ts';
import type { Ended } from '#lab/shell.ts';
import type { Words } from './words.ts';

/** What a newcomer may need to know beside what the shell itself said. */

/** Exit codes that tell something beside their number. */
const CODES = [64, 126, 127, 130] as const;

type Advice = ScriptName<'lab.script.advice'>;

/** Advice on a command that is not there, by name. */
const INSTEAD: Readonly<Record<string, Advice>> = {
  ...{ vi: 'editor', vim: 'editor', nano: 'editor', emacs: 'editor', code: 'editor' },
  ...{ less: 'pager', more: 'pager' },
  ...{ dnf: 'installer', yum: 'installer', apt: 'installer', pip: 'installer' },
  ...{ sudo: 'sudo', man: 'man', watch: 'watch', $: 'prompt' },
};

/** How a line ended, in words; null where it ended well. */
export function endText(
  t: Words,
  line: string,
  { stderr, exitCode }: Pick<Ended, 'stderr' | 'exitCode'>,
): string | null {
  if (exitCode === 0) return null;
  const known = CODES.find((code) => code === exitCode);
  const code = known ? t(`exit.${known}`) : t('exit.other', { code: exitCode });
  const advice = adviceOn(line, stderr);
  return advice === null ? code : `${code} ${t(`advice.${advice}`)}`;
}

function adviceOn(line: string, stderr: string): Advice | null {
  if (/unexpected EOF while looking for matching/.test(stderr)) return 'unclosed';
  if (/^bash: syntax error: .*(?:got EOF|unexpected end of file)/m.test(stderr)) return 'unfinished';
  if (/[“”„‘’]/.test(line)) return 'curved';
  if (/ is forbidden: .* in the namespace "default"$/m.test(stderr) && !/\s(-n|--namespace)\b/.test(line))
    return 'namespace';
  const [, name = ''] = /^bash: (?:line \d+: )?(\S+): command not found$/m.exec(stderr) ?? [];
  if (Object.hasOwn(INSTEAD, name)) return INSTEAD[name] ?? null;
  return /^[A-Z]/.test(name) ? 'capitals' : null;
}

/** Colours and moves of a terminal, which a page does not know. */
const SEQUENCES = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

export const plain = (text: string): string => text.replace(SEQUENCES, '');
