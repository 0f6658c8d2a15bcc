import { perRow, rowsWith } from '../rule.ts';

export const noAngleBrackets = perRow(
  'no-angle-brackets',
  'Write {{name}}, and add the name to the variables.',
  'For the shell <name> reads and writes files',
  ({ text }) => rowsWith(text, /(?<![?<(])<[A-Za-z][A-Za-z0-9 _-]*>/),
);
