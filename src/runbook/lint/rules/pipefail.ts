import { perRow } from '../rule.ts';

export const pipefail = perRow(
  'pipefail',
  'Begin with "set -o pipefail", or take the value without a pipe.',
  'When the first program of this pipe fails, its value is what the last one makes of nothing',
  ({ script }) => {
    const set = script.commands.find(({ name, argv }) => name === 'set' && argv.includes('pipefail'));
    return script.piped.filter((row) => set === undefined || set.row > row);
  },
);
