import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { limiter } from '#sim/limits.ts';
import { type Certificate, certificate } from './bench-certificate.ts';
import { REPOSITORIES, TAG } from './bench-registry.ts';

/** What stands between us and quay.io, in front of a registry on loopback: TLS, distance, rate limits, redirects. */

export interface Counts {
  requests: number;
  bytes: number;
  connections: number;
  refused: number;
  /** Requests by kind: `manifest`, `blob`, `storage`, … */
  kinds: Record<string, number>;
}

export interface FarQuay {
  /** `https://127.0.0.1:41234`: the registry, and the API under /api/v1. */
  url: string;
  /** `127.0.0.1:41234` */
  host: string;
  /** Bodhi and endoflife.date, as far away. */
  releases: string;
  /** File with the certificate that all of them show. */
  certificate: string;
  /** What was asked since the last call. */
  take(): Counts;
  /** Whether the rate limits are kept; they are at first. */
  keepLimits(isKept: boolean): void;
  stop(): void;
}

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

const ROUND_TRIP_MS = 40;
const HANDSHAKE_MS = 80;
const MODIFIED_S = Date.parse('2026-11-20T06:20:00Z') / 1_000;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Starts three origins with one certificate of their own: registry with API, storage, and the release services. */
export async function farQuay(upstream: string, directory: string): Promise<FarQuay> {
  const tls = await certificate(directory);
  let counts = nothing();
  const up = upstreamOf(upstream);
  let isLimited = true;
  const count = () => counts;
  const storage = await listen(tls, count, async ({ path }) => {
    counted(counts, 'storage');
    return up('GET', path.replace(/\?.*/, ''), {});
  });
  const quay = await listen(
    tls,
    count,
    quayOf(up, count, storage.url, () => isLimited),
  );
  const releases = await listen(tls, count, async ({ path }) => {
    counted(counts, 'releases');
    return { status: 200, headers: JSON_TYPE, body: path.includes('fedora.json') ? CYCLES : BODHI };
  });
  return {
    url: quay.url,
    host: new URL(quay.url).host,
    releases: releases.url,
    certificate: tls.file,
    take() {
      const taken = counts;
      counts = nothing();
      return taken;
    },
    keepLimits(isKept) {
      isLimited = isKept;
    },
    stop() {
      for (const one of [quay, storage, releases]) one.stop();
      up.agent.destroy();
    },
  };
}

const NO_REFERRERS = JSON.stringify({ schemaVersion: 2, manifests: [] });

const nothing = (): Counts => ({ requests: 0, bytes: 0, connections: 0, refused: 0, kinds: {} });

function counted(counts: Counts, kind: string): void {
  counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
}

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  connection: string;
}

/** The registry and its API: limits first, then the token dance for clients that ping, storage for blobs. */
function quayOf(up: Upstream, count: () => Counts, storage: string, isLimited: () => boolean) {
  const limit = limiter();
  return async ({ method, path, headers, connection }: Asked): Promise<Reply> => {
    const kind = kindOf(path);
    counted(count(), kind);
    const refused = isLimited() ? limit(placeOf(path), connection) : null;
    if (refused) {
      count().refused += 1;
      counted(count(), `${kind} refused`);
      return { status: refused.status, headers: { 'content-type': 'text/html' }, body: await refused.text() };
    }
    // Where Quay's nginx keeps no connection alive for HTTP/1.1, and five seconds for manifests.
    const close: Record<string, string> = connection === 'h1' && kind !== 'manifest' ? { connection: 'close' } : {};
    const reply = await answer(method, path, headers, kind);
    return { ...reply, headers: { ...reply.headers, ...close } };
  };

  async function answer(method: string, path: string, headers: IncomingHttpHeaders, kind: string): Promise<Reply> {
    if (kind === 'ping' && !headers.authorization) return challenge(headers);
    if (kind === 'token') return { status: 200, headers: JSON_TYPE, body: '{"token":"e30.e30.e30"}' };
    if (kind === 'api') return api(up, path);
    // Quay has the referrers API, the registry behind it has not.
    if (path.includes('/referrers/'))
      return {
        status: 200,
        headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
        body: NO_REFERRERS,
      };
    if (kind === 'blob' && method === 'GET')
      return { status: 302, headers: { location: `${storage}${path}?signature=abc` }, body: '' };
    return up(method, path, { accept: headers.accept ?? '*/*' });
  }
}

function challenge(headers: IncomingHttpHeaders): Reply {
  const host = headers[':authority'] ?? headers.host;
  const value = `Bearer realm="https://${host}/v2/auth",service="${host}"`;
  return { status: 401, headers: { 'www-authenticate': value }, body: '' };
}

