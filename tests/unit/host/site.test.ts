import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPort, inputsOf, isBuilt, markBuilt } from '#host/site.ts';
import { put, scratch } from '../../support/remote.ts';

function project(): string {
  const root = scratch();
  put(join(root, 'content/docs/index.mdx'), 'hello');
  put(join(root, 'src/a.ts'), '1');
  put(join(root, 'package-lock.json'), '{}');
  put(join(root, 'README.md'), 'not an input');
  return root;
}

test('needs no second build while nothing has changed', async () => {
  const root = project();
  const dist = join(root, 'dist');
  mkdirSync(dist);
  const inputs = await inputsOf(root, {});
  expect(await isBuilt(dist, inputs)).toBe(false);
  await markBuilt(dist, inputs);
  put(join(root, 'README.md'), 'changed');
  expect(await isBuilt(dist, await inputsOf(root, { HOME: '/elsewhere' }))).toBe(true);
});

test.each(['content/docs/index.mdx', 'content/status/snapshot.json', 'src/b.ts', 'package-lock.json'])(
  'needs a build when %s changes',
  async (path) => {
    const root = project();
    const before = await inputsOf(root, {});
    put(join(root, path), 'changed');
    expect(await inputsOf(root, {})).not.toBe(before);
  },
);

test('needs a build when it is published elsewhere', async () => {
  const root = project();
  expect(await inputsOf(root, { BASE: '/slipway/' })).not.toBe(await inputsOf(root, {}));
});

test('needs no build when sample data is shown and the network failed once more', async () => {
  const root = project();
  const attempt = (at: string, state: string, problems: string[]) =>
    put(join(root, 'content/status/attempt.json'), JSON.stringify({ at, sources: [{ id: 'quay', state }], problems }));
  attempt('2026-11-21T10:00:00.000Z', 'failed', ['a', 'b']);
  const before = await inputsOf(root, {});
  attempt('2026-11-21T10:30:00.000Z', 'failed', ['b', 'a']);
  expect(await inputsOf(root, {})).toBe(before);
  attempt('2026-11-21T11:00:00.000Z', 'partial', ['b', 'a']);
  expect(await inputsOf(root, {})).not.toBe(before);
});

test('needs a build when real data is shown and the network failed once more', async () => {
  const root = project();
  put(join(root, 'content/status/snapshot.json'), '{}');
  const attempt = (at: string) => put(join(root, 'content/status/attempt.json'), JSON.stringify({ at }));
  attempt('2026-11-21T10:00:00.000Z');
  const before = await inputsOf(root, {});
  attempt('2026-11-21T10:30:00.000Z');
  expect(await inputsOf(root, {})).not.toBe(before);
});

test('says what to do about a port in use', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(checkPort(port, '127.0.0.1')).rejects.toThrow(`Port ${port} is in use`);
  await expect(checkPort(port, '127.0.0.1')).rejects.toThrow(`PORT=${port + 1} npm start`);
  await new Promise((done) => server.close(done));
  await expect(checkPort(port, '127.0.0.1')).resolves.toBeUndefined();
});
