import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type Handler, serve } from '#host/serve.ts';
import type { Certificate } from './certificate.ts';

/** A proxy on loopback, through which clients reach pretend services at the real addresses, and nobody else. */

export interface Asked {
  method: string;
  url: string;
  host: string;
  /** Of the answer; 403 where the proxy let nobody through. */
  status: number;
  isRefused: boolean;
}

export interface Proxy {
  /** For HTTPS_PROXY. */
  url: string;
  /** What was asked since this was last called. */
  take: () => Asked[];
  close: () => Promise<void>;
}

interface Options {
  certificate: Certificate;
  isDeclared: (host: string) => boolean;
}

/** Opens it before `handler`, which sees requests as `https://quay.io/…`. */
export async function proxyTo(handler: Handler, { certificate, isDeclared }: Options): Promise<Proxy> {
  let asked: Asked[] = [];
  const inside = await serve(
    async (request, connection) => {
      const { hostname: host } = new URL(request.url);
      // The name in the request may be another one than that of the connection.
      const isRefused = !isDeclared(host);
      const row: Asked = { method: request.method, url: request.url, host, status: 403, isRefused };
      asked.push(row);
      const answer = isRefused ? new Response(refusal(host), { status: 403 }) : await handler(request, connection);
      row.status = answer.status;
      return answer;
    },
    { tls: certificate },
  );
  const door = Number(new URL(inside.url).port);
  const sockets = new Set<Socket>();
  const refuse = (method: string, url: string, host: string) =>
    asked.push({ method, url, host, status: 403, isRefused: true });
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    refuse(incoming.method ?? 'GET', url, URL.parse(url)?.hostname ?? url);
    outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('Only https passes here.\n');
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (incoming, client: Socket, head: Buffer) => {
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    client.on('error', () => client.destroy());
    if (!isDeclared(host) || !PORTS.includes(port)) {
      refuse('CONNECT', incoming.url ?? '', host);
      client.end(`HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r\n${refusal(host)}`);
      return;
    }
    const service = connect(door, '127.0.0.1');
    sockets.add(service);
    service.once('close', () => {
      sockets.delete(service);
      client.destroy();
    });
    service.on('error', () => client.destroy());
    client.once('close', () => service.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) service.write(head);
    client.pipe(service).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = asked;
      asked = [];
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([inside.close(), new Promise<void>((resolve) => server.close(() => resolve()))]);
    },
  };
}

/** Of https, and of the Kubernetes API. */
const PORTS: readonly string[] = ['443', '6443'];

const refusal = (host: string): string => `${host} is not among the hosts that this runbook needs.\n`;
