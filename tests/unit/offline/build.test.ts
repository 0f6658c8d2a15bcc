import { expect, test } from 'vitest';
import { isKeepable } from '#offline/copy.ts';
import { parsePlan } from '#offline/keep.ts';
import { prefixOf } from '#offline/names.ts';
import { removeItself } from '#offline/off.ts';
import { type BuiltFile, bytesOf, expand, planOf } from '#offline/plan.ts';
import type { WorkerScope } from '#offline/scope.ts';
import { withBuild } from '../../../src/offline-build.ts';
import { memoryCaches, SCOPE } from '../../support/offline.ts';

const file = (name: string, text: string): BuiltFile => ({ name, hash: name, bytes: text.length, text });
const BUILT = [
  file('index.html', '<script src="/slipway/_astro/page.Ab1_-2.js"></script>'),
  file('offline/index.html', ''),
  file('404.html', ''),
  file('labs/a/index.html', '<script src="/slipway/_astro/lab.js"></script>'),
  file('_astro/page.Ab1_-2.js', ''),
  file('_astro/lab.js', 'new Worker(new URL("/slipway/_astro/worker-x.js"))'),
  file('_astro/worker-x.js', 'import("./bash-y.js")'),
  file('_astro/bash-y.js', 'import("./worker-x.js")'),
  file('labs/a/start.json', '{}'),
  file('pagefind/pagefind.js', ''),
  file('status/v1/snapshot.json', '{}'),
];

test('a page needs what it loads, and what that loads on a click', () => {
  expect(expand(planOf(BUILT, 'one'), ['labs/a/', 'labs/a/start.json'])).toEqual([
    'labs/a/',
    '_astro/bash-y.js',
    '_astro/lab.js',
    '_astro/worker-x.js',
    'labs/a/start.json',
  ]);
});

test('the shell is what every reader needs and no lab', () => {
  expect(planOf(BUILT, 'one').shell).toEqual(['', '_astro/page.Ab1_-2.js', 'offline/', '404.html']);
});

test('what programs ask for, and the index of the search, is in no plan', () => {
  expect(Object.keys(planOf(BUILT, 'one').files).filter((path) => /pagefind|v1/.test(path))).toEqual([]);
});

test('the bytes of what is not there are none', () => {
  expect(bytesOf(planOf(BUILT, 'one'), ['labs/a/start.json', 'no/', '__proto__'])).toBe(2);
});

test.each([null, 1, 'x', {}, { schema: 2 }, { schema: 1, build: 'x', shell: 'no', sets: [], files: {}, needs: {} }])(
  'takes %j for no plan',
  (value) => expect(parsePlan(value)).toBeNull(),
);

test('a worker with an import is no worker', () => {
  expect(() => withBuild('import{a}from"./a.js";', { build: 'x', isOff: false })).toThrow('sw.js has an import');
  expect(withBuild('start();', { build: 'x', isOff: true })).toBe('self.slipway={"build":"x","isOff":true};\nstart();');
});

test('keeps whole answers only', () => {
  expect(isKeepable(new Response('x'))).toBe(true);
  expect(isKeepable(new Response('x', { status: 206 }))).toBe(false);
  expect(isKeepable(new Response('x', { status: 404 }))).toBe(false);
  expect(isKeepable(Response.error())).toBe(false);
});

test('sites on one host have caches of their own', () => {
  expect(prefixOf('/slipway/').startsWith(prefixOf('/'))).toBe(false);
});

test('the worker that ends it all removes the copies of this site, and itself', async () => {
  const caches = memoryCaches();
  await caches.open(`${prefixOf('/slipway/')}one:seen`);
  await caches.open(`${prefixOf('/other/')}one:seen`);
  const work: Promise<unknown>[] = [];
  let isGone = false;
  const unregister = async () => {
    isGone = true;
    return true;
  };
  const scope: WorkerScope = {
    slipway: { build: 'two', isOff: true },
    registration: { scope: SCOPE, unregister },
    clients: { claim: async () => {} },
    skipWaiting: async () => {},
    addEventListener: (_, listen) =>
      listen(Object.assign(new Event('x'), { waitUntil: (one: Promise<unknown>) => void work.push(one) }) as never),
  };
  removeItself(scope, caches);
  await Promise.all(work);
  expect(await caches.keys()).toEqual([`${prefixOf('/other/')}one:seen`]);
  expect(isGone).toBe(true);
});
