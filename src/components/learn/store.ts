import {
  isDone,
  type Moved,
  merged,
  nothingDone,
  type Progress,
  renamed,
  stepsOf,
  withDone,
  without,
  withStep,
} from '#learn/progress.ts';
import { progressText, readProgress } from '#learn/progress-text.ts';

/** The progress of this reader in this browser: kept where that is allowed, shared between tabs. */

export interface Store {
  now: () => Progress;
  markDone: (ref: string) => void;
  markStep: (ref: string, step: string) => void;
  /** Forgets these things, with their steps. */
  forget: (...refs: string[]) => void;
  /** Forgets everything, and takes away what was kept. */
  clear: () => void;
  /** Adds what another has: an import, or what was just forgotten. */
  add: (other: Progress) => void;
  /** Told of every change, also one of another tab; gives what ends it. */
  subscribe: (listener: (progress: Progress) => void) => () => void;
  /** False where the browser keeps nothing: then progress lives as long as the page. */
  readonly isKept: boolean;
}

export const KEY = 'slipway:progress';

const stores = new WeakMap<Window, Store>();

/** One a page: all its parts see the same. */
export function openStore(window: Window): Store {
  const open = stores.get(window) ?? created(window);
  stores.set(window, open);
  return open;
}

function created(window: Window): Store {
  const moved = movedOf(window.document);
  const listeners = new Set<(progress: Progress) => void>();
  let isKept = true;
  let current = nothingDone();

  /** What lies in the browser now, also of another tab; what is known here where nothing can be read. */
  const reread = (): Progress => {
    if (!isKept) return current;
    const text = quietly(() => window.localStorage.getItem(KEY));
    if (text === undefined) isKept = false;
    else if (text === null) current = nothingDone();
    else current = known(text);
    return current;
  };
  const known = (text: string): Progress => {
    const read = readProgress(text);
    if ('progress' in read) return renamed(read.progress, moved);
    // What a newer version of the site wrote is not ours to write over.
    if (read.fault === 'newer') isKept = false;
    return nothingDone();
  };
  const tell = () => {
    for (const listener of listeners) listener(current);
  };
  const write = (change: (before: Progress) => Progress) => {
    current = change(reread());
    if (isKept) isKept = quietly(() => window.localStorage.setItem(KEY, progressText(current)) ?? true) ?? false;
    tell();
  };
  const when = () => new Date().toISOString();

  reread();
  const look = () => {
    reread();
    tell();
  };
  window.addEventListener('storage', ({ key }) => {
    if (key === null || key === KEY) look();
  });
  // A page that comes back from the browser's memory was told of nothing meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) look();
  });

  return {
    now: () => current,
    markDone: (ref) => {
      if (!isDone(current, ref)) write((before) => withDone(before, ref, when()));
    },
    markStep: (ref, step) => {
      if (!stepsOf(current, ref).includes(step)) write((before) => withStep(before, ref, step, when()));
    },
    forget: (...refs) => write((before) => without(before, refs)),
    clear: () => {
      current = nothingDone();
      quietly(() => window.localStorage.removeItem(KEY));
      tell();
    },
    add: (other) => write((before) => merged(before, renamed(other, moved))),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get isKept() {
      return isKept;
    },
  };
}

/** Refs that have another name today: the page's footer has the table, where there is one. */
function movedOf(document: Document): Moved {
  const text = document.querySelector('script[data-moved-refs]')?.textContent;
  const read: unknown = text ? quietly(() => JSON.parse(text)) : null;
  if (typeof read !== 'object' || read === null) return {};
  return Object.fromEntries(Object.entries(read).filter((row): row is [string, string] => typeof row[1] === 'string'));
}

/** A browser may forbid storage altogether, or have no room for more. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
