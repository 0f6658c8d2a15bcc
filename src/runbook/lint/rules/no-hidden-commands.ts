import { perCommand } from '../rule.ts';

export const noHiddenCommands = perCommand('no-hidden-commands', 'Write the commands themselves.', ({ name, argv }) =>
  ['eval', 'source', '.'].includes(name) || (/^(ba|da|z)?sh$/.test(name) && argv.includes('-c'))
    ? `Commands within a text for ${name} cannot be read here, nor by a reader`
    : null,
);
