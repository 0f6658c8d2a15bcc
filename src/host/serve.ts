import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A (Request) => Promise<Response> behind a socket. */

/** `connection` tells HTTP/2 connections apart: `h1`, or `h2-7`. */
export type Handler = (request: Request, connection: string) => Promise<Response>;

export interface ServeOptions {
  /** 0, or nothing: a free one. */
  port?: number;
  host?: string;
  /** With a key and a certificate: HTTPS, HTTP/2 or 1.1 as the client likes. */
  tls?: { key: string; cert: string };
}

export interface Served {
  /** `http://127.0.0.1:41234` */
  url: string;
  close: () => Promise<void>;
}

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

/** Listens until closed; rejects when the port is taken. */
export async function serve(
  handler: Handler,
  { port = 0, host = '127.0.0.1', tls }: ServeOptions = {},
): Promise<Served> {
  const connections = connectionNames();
  const scheme = tls ? 'https' : 'http';
  const listen = (incoming: Incoming, outgoing: Outgoing) => {
    void answer(handler, incoming, outgoing, scheme, connections(incoming));
  };
  const server = tls ? createSecureServer({ ...tls, allowHTTP1: true }, listen) : createServer(listen);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that leaves in the middle of a request is no fault of the server.
  server.on('clientError', (_: Error, socket: Socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url: `${scheme}://${name}:${address.port}`, close };
}

function connectionNames(): (incoming: Incoming) => string {
  const names = new WeakMap<object, string>();
  let count = 0;
  return (incoming) => {
    if (incoming.httpVersionMajor < 2 || !('stream' in incoming) || !incoming.stream.session) return 'h1';
    const { session } = incoming.stream;
    const name = names.get(session) ?? `h2-${++count}`;
    names.set(session, name);
    return name;
  };
}

async function answer(handler: Handler, incoming: Incoming, outgoing: Outgoing, scheme: string, connection: string) {
  const abort = new AbortController();
  outgoing.once('close', () => abort.abort());
  try {
    const response = await handler(requestOf(incoming, scheme, abort.signal), connection);
    await send(response, outgoing, incoming.method === 'HEAD');
  } catch (error) {
    if (abort.signal.aborted) return;
    if (isRefusal(error) || outgoing.headersSent) hangUp(incoming, outgoing);
    else fail(outgoing, error);
  }
}

function requestOf(incoming: Incoming, scheme: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name.startsWith(':') || value === undefined) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  const authority = incoming.headers[':authority'] ?? incoming.headers.host ?? 'localhost';
  const method = incoming.method ?? 'GET';
  const body = ['GET', 'HEAD'].includes(method) ? null : (Readable.toWeb(incoming) as ReadableStream);
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' };
  return new Request(`${scheme}://${authority}${incoming.url ?? '/'}`, init);
}

async function send(response: Response, outgoing: Outgoing, isHead: boolean): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  if (!response.body || isHead) {
    outgoing.end();
    return;
  }
  // Whoever watches learns at once that he is heard, long before there is anything to tell.
  if (outgoing instanceof ServerResponse) outgoing.flushHeaders();
  else outgoing.writeHead(response.status);
  await pipeline(Readable.from(response.body), outgoing);
}

/** Whether the handler plays a service that nobody reaches. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function hangUp(incoming: Incoming, outgoing: Outgoing): void {
  if ('stream' in incoming) incoming.stream.session?.destroy();
  else incoming.socket.destroy();
  outgoing.destroy();
}

function fail(outgoing: Outgoing, error: unknown): void {
  const isClientFault = error instanceof TypeError;
  outgoing.statusCode = isClientFault ? 400 : 500;
  outgoing.setHeader('content-type', 'text/plain; charset=utf-8');
  outgoing.end(error instanceof Error ? error.message : 'The handler failed');
}
