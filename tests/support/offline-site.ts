import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { serve } from '#host/serve.ts';
import { BASE, fileOf } from './site.ts';

/** The built site on a port of its own, in which a test may put another text in the place of a file. */
export interface OfflineSite {
  /** Address of the front page. */
  url: string;
  /** Texts by their path below the base. */
  instead: Map<string, string>;
  /** Paths that were asked for. */
  asked: string[];
  close: () => Promise<void>;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export async function serveOffline(): Promise<OfflineSite> {
  const instead = new Map<string, string>();
  const asked: string[] = [];
  const served = await serve(async (request) => {
    const path = new URL(request.url).pathname.slice(BASE.length);
    asked.push(path);
    const file = fileOf(path);
    const headers = { 'content-type': TYPES[extname(file ?? '')] ?? 'text/plain', 'cache-control': 'no-cache' };
    if (instead.has(path)) return new Response(instead.get(path), { headers });
    return file ? new Response(await readFile(file), { headers }) : new Response('Not found.', { status: 404 });
  });
  return { url: served.url + BASE, instead, asked, close: served.close };
}
