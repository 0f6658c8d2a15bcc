import { callOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

export const noEditor = perCommand(
  'no-editor',
  'Say what to change with a command, or write do: in the place of run:.',
  (command) => {
    const { name, argv } = command;
    const opens =
      ['vi', 'vim', 'nano', 'emacs'].includes(name) ||
      callOf(command)?.verb === 'edit' ||
      (name === 'git' &&
        argv.includes('commit') &&
        !argv.some((word) => /^(-\w*[mF]|--message|--file|--no-edit)/.test(word))) ||
      (name === 'git' && argv.includes('rebase') && argv.some((word) => word === '-i' || word === '--interactive'));
    return opens ? 'An editor opens, and what to do in it cannot be tested' : null;
  },
);
