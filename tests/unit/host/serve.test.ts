import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { type Handler, type ServeOptions, serve } from '#host/serve.ts';
import { readWorld } from '#host/world.ts';
import { digestOf } from '#sim/bytes.ts';
import { simulate } from '#sim/index.ts';
import type { World } from '#world/model.ts';

const run = promisify(execFile);
const SKOPEO = '/usr/bin/skopeo';
const INDEX = 'application/vnd.oci.image.index.v1+json';

async function served(handler: Handler, options: ServeOptions = {}): Promise<string> {
  const { url, close } = await serve(handler, options);
  onTestFinished(close);
  return url;
}

const WORLDS = new Map(
  await Promise.all(
    ['fresh', 'sample'].map(async (name) => [name, await readWorld(`content/worlds/${name}.yaml`)] as const),
  ),
);

function world(name: 'fresh' | 'sample', more: Partial<World> = {}): World {
  const found = WORLDS.get(name);
  if (!found) throw new Error(`no world ${name}`);
  return { ...found, ...more };
}

const refusing = (kind: 'refuse' | 'hang') => simulate(world('fresh', { faults: [{ source: 'quay', kind }] }));
const LIST = '/quay.io/api/v1/repository?public=true';

test('serves each service of a world under its own first path segment', async () => {
  const url = await served(simulate(world('fresh')));
  const statuses = await Promise.all(
    [LIST, '/quay.io/v2/fedora/fedora-bootc/tags/list', '/bodhi/releases/', '/endoflife/api/fedora.json', '/'].map(
      async (path) => (await fetch(`${url}${path}`)).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 200, 200, 501]);
});

test('chooses the service by the Host header', async () => {
  const url = await served(async (request) => new Response(new URL(request.url).hostname));
  const port = Number(new URL(url).port);
  const { stdout } = await run('curl', ['-s', '--resolve', `quay.io:${port}:127.0.0.1`, `http://quay.io:${port}/`]);
  expect(stdout).toBe('quay.io');
});

test('hands method, headers and body to the handler, and its headers back', async () => {
  const url = await served(async (request) =>
    Response.json([request.method, request.headers.get('x-a'), await request.text()], {
      status: 418,
      headers: { 'x-b': 'c' },
    }),
  );
  const answer = await fetch(url, { method: 'POST', headers: { 'x-a': 'b' }, body: 'hello' });
  expect([answer.status, answer.headers.get('x-b'), await answer.json()]).toEqual([418, 'c', ['POST', 'b', 'hello']]);
});

test('follows a blob to its storage over the socket', async () => {
  const url = await served(simulate(world('fresh')));
  const base = `${url}/quay.io/v2/fedora/fedora-bootc`;
  const index = await (await fetch(`${base}/manifests/45`, { headers: { accept: INDEX } })).json();
  const manifest = await (await fetch(`${base}/manifests/${index.manifests[0].digest}`)).json();
  const config = await fetch(`${base}/blobs/${manifest.config.digest}`);
  expect([config.redirected, (await config.json()).architecture]).toEqual([true, 'amd64']);
});

test('a client that leaves in the middle of a body aborts the handler', async () => {
  let isCancelled = false;
  const body = () =>
    new ReadableStream({
      pull: (flow) => flow.enqueue(new Uint8Array(65_536)),
      cancel: () => {
        isCancelled = true;
      },
    });
  const url = await served(async () => new Response(body()));
  const abort = new AbortController();
  const reader = (await fetch(url, { signal: abort.signal })).body?.getReader();
  await reader?.read();
  abort.abort();
  await expect.poll(() => isCancelled).toBe(true);
  const again = await served(async () => new Response('still here'));
  expect(await (await fetch(again)).text()).toBe('still here');
});

test('a hung service keeps the connection until the client gives up', async () => {
  const url = await served(refusing('hang'));
  await expect(fetch(`${url}${LIST}`, { signal: AbortSignal.timeout(150) })).rejects.toThrow('timeout');
  expect((await fetch(`${url}/bodhi/releases/`)).status).toBe(200);
});

test('a refused connection is cut without an answer', async () => {
  const url = await served(refusing('refuse'));
  await expect(fetch(`${url}${LIST}`)).rejects.toThrow('fetch failed');
  expect((await fetch(`${url}/bodhi/releases/`)).status).toBe(200);
});

test('a handler that throws gives 500 with its message', async () => {
  const url = await served(async () => Promise.reject(new Error('no such world')));
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([500, 'no such world']);
});

test('closing ends open connections and frees the port', async () => {
  const { url, close } = await serve(refusing('hang'));
  const open = fetch(`${url}${LIST}`).catch((error: Error) => error.message);
  await fetch(`${url}/bodhi/releases/`);
  await close();
  expect(await open).toBe('fetch failed');
  const port = Number(new URL(url).port);
  expect(await served(async () => new Response('x'), { port })).toBe(url);
  await expect(serve(async () => new Response('x'), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('with a key it speaks HTTP/2 and 1.1, and tells HTTP/2 connections apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ],
    { stdio: 'ignore' },
  );
  const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  const url = await served(async (request, connection) => new Response(`${connection} ${request.url}`), { tls });
  const ask = (session: ReturnType<typeof connect>) =>
    new Promise<string>((resolve, reject) => {
      const stream = session.request({ ':path': '/a' }).setEncoding('utf8').on('error', reject);
      let text = '';
      stream
        .on('data', (part: string) => {
          text += part;
        })
        .on('end', () => resolve(text));
    });
  const sessions = [connect(url, { ca: tls.cert }), connect(url, { ca: tls.cert })] as const;
  expect(await Promise.all([ask(sessions[0]), ask(sessions[0])])).toEqual([`h2-1 ${url}/a`, `h2-1 ${url}/a`]);
  expect(await ask(sessions[1])).toBe(`h2-2 ${url}/a`);
  for (const session of sessions) session.close();
  const { stdout } = await run('curl', ['-s', '--http1.1', '--cacert', cert, `${url}/b`]);
  expect(stdout).toBe(`h1 ${url}/b`);
});

test('skopeo reads the same bytes as we do, with a token and without', async ({ skip }) => {
  skip(!existsSync(SKOPEO) && !process.env['CI'], 'skopeo is not installed');
  const anonymous = world('fresh');
  const asking = { ...anonymous, registries: { 'quay.io': { challenge: true } } };
  for (const one of [anonymous, asking]) {
    const url = await served(simulate(one));
    const skopeo = async (...options: string[]) => {
      const image = `docker://${new URL(url).host}/quay.io/fedora/fedora-bootc:45`;
      return (await run(SKOPEO, ['--override-arch', 's390x', 'inspect', '--tls-verify=false', ...options, image]))
        .stdout;
    };
    const tags = await fetch(`${url}/quay.io/api/v1/repository/fedora/fedora-bootc/tag/?specificTag=45`);
    const { manifest_digest } = (await tags.json()).tags[0];
    expect(await digestOf(new TextEncoder().encode(await skopeo('--raw')))).toBe(manifest_digest);
    expect(JSON.parse(await skopeo('--config'))).toMatchObject({
      created: expect.stringMatching(/^2026-11-20T(08:5|09:0)\d:\d\dZ$/), // minutes before the push
      architecture: 's390x',
      config: { Labels: { 'containers.bootc': '1' } },
    });
    expect(JSON.parse(await skopeo())).toMatchObject({
      Digest: manifest_digest,
      Architecture: 's390x',
      RepoTags: ['45'],
    });
  }
});
