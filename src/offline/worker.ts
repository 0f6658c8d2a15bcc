import { carryOver, removeOthers } from './carry.ts';
import { isKeepable, shownCopy } from './copy.ts';
import { type Get, keepSet, keptPlan, parsePlan, refusal, setsOf } from './keep.ts';
import { buildPrefix, FALLBACK, KEEP, PLAN, SEEN, SHELL } from './names.ts';
import { bytesOf, expand, type Plan } from './plan.ts';
import type { Answer, Ask, Standing } from './protocol.ts';
import { openStore, type Place, type Store } from './store.ts';
import { isPage, PATIENCE_MS, pathOf, type Way, wayOf } from './way.ts';

/** The service worker: what it does on each event. It is handed its caches, fetch and clock. */

export interface WorkerHost extends Place {
  fetch: (url: string | Request, init?: RequestInit) => Promise<Response>;
  /** Resolves after that many ms. */
  wait: (ms: number) => Promise<void>;
}

export interface OfflineWorker {
  install: () => Promise<void>;
  activate: () => Promise<void>;
  /** Null where the browser answers by itself. `later` holds the worker alive. */
  answer: (request: Request, later: (work: Promise<unknown>) => void) => Promise<Response> | null;
  hear: (ask: Ask, reply: (answer: Answer) => void) => Promise<void>;
}

export function offlineWorker(host: WorkerHost): OfflineWorker {
  const store = openStore(host);
  return {
    install: () => install(host, store),
    activate: () => removeOthers(host),
    answer: (request, later) => {
      const { method, url, mode, cache } = request;
      const way = wayOf({ method, url, mode, cache, hasRange: request.headers.has('range') }, host.scope);
      const path = pathOf(url, host.scope);
      if (way === 'none' || path === null) return null;
      return way === 'asset'
        ? asset(host, store, request, path, later)
        : fromNetwork(host, store, request, { path, way }, later);
    },
    hear: (ask, reply) => hear(host, store, ask, reply),
  };
}

/** All of the shell or nothing: a worker whose shell is not whole is not taken. */
async function install(host: WorkerHost, store: Store): Promise<void> {
  const answer = await host.fetch(new URL(PLAN, host.scope).href, { cache: 'no-cache' });
  const plan = parsePlan(await answer.clone().json());
  if (plan?.build !== host.build) throw new Error('The plan is of another build: the site is being published.');
  const get = getter(host);
  for (const path of plan.shell) {
    const known = path.startsWith('_astro/') ? await host.caches.match(new URL(path, host.scope).href) : undefined;
    const file = known ?? (await get(path));
    if (!file || !(await store.put(SHELL, path, file))) throw new Error(`${path} of the shell did not come.`);
  }
  await carryOver(host, plan, store, get);
  await store.put(SHELL, PLAN, answer);
}

/** Asks the network for a file of the site; null where it does not come whole. */
function getter({ fetch, scope }: WorkerHost): Get {
  return async (path) => {
    const init: RequestInit = { cache: path.startsWith('_astro/') ? 'default' : 'no-cache' };
    const answer = await fetch(new URL(path, scope).href, init).catch(() => null);
    return answer && isKeepable(answer) ? answer : null;
  };
}

type Later = (work: Promise<unknown>) => void;

async function asset(host: WorkerHost, store: Store, request: Request, path: string, later: Later): Promise<Response> {
  const copy = await store.find(path);
  if (copy) return copy;
  const answer = await host.fetch(request);
  if (isKeepable(answer)) later(store.visit(path, answer.clone()).catch(() => {}));
  return answer;
}

async function fromNetwork(
  host: WorkerHost,
  store: Store,
  request: Request,
  { path, way }: { path: string; way: Exclude<Way, 'none' | 'asset'> },
  later: Later,
): Promise<Response> {
  const network = host.fetch(request).then((answer) => {
    if (isKeepable(answer)) later(store.visit(path, answer.clone()).catch(() => {}));
    if (answer.status === 404 || answer.status === 410) later(store.forget(path));
    return answer;
  });
  later(network.catch(() => {}));
  const first = await Promise.race([
    network.catch(() => null),
    host.wait(PATIENCE_MS[way]).then(() => 'late' as const),
  ]);
  if (first instanceof Response && first.status < 500) return first;
  const copy = await store.find(path);
  if (copy) return shownCopy(copy);
  if (first instanceof Response) return first;
  return first === 'late' ? network.catch(() => nothing(store, request)) : nothing(store, request);
}

/** There is no answer and no copy. */
async function nothing(store: Store, request: Request): Promise<Response> {
  const page = request.mode === 'navigate' ? await store.find(FALLBACK) : null;
  return page
    ? new Response(page.body, { status: 503, statusText: 'Offline', headers: page.headers })
    : Response.error();
}

async function hear(host: WorkerHost, store: Store, ask: Ask, reply: (answer: Answer) => void): Promise<void> {
  const plan = await keptPlan(store);
  if (!plan) return reply({ is: 'refused', why: 'The worker has not finished yet. Try again in a moment.' });
  if (ask.do === 'visited') return visited(host, store, ask.urls);
  if (ask.do === 'tell') return reply(await standing(host, store, plan, pathsOf(host, ask.urls ?? [])));
  if (ask.do === 'drop') {
    await host.caches.delete(cacheOf(host, ask.name));
    return reply({ is: 'dropped' });
  }
  const paths = pathsOf(host, ask.urls);
  const why = refusal(plan, paths);
  if (why) return reply({ is: 'refused', why });
  const tell = (done: number, of: number, bytes: number) => reply({ is: 'progress', done, of, bytes });
  const wanted = { name: ask.name, label: ask.label, paths, at: host.now().toISOString() };
  const set = await keepSet(store, plan, wanted, getter(host), tell);
  reply({ is: 'kept', set });
}

const cacheOf = ({ scope, build }: Place, name: string): string =>
  `${buildPrefix(new URL(scope).pathname, build)}${KEEP}${name}`;

const pathsOf = ({ scope }: Place, urls: readonly string[]): string[] =>
  urls.flatMap((url) => pathOf(url, scope) ?? []);

const MOST_OF_ONE_VISIT = 60;

/** Keeps what a page had loaded before there was a worker. */
async function visited(host: WorkerHost, store: Store, urls: readonly string[]): Promise<void> {
  const get = getter(host);
  for (const url of urls.slice(0, MOST_OF_ONE_VISIT)) {
    const path = pathOf(url, host.scope);
    const asked = { method: 'GET', url, mode: 'cors', cache: 'default', hasRange: false };
    if (path === null || wayOf(asked, host.scope) === 'none' || (await store.find(path))) continue;
    const answer = await get(path);
    if (answer) await store.visit(path, answer).catch(() => {});
  }
}

async function standing(host: WorkerHost, store: Store, plan: Plan, paths: readonly string[]): Promise<Standing> {
  const held = await store.list();
  const pages = held.filter(({ part, path }) => isPage(path) && (part === SEEN || part.startsWith(KEEP)));
  const files = expand(plan, paths);
  return {
    is: 'standing',
    build: host.build,
    sets: await setsOf(store, host.scope),
    pages: [...new Map(pages.map(({ path, title, at }) => [path, { path, title, at }])).values()],
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    since:
      held
        .map(({ at }) => at)
        .filter(Boolean)
        .sort()[0] ?? null,
    would: { files: files.length, bytes: bytesOf(plan, files) },
  };
}