const placeOf = (path: string) => ({
  host: 'quay.io',
  path: path.replace(/\?.*/, ''),
  query: new URLSearchParams(),
  base: '',
  baseOf: () => '',
  prefix: '',
});

function kindOf(path: string): string {
  if (path === '/v2/') return 'ping';
  if (path.startsWith('/v2/auth')) return 'token';
  return /^\/(api)\//.exec(path)?.[1] ?? /\/(manifest|blob|tag)s\//.exec(path)?.[1] ?? 'other';
}

async function api(up: Upstream, path: string): Promise<Reply> {
  if (path.includes('/security?')) return { status: 200, headers: JSON_TYPE, body: SCAN };
  const repository = /^\/api\/v1\/repository\/(.+?)\/tag\//.exec(path)?.[1];
  if (!repository) {
    const repositories = REPOSITORIES.map((one) => {
      const [namespace, name] = one.split('/');
      return { namespace, name, is_public: true, kind: 'image', state: 'NORMAL', last_modified: MODIFIED_S };
    });
    return { status: 200, headers: JSON_TYPE, body: JSON.stringify({ repositories }) };
  }
  const accept = 'application/vnd.oci.image.index.v1+json';
  const { headers } = await up('HEAD', `/v2/${repository}/manifests/${TAG}`, { accept });
  const tag = {
    name: TAG,
    reversion: false,
    start_ts: MODIFIED_S,
    manifest_digest: headers['docker-content-digest'],
    is_manifest_list: true,
    size: null,
    last_modified: new Date(MODIFIED_S * 1_000).toUTCString().replace('GMT', '-0000'),
  };
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify({ tags: [tag], page: 1, has_additional: false }) };
}

const CYCLES = JSON.stringify([{ cycle: '45', releaseDate: '2026-10-20', eol: '2027-11-24' }]);
const SCAN = JSON.stringify({ status: 'scanned', data: { Layer: { Features: [] } } });
const BODHI = JSON.stringify({
  releases: [{ name: 'F45', version: '45', id_prefix: 'FEDORA', branch: 'f45', state: 'current', eol: '2027-11-24' }],
  page: 1,
  pages: 1,
  total: 1,
  rows_per_page: 100,
});

type Upstream = ((method: string, path: string, headers: Record<string, string>) => Promise<Reply>) & { agent: Agent };

const PASSED = ['content-type', 'content-length', 'docker-content-digest'];

function upstreamOf(url: string): Upstream {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ask = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<Reply>((resolve, reject) => {
      const asked = request(url + path, { method, headers, agent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const kept = PASSED.flatMap((name) => (answer.headers[name] ? [[name, String(answer.headers[name])]] : []));
          resolve({ status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body: Buffer.concat(parts) });
        });
      });
      asked.on('error', reject);
      asked.end();
    });
  return Object.assign(ask, { agent });
}

interface Origin {
  url: string;
  stop(): void;
}

/** One origin: TLS, HTTP/2 or 1.1, and the time that a request takes to get here. */
async function listen(
  { key, cert }: Certificate,
  count: () => Counts,
  handle: (asked: Asked) => Promise<Reply>,
): Promise<Origin> {
  const known = new WeakMap<object, string>();
  let sessions = 0;
  const sockets = new Set<TLSSocket>();
  async function answer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    count().requests += 1;
    const carrier = carrierOf(incoming);
    const isFirst = !known.has(carrier);
    if (isFirst) known.set(carrier, incoming.httpVersionMajor === 2 ? `h2-${++sessions}` : 'h1');
    await sleep(ROUND_TRIP_MS + (isFirst ? HANDSHAKE_MS : 0));
    const { method = 'GET', url: path = '/', headers } = incoming;
    const reply = await handle({ method, path, headers, connection: known.get(carrier) ?? 'h1' });
    count().bytes += method === 'HEAD' ? 0 : reply.body.length;
    outgoing.statusCode = reply.status;
    for (const [name, value] of Object.entries(reply.headers)) outgoing.setHeader(name, value);
    outgoing.end(method === 'HEAD' ? '' : reply.body);
  }
  const server: Http2SecureServer = createSecureServer({ key, cert, allowHTTP1: true }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.statusCode = 502;
      outgoing.end(String(error));
    });
  });
  server.on('secureConnection', (socket) => {
    count().connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `https://127.0.0.1:${port}`, stop };
}

function carrierOf(incoming: Incoming): object {
  const session = 'stream' in incoming ? incoming.stream.session : undefined;
  return session ?? incoming.socket;
}
