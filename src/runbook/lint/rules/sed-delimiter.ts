import { namesIn } from '../../template.ts';
import { perCommand, type Scene } from '../rule.ts';

/** Types whose values may hold a slash. */
const SLASHED = ['image-repo', 'git-ref', 'platform', 'path', 'choice'];

export const sedDelimiter = perCommand(
  'sed-delimiter',
  'Write s|old|new| in the place of s/old/new/.',
  ({ name, argv }, _, scene) =>
    name === 'sed' &&
    argv.some((word) => /(^|[;\d$ }])s[^|,#]/.test(word) && namesIn(word).some((one) => mayCut(one, scene)))
      ? 'A value may have the slash that divides this text for sed'
      : null,
);

const mayCut = (name: string, { variables }: Scene): boolean =>
  Object.hasOwn(variables, name) && SLASHED.some((type) => type === variables[name]?.type);
