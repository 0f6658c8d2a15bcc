import { askedIn, type Get, keepSet, keptPlan } from './keep.ts';
import { KEEP, prefixOf, SEEN } from './names.ts';
import type { Plan } from './plan.ts';
import { openStore, type Place, type Store } from './store.ts';
import { isPage } from './way.ts';

/** A new build takes over what is still right of an older one, so that a refresh of the board costs no kept page. */

/** Takes over from all other builds of this site; `get` asks the network. */
export async function carryOver(place: Place, plan: Plan, store: Store, get: Get): Promise<void> {
  for (const build of await otherBuilds(place)) {
    const old = openStore({ ...place, build });
    const before = await keptPlan(old);
    const still: Get = async (path) => await fitting(await old.find(path), path, plan);
    const isSame = (path: string) => before?.files[path]?.[0] === plan.files[path]?.[0];
    const renewed: Get = async (path) =>
      (isSame(path) ? await still(path) : null) ?? (await get(path)) ?? (await still(path));
    for (const part of await old.parts()) {
      if (part === SEEN) await carrySeen(await old.open(SEEN), place.scope, plan, await store.open(SEEN));
      if (!part.startsWith(KEEP)) continue;
      const wanted = await askedIn(await old.open(part), part.slice(KEEP.length), place.scope);
      if (wanted) await keepSet(store, plan, wanted, renewed);
    }
  }
}

/** Removes the caches of all other builds. */
export async function removeOthers({ caches, scope, build }: Place): Promise<void> {
  const prefix = prefixOf(new URL(scope).pathname);
  const names = (await caches.keys()).filter(
    (name) => name.startsWith(prefix) && !name.startsWith(`${prefix}${build}:`),
  );
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function otherBuilds({ caches, scope, build }: Place): Promise<string[]> {
  const prefix = prefixOf(new URL(scope).pathname);
  const builds = (await caches.keys())
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length).split(':', 1)[0] ?? '');
  return [...new Set(builds)].filter((one) => one !== build);
}

/** Copied as they are: what is carried over is no younger for it. */
async function carrySeen(from: Cache, scope: string, plan: Plan, to: Cache): Promise<void> {
  for (const request of await from.keys()) {
    const path = request.url.slice(scope.length);
    const copy = await fitting((await from.match(request)) ?? null, path, plan);
    if (copy) await to.put(request.url, copy);
  }
}

/** The copy, where it works with the files of the new build: all assets that it names are still there. */
async function fitting(copy: Response | null, path: string, plan: Plan): Promise<Response | null> {
  if (!copy) return null;
  if (path.startsWith('_astro/')) return Object.hasOwn(plan.files, path) ? copy : null;
  if (!isPage(path)) return copy;
  if (!Object.hasOwn(plan.files, path)) return null;
  const names = (await copy.clone().text()).match(/_astro\/[\w.@-]+/g) ?? [];
  return names.every((name) => Object.hasOwn(plan.files, name)) ? copy : null;
}
