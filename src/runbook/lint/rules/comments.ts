import { perRow } from '../rule.ts';

export const comments = perRow(
  'comments',
  'Give it a line of its own, or say it in text.',
  'In zsh a comment behind a pasted command is read as arguments',
  ({ script }) => script.trailing,
);
