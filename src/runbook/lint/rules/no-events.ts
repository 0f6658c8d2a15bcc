import { callOf, kindsOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

export const noEvents = perCommand(
  'no-events',
  'Read the conditions of the object, or the logs of its pod.',
  (command) => {
    const call = callOf(command);
    const asks = call?.verb === 'events' || (call && kindsOf(call).some((kind) => /^(events?|ev)(\.|$)/.test(kind)));
    return asks ? 'Only those who run the cluster may read events' : null;
  },
);
