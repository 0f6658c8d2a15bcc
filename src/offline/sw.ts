import { removeItself } from './off.ts';
import { type WorkerScope, workerScope } from './scope.ts';
import { offlineWorker } from './worker.ts';

/** /sw.js: the worker on its events. */

const scope = workerScope();
if (scope.slipway.isOff) removeItself(scope, caches);
else start(scope);

function start(scope: WorkerScope): void {
  const worker = offlineWorker({
    caches,
    scope: scope.registration.scope,
    build: scope.slipway.build,
    now: () => new Date(),
    fetch: (url, init) => fetch(url, init),
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  // A site is rebuilt every half hour: a worker that waited for every page to be closed would never come.
  scope.addEventListener('install', (event) => event.waitUntil(worker.install().then(() => scope.skipWaiting())));
  scope.addEventListener('activate', (event) => event.waitUntil(worker.activate().then(() => scope.clients.claim())));
  scope.addEventListener('fetch', (event) => {
    const answer = worker.answer(event.request, (work) => event.waitUntil(work));
    if (answer) event.respondWith(answer);
  });
  scope.addEventListener('message', (event) => {
    const [port] = event.ports;
    event.waitUntil(worker.hear(event.data, (answer) => port?.postMessage(answer)));
  });
}
