import { perCommand } from '../rule.ts';

export const noYq = perCommand('no-yq', 'Ask for JSON and use jq.', ({ name }) =>
  name === 'yq' ? 'Two programs with different languages have the name yq' : null,
);
