import type { Ask } from './protocol.ts';

/** What our workers use of a service worker's world; the types of a page do not know it. */

interface LaterEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface Asking extends LaterEvent {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}

interface Message extends LaterEvent {
  data: Ask;
  ports: readonly MessagePort[];
}

interface WorkerEvents {
  install: LaterEvent;
  activate: LaterEvent;
  fetch: Asking;
  message: Message;
}

export interface WorkerScope {
  /** Written before the worker's text when the site is built. */
  slipway: { build: string; isOff?: boolean };
  registration: { scope: string; unregister: () => Promise<boolean> };
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
  addEventListener: <Name extends keyof WorkerEvents>(name: Name, listen: (event: WorkerEvents[Name]) => void) => void;
}

export function workerScope(): WorkerScope {
  const scope: unknown = globalThis;
  if (!isWorkerScope(scope)) throw new Error('This is no service worker.');
  return scope;
}

function isWorkerScope(scope: unknown): scope is WorkerScope {
  return typeof scope === 'object' && scope !== null && 'registration' in scope && 'skipWaiting' in scope;
}
