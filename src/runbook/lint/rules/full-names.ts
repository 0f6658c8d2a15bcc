import { callOf, kindsOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

/** Names that two groups of one cluster share. */
const SHARED = /^(components?|cmp|comp|imagerepositor(y|ies))$/i;

export const fullNames = perCommand(
  'full-names',
  'Write the group too, as in components.appstudio.redhat.com.',
  (command) => {
    const call = callOf(command);
    const kind = call && kindsOf(call).find((one) => SHARED.test(one));
    return kind ? `The cluster has two kinds named "${kind}", and kubectl takes one of them` : null;
  },
);
