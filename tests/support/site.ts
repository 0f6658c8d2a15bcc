import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { attributes, type SitePage } from '#editing/html.ts';
import { readPages as pagesOf, servedFrom } from '#host/built.ts';

export { attributes };

/** Where the built site lies, and under which path it expects to be served. */
export const DIST = resolve(process.env['SLIPWAY_DIST'] ?? 'dist');
export const BASE = `/${process.env['BASE'] ?? ''}/`.replace(/\/+/g, '/');

export type Page = SitePage;

/** Every HTML page of the built site but /admin/, which has its own frame, policy and test. */
export const readPages = (): Page[] => pagesOf(DIST).filter(({ path }) => !path.startsWith('admin/'));

/** The file that an address below the base is served from, null when there is none. */
export const fileOf = (path: string): string | null => servedFrom(DIST, path);

/** Bytes over the wire. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

/** Files that a page loads, each once, with the modules that they import at once. */
export function loaded(page: Page): { scripts: string[]; styles: string[] } {
  const tags = page.html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const found = (pattern: RegExp, name: string) =>
    tags.filter((tag) => pattern.test(tag)).flatMap((tag) => attributes(tag, name));
  const scripts = new Set<string>();
  for (const src of found(/^<script/, 'src')) follow(src, scripts);
  return { scripts: [...scripts], styles: [...new Set(found(/rel="stylesheet"/, 'href'))] };
}

function follow(address: string, seen: Set<string>): void {
  if (seen.has(address)) return;
  seen.add(address);
  const imports = /(?:^|[;}\s])(?:import|export)\s*(?:[\w{},*$\s]+from\s*)?["'`](\.{1,2}\/[^"'`]+)["'`]/g;
  for (const match of read(address).matchAll(imports))
    follow(new URL(match[1] ?? '', `http://site${address}`).pathname, seen);
}

/** Text of a file of the site, by the address that a page uses for it. */
export function read(address: string): string {
  const file = address.startsWith(BASE) ? fileOf(address.slice(BASE.length).split(/[?#]/, 1)[0] ?? '') : null;
  if (!file) throw new Error(`${address} is not a file of the site`);
  return readFileSync(file, 'utf8');
}

/** Scripts that stand in the page itself. */
export function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
}
