import type { WorkerHost } from '#offline/worker.ts';

/** A browser's caches in memory, in the order in which things were put. */
export function memoryCaches(): CacheStorage {
  const all = new Map<string, Map<string, Response>>();
  const address = (request: RequestInfo | URL) => (request instanceof Request ? request.url : String(request));
  const cacheOf = (kept: Map<string, Response>) => ({
    match: async (request: RequestInfo | URL) => kept.get(address(request))?.clone(),
    put: async (request: RequestInfo | URL, answer: Response) => void kept.set(address(request), answer),
    delete: async (request: RequestInfo | URL) => kept.delete(address(request)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  });
  const caches = {
    open: async (name: string) => {
      const kept = all.get(name) ?? new Map<string, Response>();
      all.set(name, kept);
      return cacheOf(kept);
    },
    keys: async () => [...all.keys()],
    delete: async (name: string) => all.delete(name),
    has: async (name: string) => all.has(name),
    match: async (request: RequestInfo | URL) =>
      [...all.values()]
        .map((kept) => kept.get(address(request)))
        .find(Boolean)
        ?.clone(),
  };
  return caches as unknown as CacheStorage;
}

export const SCOPE = 'https://site.invalid/slipway/';

/** A site of three pages and one style, as the worker meets it. `network` is null where there is none. */
export function hostOf(build: string, caches: CacheStorage, files: Record<string, string>) {
  const state = { isOnline: true, status: 200, at: '2026-11-21T10:00:00.000Z', slow: false, asked: [] as string[] };
  const host: WorkerHost = {
    caches,
    scope: SCOPE,
    build,
    now: () => new Date(state.at),
    wait: () => (state.slow ? Promise.resolve() : new Promise(() => {})),
    fetch: async (request) => {
      const path = (request instanceof Request ? request.url : request).slice(SCOPE.length);
      state.asked.push(path);
      if (!state.isOnline) throw new TypeError('Failed to fetch');
      if (state.slow) return new Promise(() => {});
      const text = files[path];
      if (text === undefined) return new Response('Not found', { status: 404 });
      const type = path.endsWith('.json') ? 'application/json' : path.endsWith('.css') ? 'text/css' : 'text/html';
      return new Response(text, { status: state.status, headers: { 'content-type': type } });
    },
  };
  return { host, state };
}

/** The files of a build with its plan. */
export function siteOf(build: string, start = 'Start'): Record<string, string> {
  const page = (title: string) =>
    `<!doctype html><html lang="en"><head><title>${title} | Slipway</title><link rel="stylesheet" href="/slipway/_astro/a.css"></head><body><time data-copy-time></time></body></html>`;
  const pages = { '': page('Front'), 'offline/': page('Offline'), '404.html': page('Lost'), 'start/': page(start) };
  const files: Record<string, string> = { ...pages, '_astro/a.css': 'body {}', 'favicon.svg': '<svg/>' };
  const plan = {
    schema: 1,
    build,
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, [`${text.length}${text}`, text.length]]),
    ),
    shell: ['', 'offline/', '404.html', 'favicon.svg', '_astro/a.css'],
    sets: [['_astro/a.css']],
    needs: Object.fromEntries(Object.keys(pages).map((path) => [path, 0])),
  };
  return { ...files, 'offline.json': JSON.stringify(plan) };
}
