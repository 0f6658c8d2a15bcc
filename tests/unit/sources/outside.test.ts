import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transport } from '#host/transport.ts';
import { lookOutside } from '#sources/outside.ts';
import { certificate } from '../../support/bench-certificate.ts';

/** Real servers: one that answers as its path says, one whose certificate nobody knows. */
const seen: string[] = [];
const plain = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  const [, what = '', to = ''] = (request.url ?? '').split('/');
  if (what === 'hang') return;
  if (what === 'no-head') return void response.writeHead(request.method === 'HEAD' ? 404 : 200).end();
  if (what === 'on') return void response.writeHead(301, { location: to === 'round' ? '/on/round' : `/${to}` }).end();
  if (what === 'nowhere') return void response.writeHead(302).end();
  response.writeHead(Number(what) || 500).end('x');
});
const folder = await mkdtemp(join(tmpdir(), 'slipway-outside-'));
const secure = createSecureServer(await certificate(folder), (_, response) => response.end('x'));
let base = '';
let tls = '';

beforeAll(async () => {
  for (const server of [plain, secure]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  base = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  tls = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    server.close();
  }
});

async function look(urls: string[], allowed: string[] = []) {
  const net = transport();
  const slept: number[] = [];
  const clock = { now: () => Date.parse('2026-11-21T00:00:00Z'), sleep: async (ms: number) => void slept.push(ms) };
  const links = new Map(urls.map((url) => [url, ['', 'a/']]));
  const report = await lookOutside(
    links,
    allowed.map((url) => ({ url, why: 'a test' })),
    { fetch: net.fetch, clock, patienceMs: 800 },
  );
  await net.close();
  return { ...report, slept };
}

test.each(['/200', '/204', '/on/200', '/no-head', '/401', '/403', '/429', '/503', '/on/429'])(
  '%s is not called broken',
  async (path) => {
    expect((await look([`${base}${path}`])).broken).toEqual([]);
  },
);

test.each([
  ['/404', 404, 'It answers 404.'],
  ['/410', 410, 'It answers 410.'],
  ['/500', 500, 'It answers 500.'],
  ['/on/404', 404, 'It answers 404.'],
  ['/on/round', 310, 'It leads on more than 5 times.'],
  ['/nowhere', 302, 'It answers 302.'],
  ['/hang', null, 'Nobody answered within 0.8 seconds.'],
])('%s is broken', async (path, status, why) => {
  const { broken, asked } = await look([`${base}${path}`]);
  expect(broken).toEqual([{ url: `${base}${path}`, status, why, pages: ['/', '/a/'] }]);
  expect(asked).toBe(1);
});

test('a certificate that nobody knows and a name that is not there are told in words', async () => {
  const { broken } = await look([`${tls}/`, 'http://nobody.invalid/']);
  expect(broken).toEqual([
    expect.objectContaining({
      url: 'http://nobody.invalid/',
      status: null,
      why: expect.stringMatching(/^Nobody answered: /),
    }),
    expect.objectContaining({ url: `${tls}/`, status: null, why: expect.stringMatching(/certificate/) }),
  ]);
});

test('what the list allows is not asked, and of one host an address a second', async () => {
  seen.length = 0;
  const { asked, slept } = await look([`${base}/200/a`, `${base}/200/b`, `${base}/404/c`], [`${base}/404`]);
  expect(seen).toEqual(['HEAD /200/a', 'HEAD /200/b']);
  expect(asked).toBe(2);
  expect(slept).toEqual([1_000, 1_000]);
});
