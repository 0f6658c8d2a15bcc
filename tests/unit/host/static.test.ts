import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serveStatic } from '#host/static.ts';

let folder: string;
let root: Served;
let based: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'static-'));
  const site = join(folder, 'site');
  await mkdir(join(site, 'status'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(site, 'index.html'), 'front');
  await writeFile(join(site, '404.html'), 'lost');
  await writeFile(join(site, 'status/index.html'), 'board');
  await writeFile(join(site, 'status/data.json'), '{}');
  root = await serveStatic(site);
  based = await serveStatic(site, { base: 'slipway' });
});

afterAll(async () => {
  await Promise.all([root.close(), based.close()]);
  await rm(folder, { recursive: true });
});

/** The first line and body of an answer to a path that fetch would tidy up. */
function raw(path: string): Promise<string> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(root.url);
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.0\r\n\r\n`));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => done(text));
    socket.on('error', fail);
  });
}

test.each([
  ['', 200, 'front', 'text/html; charset=utf-8'],
  ['status/', 200, 'board', 'text/html; charset=utf-8'],
  ['status', 200, 'board', 'text/html; charset=utf-8'],
  ['status/data.json?x=1', 200, '{}', 'application/json; charset=utf-8'],
  ['nowhere/', 404, 'lost', 'text/html; charset=utf-8'],
  ['status/data.json/', 404, 'lost', 'text/html; charset=utf-8'],
])('answers "%s" with %i at the root and under a base', async (path, status, body, type) => {
  for (const { url } of [root, based]) {
    const answer = await fetch(url + path);
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([status, body, type]);
  }
});

test('knows nothing outside its base path', async () => {
  const answer = await fetch(new URL('/status/', based.url));
  expect([answer.status, await answer.text()]).toEqual([404, 'lost']);
});

test('adds the slash that the base path lacks', async () => {
  expect(based.url).toMatch(/\/slipway\/$/);
  expect(await (await fetch(based.url.slice(0, -1))).text()).toBe('front');
});

test.each(['/../secret.txt', '/status/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt'])(
  'gives no file outside its folder for %s',
  async (path) => {
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1\.1 404/);
    expect(answer).not.toContain('secret');
  },
);

test('refuses an address that cannot be decoded', async () => {
  expect(await raw('/%E0%A4%A')).toMatch(/^HTTP\/1\.1 400/);
});

test('does not redirect to another host', async () => {
  expect(await raw('//status')).not.toMatch(/location: \/\//i);
});

test('refuses to be written to', async () => {
  expect((await fetch(root.url, { method: 'POST' })).status).toBe(405);
});

test('says why when its port is taken', async () => {
  await expect(serveStatic(folder, { port: Number(new URL(root.url).port) })).rejects.toThrow(/EADDRINUSE/);
});
