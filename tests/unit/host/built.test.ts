import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servedFrom } from '#host/built.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-built-'));
  await mkdir(join(root, 'dist/a'), { recursive: true });
  await writeFile(join(root, 'dist/a/index.html'), '');
  await writeFile(join(root, 'secret'), '');
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a folder is served from its page', () => {
  expect(servedFrom(join(root, 'dist'), 'a/')).toBe(join(root, 'dist/a/index.html'));
});

test.each(['b/', '50%/', '..%2fsecret', 'a%00'])('%s is served from nowhere', (path) => {
  expect(servedFrom(join(root, 'dist'), path)).toBeNull();
});
