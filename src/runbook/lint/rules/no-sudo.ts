import { perCommand } from '../rule.ts';

export const noSudo = perCommand('no-sudo', 'Take sudo out.', ({ name }) =>
  name === 'sudo' || name === 'su' ? "Nothing here needs more rights on the reader's own machine" : null,
);
