import { callOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

export const patchType = perCommand('patch-type', 'Add --type=merge or --type=json.', (command) => {
  const call = callOf(command);
  return call?.verb === 'patch' && !call.options.has('--type')
    ? 'kubectl patch sends a kind of patch that custom resources refuse'
    : null;
});
