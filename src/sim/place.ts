/** Where a request goes: which service, and how that service calls itself in links. */

export interface Place {
  /** `quay.io`, `bodhi.fedoraproject.org`, … */
  host: string;
  /** Path without the prefix that chose the service. */
  path: string;
  query: URLSearchParams;
  /** What links start with: `https://quay.io`, or `http://127.0.0.1:8080/quay.io`. */
  base: string;
  /** The same for another host. */
  baseOf: (host: string) => string;
  /** Part of a repository's name that chose the service, `quay.io/`: some clients can only put it there. */
  prefix: string;
}

export const BODHI = 'bodhi.fedoraproject.org';
export const ENDOFLIFE = 'endoflife.date';
/** Stands for the storage that quay.io sends readers of blobs to; its name is made up. */
export const STORAGE = 'storage.quay.example';
export const KONFLUX = 'api.kflux-fedora-01.84db.p1.openshiftapps.com';
export const KUBEARCHIVE = 'kubearchive-api-server-product-kubearchive.apps.kflux-fedora-01.84db.p1.openshiftapps.com';
export const GITHUB = 'api.github.com';
export const GITLAB = 'gitlab.com';
export const COMPOSE = 'kojipkgs.fedoraproject.org';
export const STREAMS = 'builds.coreos.fedoraproject.org';
const ALIAS: Readonly<Record<string, string>> = {
  bodhi: BODHI,
  endoflife: ENDOFLIFE,
  konflux: KONFLUX,
  kubearchive: KUBEARCHIVE,
  github: GITHUB,
  gitlab: GITLAB,
  compose: COMPOSE,
  streams: STREAMS,
};

/** The service that is meant: by host, by first path segment, or by the name of the image; null for none. */
export function locate(address: string, registries: ReadonlySet<string>): Place | null {
  const url = new URL(address);
  const known = new Set([...registries, ...Object.values(ALIAS), STORAGE, 'quay.io']);
  const query = url.searchParams;
  if (known.has(url.hostname)) {
    const baseOf = (host: string) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ''}`;
    return { host: url.hostname, path: url.pathname, query, base: baseOf(url.hostname), baseOf, prefix: '' };
  }
  const [, first = '', rest = ''] = /^\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const baseOf = (host: string) => `${url.origin}/${host}`;
  const host = ALIAS[first] ?? first;
  if (known.has(host)) return { host, path: rest || '/', query, base: `${url.origin}/${first}`, baseOf, prefix: '' };
  if (first !== 'v2') return null;
  const named = [...known].find((one) => url.pathname.startsWith(`/v2/${one}/`));
  const path = named ? url.pathname.replace(`/v2/${named}/`, '/v2/') : url.pathname;
  return { host: named ?? 'quay.io', path, query, base: url.origin, baseOf, prefix: named ? `${named}/` : '' };
}

/** A flag of a query. */
export function isTrue(query: URLSearchParams, name: string): boolean {
  return /^(true|1|yes|on)$/i.test(query.get(name) ?? '');
}
