import type { Ask } from '#offline/protocol.ts';

/** Starts the service worker, unless the reader has switched it off in this browser. */

export const SWITCH = 'slipway:offline';
const MOST = 60;

export async function register(window: Window, base: string): Promise<void> {
  const workers = window.navigator.serviceWorker;
  if (!workers || isOff(window)) return;
  // A worker that cannot be had is no fault of the page.
  const registration = await workers
    .register(`${base}sw.js`, { scope: base, updateViaCache: 'none' })
    .catch(() => undefined);
  if (!registration || workers.controller) return;
  const { active } = await workers.ready;
  const loaded = window.performance.getEntriesByType('resource').map(({ name }) => name);
  const ask: Ask = { do: 'visited', urls: [window.location.href, ...loaded].slice(0, MOST) };
  active?.postMessage(ask);
}

/** Whether the reader wants no copies; where nothing may be stored, none are wanted. */
export function isOff(window: Window): boolean {
  try {
    return window.localStorage.getItem(SWITCH) === 'off';
  } catch {
    return true;
  }
}
