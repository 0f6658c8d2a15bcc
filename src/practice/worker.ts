import type { FromWorker, ToWorker } from './protocol.ts';

/**
 * The practice shell in a thread of its own: the page can end it where it does not end by itself.
 * All else is imported on demand. WebKit runs the script of a worker a second time for a module that imports from it,
 * and a second shell would answer too; so no other file of the build may need anything of this one.
 */
const answer = import('./session.ts').then(({ session }) => session(seed));

/** Numbers such as $RANDOM are the same when a deed is done again: what was named by one must be found by its name. */
function seed(deed: number): void {
  let last = Math.imul(deed, 0x9e3779b9);
  Math.random = () => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
    return last / 2 ** 32;
  };
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const { id, ...ask } = data;
  const failed = (error: unknown) =>
    post({ id, kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  // What could not be loaded is an error of the thread, which the page has words for.
  answer.then((shell) => shell(ask).then((given) => post({ id, ...given }), failed), reportError);
});

function post(message: FromWorker): void {
  self.postMessage(message);
}
