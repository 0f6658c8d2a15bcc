import type { Progress } from '#learn/progress.ts';

/** The progress of this reader in this browser: kept where that is allowed, shared between tabs. */

export interface Store {
  now: () => Progress;
  markDone: (ref: string) => void;
  markStep: (ref: string, step: string) => void;
  /** Forgets one thing, with its steps. */
  forget: (ref: string) => void;
  /** Told of every change, also one of another tab; gives what ends it. */
  subscribe: (listener: (progress: Progress) => void) => () => void;
  /** False where the browser keeps nothing: then progress lives as long as the page. */
  isKept: boolean;
}

export function openStore(window: Window): Store {
  throw new Error(`not written yet (${window.name})`);
}
