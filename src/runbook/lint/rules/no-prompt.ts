import { TOOLS } from '../../model.ts';
import { perRow, rowsWith } from '../rule.ts';

const PROMPT = new RegExp(`^\\s*(\\$ |# (${TOOLS.join('|')}) )`);

export const noPrompt = perRow(
  'no-prompt',
  'Write the command alone, and what it prints under expect.',
  'A prompt is pasted with its command, and fails',
  ({ text }) => rowsWith(text, PROMPT),
);
