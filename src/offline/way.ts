import { PLAN } from './names.ts';

/** How a request is answered. */
export type Way =
  /** As if there were no worker. */
  | 'none'
  /** Its name holds a hash of its content: what is kept is right. */
  | 'asset'
  /** The network first; a copy when that does not answer. */
  | 'page'
  /** The same with more patience, because its figures age. */
  | 'status'
  | 'data';

/** How long the network may take before a copy is shown, in ms. */
export const PATIENCE_MS = { page: 4_000, status: 10_000, data: 4_000 } as const;

export interface Asked {
  method: string;
  url: string;
  /** `navigate` for a page that is opened. */
  mode: string;
  hasRange: boolean;
  cache: string;
}

const UNTOUCHED = new RegExp(`^(admin/|sw\\.js$|${PLAN.replace('.', '\\.')}$)`);

/** `scope` is the address of the site, as `https://host/slipway/`. */
export function wayOf({ method, url, mode, hasRange, cache }: Asked, scope: string): Way {
  const path = pathOf(url, scope);
  if (method !== 'GET' || hasRange || path === null || UNTOUCHED.test(path)) return 'none';
  if (cache === 'only-if-cached') return 'none';
  if (path.startsWith('_astro/')) return 'asset';
  // The front page counts the board.
  if (path === '' || path.startsWith('status/')) return 'status';
  return mode === 'navigate' || isPage(path) ? 'page' : 'data';
}

/** The address below the base without query and fragment; null where it is not of this site. */
export function pathOf(url: string, scope: string): string | null {
  if (!URL.canParse(url, scope)) return null;
  const { origin, pathname } = new URL(url, scope);
  const { origin: own, pathname: base } = new URL(scope);
  return origin === own && pathname.startsWith(base) ? pathname.slice(base.length) : null;
}

export const isPage = (path: string): boolean => path === '' || path.endsWith('/') || path.endsWith('.html');

const MOST = { asset: 120, other: 80 } as const;

/** Which of the paths of a cache are too many, the oldest first; `paths` are in the order in which they were put. */
export function excess(paths: readonly string[]): string[] {
  const assets = paths.filter((path) => path.startsWith('_astro/'));
  const others = paths.filter((path) => !path.startsWith('_astro/'));
  return [
    ...assets.slice(0, Math.max(0, assets.length - MOST.asset)),
    ...others.slice(0, Math.max(0, others.length - MOST.other)),
  ];
}
