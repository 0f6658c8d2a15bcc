import { prefixOf } from './names.ts';
import type { WorkerScope } from './scope.ts';

/** The worker of a site that is built with SLIPWAY_OFFLINE=0: takes the place of the other, removes all copies and itself. */
export function removeItself(scope: WorkerScope, caches: CacheStorage): void {
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', (event) =>
    event.waitUntil(removeCopies(caches, scope.registration.scope).then(() => scope.registration.unregister())),
  );
}

async function removeCopies(caches: CacheStorage, address: string): Promise<void> {
  const prefix = prefixOf(new URL(address).pathname);
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => caches.delete(name)));
}
