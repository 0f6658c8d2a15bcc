import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import { limiter } from '#sim/limits.ts';
import { locate } from '#sim/place.ts';
import { worldWith } from './world.ts';

const HOSTS = new Set(['quay.io', 'registry.fedoraproject.org']);

/** How many of so many requests pass, one every `everyMs`. */
function passed(address: string, connection: string, requests: number, everyMs: number): number {
  let at = 0;
  const limit = limiter(() => at);
  const place = locate(address, HOSTS);
  if (!place) throw new Error(`no place for ${address}`);
  return Array.from({ length: requests }, () => {
    at += everyMs;
    return limit(place, connection);
  }).filter((answer) => answer === null).length;
}

test.each([
  ['the API', 'https://quay.io/api/v1/repository', 26, 101],
  ['lists of tags', 'https://quay.io/v2/fedora/a/tags/list', 3, 3],
  ['manifests', 'https://quay.io/v2/fedora/a/manifests/45', 11, 51],
  ['blobs', 'https://quay.io/v2/fedora/a/blobs/sha256:0', 51, 101],
  ['manifests of a nested name', 'https://quay.io/v2/fedora/a/b/manifests/45', 21, 81],
])('of a burst on %s the first few pass, more of them on HTTP/2', (_, address, h1, h2) => {
  expect(passed(address, 'h1', 200, 0)).toBe(h1);
  expect(passed(address, 'h2-1', 200, 0)).toBe(h2);
});

test('who keeps to the rate is never refused', () => {
  expect(passed('https://quay.io/api/v1/repository', 'h1', 200, 200)).toBe(200);
  expect(passed('https://quay.io/v2/fedora/a/manifests/45', 'h2-1', 200, 2)).toBe(200);
});

test('tokens, storage and other registries are not counted', () => {
  for (const address of [
    'https://quay.io/v2/auth',
    'https://storage.quay.example/x',
    'https://registry.fedoraproject.org/v2/a/b/tags/list',
  ])
    expect(passed(address, 'h1', 200, 0)).toBe(200);
});

test('each HTTP/2 connection has a bucket of its own, all HTTP/1.1 connections share one', async () => {
  const handler = simulate(worldWith(['-5h']), { limits: true });
  const burst = async (connection: string) => {
    const answers = await Promise.all(
      Array.from({ length: 110 }, () =>
        handler(new Request('https://quay.io/api/v1/repository?public=true'), connection),
      ),
    );
    return answers.filter(({ status }) => status === 429).length;
  };
  expect(await burst('h2-1')).toBeGreaterThan(0);
  expect(await burst('h2-2')).toBeLessThan(11);
  expect(await burst('h1')).toBeGreaterThan(70);
  expect(await burst('h1')).toBeGreaterThan(100);
});

test('without limits nothing is refused', async () => {
  const handler = simulate(worldWith(['-5h']));
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => handler(new Request('https://quay.io/api/v1/repository?public=true'))),
  );
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});
