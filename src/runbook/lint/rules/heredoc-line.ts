import { fill, namesIn } from '../../template.ts';
import { perRow } from '../rule.ts';

export const heredocLine = perRow(
  'heredoc-line',
  'Let something else that no value can hold stand on the line, as a space or a quote.',
  'A value that is the word which ends this text would end it here, and the rest would be run',
  ({ text, script }) => {
    const lines = text.split('\n');
    const rows = script.placeholders.filter(({ position }) => position === 'heredoc').map(({ row }) => row);
    return [...new Set(rows)].filter((row) => /^\t*[\w.:/@+-]*$/.test(emptied(lines[row - 1] ?? '')));
  },
);

const emptied = (line: string): string => fill(line, Object.fromEntries(namesIn(line).map((name) => [name, ''])));
