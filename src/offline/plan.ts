import { FALLBACK } from './names.ts';

/** What a build consists of, as /offline.json tells the worker. Addresses are below the base: '' is the front page. */
export interface Plan {
  schema: 1;
  build: string;
  /** What may be kept: a short hash of its content, and its bytes. */
  files: Record<string, readonly [hash: string, bytes: number]>;
  /** What is kept for every reader. */
  shell: readonly string[];
  /** Lists of assets. */
  sets: readonly (readonly string[])[];
  /** Which list a page needs, with what it loads only on a click. */
  needs: Record<string, number>;
}

export interface BuiltFile {
  /** As it lies in the built folder: `start/index.html`. */
  name: string;
  hash: string;
  bytes: number;
  /** Null where it is no text. */
  text: string | null;
}

const EVERYWHERE = ['', FALLBACK, '404.html', 'favicon.svg'];
const IN_PAGE = /_astro\/([\w.@-]+)/g;
/** Large, or asked for by programs and not by pages. */
const LEFT_OUT = /^(pagefind\/|admin\/|og\/|status\/v1\/|schemas\/|sw\.js$|offline\.json$)/;

/** The plan of a build; `build` names it. */
export function planOf(built: readonly BuiltFile[], build: string): Plan {
  const kept = built.filter(({ name }) => !LEFT_OUT.test(name));
  const assets = kept.filter(({ name }) => name.startsWith('_astro/'));
  const leads = new Map(assets.map(({ name }) => [basename(name), name]));
  const loads = new Map(assets.map(({ name, text }) => [name, within(text ?? '', leads)]));
  const sets: string[][] = [];
  const needs: Record<string, number> = {};
  const known = new Map<string, number>();
  for (const { name, text } of kept.filter(({ name }) => name.endsWith('.html'))) {
    const set = closure(namedIn(text ?? '', leads), loads);
    const key = set.join();
    const at = known.get(key) ?? sets.push(set) - 1;
    known.set(key, at);
    needs[addressOf(name)] = at;
  }
  const files = Object.fromEntries(kept.map(({ name, hash, bytes }) => [addressOf(name), [hash, bytes] as const]));
  const shell = expand({ files, sets, needs }, EVERYWHERE);
  return { schema: 1, build, files, shell, sets, needs };
}

/** Addresses of the build with all that they need, each once; others are left out. */
export function expand(
  { files, sets, needs }: Pick<Plan, 'files' | 'sets' | 'needs'>,
  paths: readonly string[],
): string[] {
  const known = paths.filter((path) => Object.hasOwn(files, path));
  return [...new Set(known.flatMap((path) => [path, ...(sets[needs[path] ?? -1] ?? [])]))];
}

/** Sum of bytes, before they are compressed on their way. */
export const bytesOf = ({ files }: Pick<Plan, 'files'>, paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + (files[path]?.[1] ?? 0), 0);

/** `start/index.html` to `start/`. */
export const addressOf = (name: string): string => name.replace(/(^|\/)index\.html$/, '$1');

/** Assets that a page names; pages may be large, and none is named there without its folder. */
function namedIn(html: string, leads: ReadonlyMap<string, string>): string[] {
  const names = new Set([...html.matchAll(IN_PAGE)].map(([, name]) => name ?? ''));
  return [...names].flatMap((name) => leads.get(name) ?? []);
}

/** Assets that a script or style names in any way. */
const within = (text: string, leads: ReadonlyMap<string, string>): string[] =>
  [...leads].flatMap(([short, name]) => (text.includes(short) ? [name] : []));

function closure(from: readonly string[], loads: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set(from);
  for (const name of found) for (const next of loads.get(name) ?? []) found.add(next);
  return [...found].sort();
}

const basename = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
