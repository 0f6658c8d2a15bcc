/** Names of what is kept in a browser. Other sites may share the origin, so each name begins with the path of this one. */

/** What all caches of this site begin with; `base` is its path, `/slipway/`. */
export const prefixOf = (base: string): string => `slipway:${base}:`;

/** What the caches of one build begin with. */
export const buildPrefix = (base: string, build: string): string => `${prefixOf(base)}${build}:`;

/** Caches of a build: what every page needs, what was visited, and what a reader asked to keep. */
export const SHELL = 'shell';
export const SEEN = 'seen';
export const KEEP = 'keep:';

/** Header of a kept answer: when it was fetched, ISO 8601. */
export const KEPT_AT = 'x-slipway-kept-at';
/** Header of a kept page: its title, percent-encoded. */
export const TITLE = 'x-slipway-title';
/** Header of a kept answer: bytes of its body. */
export const BYTES = 'x-slipway-bytes';

/** Where the plan of the build lies, below the base. */
export const PLAN = 'offline.json';
/** What is shown for a page that was not kept. */
export const FALLBACK = 'offline/';
