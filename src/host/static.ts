import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
};

export interface Served {
  /** Address of the front page, with the base path and a closing slash. */
  url: string;
  close: () => Promise<void>;
}

interface Options {
  /** Path under which the site lies, `/` or `/slipway/`. */
  base?: string;
  /** 0 takes any free port. */
  port?: number;
  host?: string;
}

interface Found {
  file: string;
  size: number;
}

/** Serves a built site the way a static host does: index.html of a folder, 404.html for the rest, nothing outside. */
export async function serveStatic(
  dir: string,
  { base = '/', port = 0, host = '127.0.0.1' }: Options = {},
): Promise<Served> {
  const root = resolve(dir);
  const prefix = `/${base}/`.replace(/\/+/g, '/');
  const server = createServer((request, response) => {
    respond(root, prefix, request, response).catch((cause: Error) => response.destroy(cause));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}${prefix}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  root: string,
  prefix: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD.');
  const path = pathOf(request.url);
  if (path === null) return refuse(response, 400, 'The address is not valid.');
  const inside = path.startsWith(prefix) ? path.slice(prefix.length) : null;
  if (`${path}/` === prefix) return redirect(response, prefix);
  const found = inside === null ? null : await locate(root, inside);
  if (found === 'folder') return redirect(response, `${encodeURI(path)}/`);
  const missing = found === null;
  const shown = found ?? (await locate(root, '404.html'));
  if (shown === null || shown === 'folder') return refuse(response, 404, 'Not found.');
  response.writeHead(missing ? 404 : 200, {
    'content-type': TYPES[extname(shown.file)] ?? 'application/octet-stream',
    'content-length': shown.size,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  if (request.method === 'HEAD') return void response.end();
  await pipeline(createReadStream(shown.file), response);
}

function pathOf(url = '/'): string | null {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
    return path.startsWith('/') && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

async function locate(root: string, path: string): Promise<Found | 'folder' | null> {
  const file = resolve(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  const info = await stat(file).catch(() => null);
  if (info?.isDirectory()) return path === '' || path.endsWith('/') ? locate(root, `${path}index.html`) : 'folder';
  return info?.isFile() && !path.endsWith('/') ? { file, size: info.size } : null;
}

function redirect(response: ServerResponse, location: string): void {
  // Two slashes at the start would name another host.
  response.writeHead(301, { location: location.replace(/^\/+/, '/') }).end();
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
