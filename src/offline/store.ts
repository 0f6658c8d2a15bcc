import { copyOf, isKeepable } from './copy.ts';
import { BYTES, buildPrefix, KEPT_AT, SEEN, TITLE } from './names.ts';
import { excess, isPage } from './way.ts';

/** The caches of one build. */
export interface Store {
  /** The newest copy, null where there is none. */
  find: (path: string) => Promise<Response | null>;
  /** Keeps an answer in a part of the store; false where it cannot be kept. */
  put: (part: string, path: string, answer: Response) => Promise<boolean>;
  /** Keeps what was visited, within the limits, and renews it in the parts that a reader asked for. */
  visit: (path: string, answer: Response) => Promise<void>;
  forget: (path: string) => Promise<void>;
  open: (part: string) => Promise<Cache>;
  /** Parts that are there, without the prefix. */
  parts: () => Promise<string[]>;
  list: () => Promise<Held[]>;
}

export interface Held {
  part: string;
  path: string;
  title: string;
  at: string;
  bytes: number;
}

export interface Place {
  caches: CacheStorage;
  /** Address of the site. */
  scope: string;
  build: string;
  now: () => Date;
}

export function openStore({ caches, scope, build, now }: Place): Store {
  const prefix = buildPrefix(new URL(scope).pathname, build);
  const url = (path: string) => new URL(path, scope).href;
  const open = (part: string) => caches.open(prefix + part);
  const parts = async () =>
    (await caches.keys()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));

  async function copies(path: string): Promise<{ part: string; copy: Response }[]> {
    const found = await Promise.all(
      (await parts()).map(async (part) => ({ part, copy: await (await open(part)).match(url(path)) })),
    );
    return found.flatMap(({ part, copy }) => (copy ? [{ part, copy }] : []));
  }

  async function put(part: string, path: string, answer: Response): Promise<boolean> {
    if (!isKeepable(answer)) return false;
    // What is taken over from an older build is no younger for it.
    const copy = await copyOf(answer, path, answer.headers.get(KEPT_AT) ?? now().toISOString());
    if (!copy) return false;
    const cache = await open(part);
    // Put again, it becomes the youngest.
    await cache.delete(url(path));
    await cache.put(url(path), copy);
    return true;
  }

  async function visit(path: string, answer: Response): Promise<void> {
    const others = (await copies(path)).map(({ part }) => part).filter((part) => part !== SEEN);
    for (const part of others) await put(part, path, answer.clone());
    if (!(await put(SEEN, path, answer))) return;
    const cache = await open(SEEN);
    const paths = (await cache.keys()).map((request) => request.url.slice(scope.length));
    for (const old of excess(paths)) await cache.delete(url(old));
  }

  async function held(part: string): Promise<Held[]> {
    const cache = await open(part);
    const rows = (await cache.keys()).map(async (request) => {
      const { headers } = (await cache.match(request)) ?? new Response();
      const path = request.url.slice(scope.length);
      const title = isPage(path) ? decodeURIComponent(headers.get(TITLE) ?? '') : '';
      return { part, path, title, at: headers.get(KEPT_AT) ?? '', bytes: Number(headers.get(BYTES) ?? 0) };
    });
    return Promise.all(rows);
  }

  return {
    find: async (path) => {
      const found = (await copies(path)).map(({ copy }) => copy);
      return found.sort((a, b) => keptAt(b).localeCompare(keptAt(a)))[0] ?? null;
    },
    put,
    visit,
    forget: async (path) => {
      for (const { part } of await copies(path)) await (await open(part)).delete(url(path));
    },
    open,
    parts,
    list: async () => (await Promise.all((await parts()).map(held))).flat(),
  };
}

const keptAt = (copy: Response): string => copy.headers.get(KEPT_AT) ?? '';
