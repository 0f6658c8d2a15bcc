import { perRow } from '../rule.ts';

export const history = perRow(
  'history',
  'Put it in single quotes.',
  'Pasted into a terminal, the exclamation mark takes a line of its history',
  ({ script }) => script.recalled,
);
