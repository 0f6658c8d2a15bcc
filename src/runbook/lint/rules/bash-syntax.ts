import { perRow } from '../rule.ts';

/** Keywords that only come out as names of programs where a line was misread. */
const KEYWORDS = ['for', 'do', 'done', 'if', 'then', 'else', 'fi', 'while', 'case', 'esac'];

export const bashSyntax = perRow(
  'bash-syntax',
  'Close what is open, and set each variable on a line of its own.',
  'This is no bash',
  ({ script }) => [
    ...script.broken,
    ...script.commands.filter(({ name }) => KEYWORDS.includes(name)).map(({ row }) => row),
  ],
);
