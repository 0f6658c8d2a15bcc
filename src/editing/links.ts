import { attributes, type SitePage } from './html.ts';

/** Whether every address of a built page leads somewhere. */

export interface Site {
  /** Path under which the site is served, `/` or `/slipway/`. */
  base: string;
  pages: readonly SitePage[];
  /** Whether a path below the base is served. */
  has: (path: string) => boolean;
  /** Names of values in a link's fragment that the page at the path does not take. */
  unfit: (path: string, fragment: string) => string[];
}

export interface Broken {
  /** Path of the page that has the address. */
  page: string;
  address: string;
  kind: 'page' | 'anchor' | 'value';
  /** What is wrong, as the end of a sentence that begins with the address. */
  why: string;
}

const ORIGIN = 'http://site.invalid';

/** Every address that leads nowhere, page by page. */
export function brokenLinks(site: Site): Broken[] {
  const anchors = new Map(site.pages.map(({ path, html }) => [path, new Set(attributes(html, 'id'))]));
  return site.pages.flatMap((page) => brokenOn(page, site, anchors));
}

type Anchors = ReadonlyMap<string, ReadonlySet<string>>;

function brokenOn(page: SitePage, site: Site, anchors: Anchors): Broken[] {
  // A lost page is shown at any depth: only what begins at the root is right there.
  const from = `${ORIGIN}${site.base}${page.path === '404.html' ? 'lost/at/sea/' : page.path}`;
  const addresses = new Set([...attributes(page.html, 'href'), ...attributes(page.html, 'src')]);
  return [...addresses].flatMap((address) => {
    if (address.startsWith('#') && page.path === '404.html') return [];
    const fault = URL.canParse(address, from)
      ? faultOf(new URL(address, from), site, anchors)
      : { kind: 'page' as const, why: 'is no address' };
    return fault ? [{ page: page.path, address, ...fault }] : [];
  });
}

function faultOf(url: URL, site: Site, anchors: Anchors): Pick<Broken, 'kind' | 'why'> | null {
  if (url.origin !== ORIGIN)
    return /^(https?|mailto|data|blob):$/.test(url.protocol)
      ? null
      : { kind: 'page', why: `begins with ${url.protocol}, which is no address to link to` };
  if (!url.pathname.startsWith(site.base)) return { kind: 'page', why: `lies outside ${site.base}` };
  const path = url.pathname.slice(site.base.length);
  if (!site.has(path)) return { kind: 'page', why: 'leads nowhere' };
  if (url.hash.startsWith('#v=')) {
    const unfit = site.unfit(path, url.hash);
    return unfit.length > 0
      ? { kind: 'value', why: `fills in "${unfit.join('", "')}", which is not taken there` }
      : null;
  }
  const anchor = decoded(url.hash.slice(1));
  return anchor && !anchors.get(path)?.has(anchor) ? { kind: 'anchor', why: `has no place "${anchor}"` } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Addresses of other sites, each with the pages that link to it. */
export function outsideLinks(pages: readonly SitePage[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, html } of pages)
    for (const address of new Set(attributes(html, 'href').flatMap(outside)))
      found.set(address, [...(found.get(address) ?? []), path]);
  return found;
}

function outside(address: string): string[] {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return [];
  const url = new URL(address);
  url.hash = '';
  return [url.href];
}
