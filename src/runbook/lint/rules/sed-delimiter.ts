import { perCommand } from '../rule.ts';

export const sedDelimiter = perCommand(
  'sed-delimiter',
  'Write s|old|new| in the place of s/old/new/.',
  ({ name, argv }) =>
    name === 'sed' && argv.some((word) => word.includes('{{') && /(^|[;\d$ }])s[^|,#]/.test(word))
      ? 'A value may have the sign that divides this text for sed'
      : null,
);
