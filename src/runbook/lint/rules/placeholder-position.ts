import type { Rule } from '../rule.ts';

export const placeholderPosition: Rule = {
  id: 'placeholder-position',
  remedy: 'Let it be a word, or a part of a word, of an argument.',
  check: ({ parts }) =>
    parts.flatMap(({ path, script }) =>
      script.placeholders
        .filter(({ position }) => position === 'other')
        .map(({ name, row }) => ({
          path,
          row,
          message: `Here {{${name}}} would change what the command is: it names a program, a variable, a home, a file descriptor or a number to reckon with`,
        })),
    ),
};
