import { perRow, rowsWith } from '../rule.ts';

export const quotedYaml = perRow(
  'quoted-yaml',
  'Write "{{name}}" with double quotes; only {{integer}} values that are meant as numbers are spared, under a key that takes one.',
  'In YAML a value such as 45 or 0123 is a number and true is no text',
  ({ text, script }) => {
    const rows = rowsWith(text, /^\s*(- )?([\w./-]+:\s+|- )\{\{[a-z0-9-]+\}\}\s*$/);
    const inHeredoc = script.placeholders.filter(({ position }) => position === 'heredoc').map(({ row }) => row);
    return rows.filter((row) => inHeredoc.includes(row));
  },
);
