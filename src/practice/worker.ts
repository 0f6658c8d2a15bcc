import type { FromWorker, ToWorker } from './protocol.ts';
import { session } from './session.ts';

/** The practice shell in a thread of its own: the page can end it where it does not end by itself. */

const answer = session();

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
