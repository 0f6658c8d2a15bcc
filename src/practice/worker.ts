import type { FromWorker, ToWorker } from './protocol.ts';
import { session } from './session.ts';

/** The practice shell in a thread of its own: the page can end it where it does not end by itself. */

/** Numbers such as $RANDOM are the same when a deed is done again: what was named by one must be found by its name. */
const answer = session((deed) => {
  let last = Math.imul(deed, 0x9e3779b9);
  Math.random = () => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
    return last / 2 ** 32;
  };
});

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const { id, ...ask } = data;
  answer(ask).then(
    (given) => post({ id, ...given }),
    (error: unknown) => post({ id, kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

function post(message: FromWorker): void {
  self.postMessage(message);
}
