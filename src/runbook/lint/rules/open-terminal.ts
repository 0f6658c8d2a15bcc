import { perCommand } from '../rule.ts';

export const openTerminal = perCommand(
  'open-terminal',
  'Leave it out; "set -o pipefail" is harmless.',
  ({ name, argv }) => {
    const closes = name === 'exit' || name === 'exec' || name === 'logout';
    const mayClose =
      name === 'set' && argv.some((word) => /^-\w*[eu]/.test(word) || word === 'errexit' || word === 'nounset');
    return closes || mayClose ? `Pasted into a terminal, "${argv.join(' ')}" can close it` : null;
  },
);
