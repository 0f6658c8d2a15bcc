import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { ProxyAgent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { certificateFor } from '#verify/certificate.ts';
import { proxyTo } from '#verify/proxy.ts';
import { scratch } from '../../support/remote.ts';

async function opened(hosts: string[]) {
  const certificate = await certificateFor(['quay.io', 'evil.example'], scratch());
  const proxy = await proxyTo(async ({ method, url }) => new Response(`${method} ${url}`), {
    certificate,
    isDeclared: (host) => hosts.includes(host),
  });
  onTestFinished(proxy.close);
  const ca = readFileSync(certificate.file, 'utf8');
  const agent = new ProxyAgent({ uri: proxy.url, requestTls: { ca } });
  onTestFinished(() => agent.destroy());
  return { proxy, ask: (url: string, headers = {}) => request(url, { dispatcher: agent, headers }) };
}

test('a declared host is answered at its own address', async () => {
  const { proxy, ask } = await opened(['quay.io']);
  const { body } = await ask('https://quay.io/v2/');
  expect(await body.text()).toBe('GET https://quay.io/v2/');
  expect(proxy.take()).toEqual([
    { method: 'GET', url: 'https://quay.io/v2/', host: 'quay.io', status: 200, isRefused: false },
  ]);
  expect(proxy.take()).toEqual([]);
});

test('any other host is refused before a byte is sent, and remembered', async () => {
  const { proxy, ask } = await opened(['quay.io']);
  await expect(ask('https://evil.example/')).rejects.toThrow();
  expect(proxy.take()).toMatchObject([{ method: 'CONNECT', host: 'evil.example', status: 403, isRefused: true }]);
});

test('another port of a declared host is refused', async () => {
  const { proxy, ask } = await opened(['quay.io']);
  await expect(ask('https://quay.io:8443/')).rejects.toThrow();
  expect(proxy.take()).toMatchObject([{ host: 'quay.io', isRefused: true }]);
});

test('a request that names another host than its connection is refused', async () => {
  const { proxy, ask } = await opened(['quay.io']);
  const { statusCode } = await ask('https://quay.io/', { host: 'evil.example' });
  expect(statusCode).toBe(403);
  expect(proxy.take()).toMatchObject([{ host: 'evil.example', isRefused: true }]);
});

test('plain http is refused, also to a declared host', async () => {
  const { proxy } = await opened(['quay.io']);
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.write('GET http://quay.io/v2/ HTTP/1.1\r\nHost: quay.io\r\nConnection: close\r\n\r\n');
  const [head = ''] = (await socket.toArray()).join('').split('\r\n');
  expect(head).toContain('403');
  expect(proxy.take()).toMatchObject([{ method: 'GET', host: 'quay.io', isRefused: true }]);
});
