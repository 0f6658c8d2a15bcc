import { KEEP, PLAN } from './names.ts';
import { bytesOf, expand, type Plan } from './plan.ts';
import type { KeptSet } from './protocol.ts';
import type { Store } from './store.ts';

/** Sets of pages that a reader asked to keep. */

/** Larger sets are refused: a browser would throw them away. */
const MOST_FILES = 600;
const MOST_BYTES = 40_000_000;
/** Beside the files of a set: what was asked for. */
const LIST = 'offline/list.json';

/** Gives the answer to one address; null where there is none. */
export type Get = (path: string) => Promise<Response | null>;

export interface Wanted {
  name: string;
  label: string;
  paths: readonly string[];
  /** When the reader asked, ISO 8601. */
  at: string;
}

/** Why a set is not kept; null where it can be. */
export function refusal(plan: Plan, paths: readonly string[]): string | null {
  const files = expand(plan, paths);
  if (files.length === 0) return 'None of these pages is part of this build.';
  if (files.length > MOST_FILES || bytesOf(plan, files) > MOST_BYTES)
    return 'This is more than a browser should be asked to keep.';
  return null;
}

/** Fetches a set into its own cache, one file after the other; a file that does not come is counted. */
export async function keepSet(
  store: Store,
  plan: Plan,
  { name, label, paths, at }: Wanted,
  get: Get,
  tell: (done: number, of: number, bytes: number) => void = () => {},
): Promise<KeptSet> {
  const part = KEEP + name;
  const files = expand(plan, paths);
  let done = 0;
  let bytes = 0;
  let failed = 0;
  for (const path of files) {
    const answer = await get(path);
    const isKept = answer !== null && (await store.put(part, path, answer).catch(() => false));
    if (isKept) bytes += plan.files[path]?.[1] ?? 0;
    else failed += 1;
    done += 1;
    tell(done, files.length, bytes);
  }
  const list = { label, paths, at, failed };
  await store.put(part, LIST, new Response(JSON.stringify(list), { headers: { 'content-type': 'application/json' } }));
  return { name, label, at, files: files.length - failed, bytes, failed };
}

/** What was asked for in a set; null where its list is not readable. */
export async function askedIn(
  cache: Cache,
  name: string,
  scope: string,
): Promise<(Wanted & { failed: number }) | null> {
  const text = await (await cache.match(new URL(LIST, scope).href))?.text();
  try {
    const { label, paths, at, failed } = JSON.parse(text ?? '');
    if (typeof label !== 'string' || typeof at !== 'string' || !Array.isArray(paths)) return null;
    return { name, label, paths: paths.filter((path) => typeof path === 'string'), at, failed: Number(failed) };
  } catch {
    return null;
  }
}

/** The sets that are kept. */
export async function setsOf(store: Store, scope: string): Promise<KeptSet[]> {
  const held = await store.list();
  const sets: KeptSet[] = [];
  for (const part of (await store.parts()).filter((one) => one.startsWith(KEEP))) {
    const asked = await askedIn(await store.open(part), part.slice(KEEP.length), scope);
    if (!asked) continue;
    const files = held.filter((one) => one.part === part && one.path !== LIST);
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
    const { name, label, at, failed } = asked;
    sets.push({ name, label, at, files: files.length, bytes, failed });
  }
  return sets;
}

/** The plan of a build as it came over the wire; null where it is not one. */
export function parsePlan(value: unknown): Plan | null {
  if (typeof value !== 'object' || value === null) return null;
  const plan = value as Plan;
  const isWhole =
    plan.schema === 1 && typeof plan.build === 'string' && Array.isArray(plan.shell) && Array.isArray(plan.sets);
  return isWhole && typeof plan.files === 'object' && typeof plan.needs === 'object' ? plan : null;
}

/** The plan that a build has kept of itself. */
export async function keptPlan(store: Store): Promise<Plan | null> {
  const copy = await store.find(PLAN);
  return copy ? parsePlan(await copy.json().catch(() => null)) : null;
}
