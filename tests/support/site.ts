import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Where the built site lies, and under which path it expects to be served. */
export const DIST = resolve(process.env['SLIPWAY_DIST'] ?? 'dist');
export const BASE = `/${process.env['BASE'] ?? ''}/`.replace(/\/+/g, '/');

export interface Page {
  /** Path of the page below the base, '' for the front page. */
  path: string;
  html: string;
}

/** Every HTML page of the built site. */
export function readPages(): Page[] {
  if (!existsSync(join(DIST, 'index.html'))) {
    throw new Error(`${DIST} holds no site. Run "npm run build", or "npm test", which builds what it needs.`);
  }
  return globSync('**/*.html', { cwd: DIST })
    .filter((name) => !name.startsWith('pagefind'))
    .map((name) => ({ path: name.replace(/(^|\/)index\.html$/, '$1'), html: readFileSync(join(DIST, name), 'utf8') }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** Values of an attribute, with the entities that Astro writes turned back. */
export function attributes(html: string, name: string): string[] {
  const plain = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => element.replace(/>[\s\S]*</, '><'));
  return [...plain.matchAll(new RegExp(`<[a-z][^>]*\\s${name}="([^"]*)"`, 'gi'))].map((match) =>
    decode(match[1] ?? ''),
  );
}

function decode(text: string): string {
  return text.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#34;', '"').replaceAll('&quot;', '"');
}

/** The file that an address below the base is served from, null when there is none. */
export function fileOf(path: string): string | null {
  const file = join(DIST, decodeURIComponent(path));
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return file;
  return existsSync(join(file, 'index.html')) ? join(file, 'index.html') : null;
}

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
