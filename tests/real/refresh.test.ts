import { cpSync, existsSync, mkdirSync, readFileSync, utimesSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { parseAttempt } from '#status/parse.ts';
import { snapshot } from '../support/command.ts';
import { lacking, realTest } from '../support/needs.ts';
import { freePort } from '../support/registry.ts';
import { type Harbour, harbour } from './harbour.ts';
import { eventsIn, imageIn, inHours, seenIn, textIn } from './kept.ts';

/** The real command over a real registry, interrupted, cut off and called wrongly. */

const FILE = 'tests/fixtures/targets.yaml';
const ID = 'development/standard/45';

let port: Harbour;
/** What a first refresh has left; tests take copies of it. */
let first: { out: string; cache: string };

beforeAll(async () => {
  if (lacking) return;
  port = await harbour(FILE);
  first = { out: port.folder(), cache: port.folder() };
  const { code, stderr } = await port.refresh(first.out, first.cache);
  if (code !== 0) throw new Error(stderr);
}, 60_000);

afterAll(() => port?.close());

function copy() {
  const own = { out: port.folder(), cache: port.folder() };
  cpSync(first.out, own.out, { recursive: true });
  cpSync(first.cache, own.cache, { recursive: true });
  return own;
}

async function dead(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

realTest('what is damaged in the cache is asked for again, alone, and mended', async () => {
  const { cache } = copy();
  const digest = imageIn(first.out, ID).arches[0]?.digest ?? 'none';
  const hex = digest.replace('sha256:', '');
  const file = join(cache, 'sha256', hex.slice(0, 2), hex);
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, -1));
  await port.registry.asked();
  const out = port.folder();
  expect(await port.refresh(out, cache)).toMatchObject({ code: 0 });
  // What refers to a digest is not content: a memory that does not know it asks.
  const gets = (await port.registry.asked()).filter((one) => one.startsWith('GET') && !one.includes('/referrers/'));
  expect(gets).toEqual([expect.stringContaining(`/manifests/${digest}`)]);
  expect(readFileSync(file)).toEqual(whole);
  expect(imageIn(out, ID).arches).toEqual(imageIn(first.out, ID).arches);
});

realTest('a refresh that is killed while it asks leaves the snapshot as it was, and nothing in the way', async () => {
  const { out, cache } = copy();
  port.asked();
  port.hold(true);
  const running = port.start(out, cache, '--now', inHours(25));
  const isAsking = () => port.asked().some((path) => path.endsWith('/tag/'));
  while (!isAsking()) await sleep(20);
  running.kill();
  expect((await running.ended).code).toBeNull();
  port.hold(false);
  expect(textIn(out)).toBe(textIn(first.out));
  expect(await port.refresh(out, cache)).toMatchObject({ code: 0 });
});

realTest(
  'killed at any moment of its writing, it leaves a whole snapshot and a whole history',
  async () => {
    let killed = 0;
    for (let moment = 1; moment <= 10; moment++) {
      const { out, cache } = copy();
      const running = port.start(out, cache, '--now', inHours(40));
      let touches = 0;
      const watcher = watch(out, { recursive: true }, () => {
        touches += 1;
        if (touches === moment) running.kill();
      });
      if ((await running.ended).code === null) killed += 1;
      watcher.close();
      expect(seenIn(out).images).toHaveLength(port.targets.length);
      expect(eventsIn(out).length).toBeGreaterThanOrEqual(eventsIn(first.out).length);
    }
    expect(killed).toBeGreaterThan(0);
  },
  120_000,
);

realTest('the lock of a refresh that was killed is broken by the next one', async () => {
  const { out, cache } = copy();
  const lock = join(out, '.lock');
  mkdirSync(lock);
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, minuteAgo, minuteAgo);
  expect(await port.refresh(out, cache)).toMatchObject({ code: 0 });
  expect(seenIn(out).generatedAt > seenIn(first.out).generatedAt).toBe(true);
  expect(existsSync(lock)).toBe(false);
});

realTest('two refreshes at once both end well and leave one snapshot and one history', async () => {
  const { out, cache } = { out: port.folder(), cache: port.folder() };
  const both = await Promise.all([port.refresh(out, cache), port.refresh(out, cache)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(imageIn(out, ID).arches).toEqual(imageIn(first.out, ID).arches);
  const ids = eventsIn(out).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(existsSync(join(out, '.lock'))).toBe(false);
});

realTest("without Quay's REST part the registry itself gives the same digests, and the source has failed", async () => {
  const out = port.folder();
  const env = { ...port.env, SLIPWAY_QUAY_API: `${await dead()}/api/v1` };
  expect(await snapshot(port.args(out, port.folder()), env)).toMatchObject({ code: 0 });
  const states = seenIn(out).sources.map(({ id, state }) => [id, state]);
  expect(states).toContainEqual(['quay', 'failed']);
  expect(states).toContainEqual(['oci', 'ok']);
  for (const { id, digest, arches, platforms } of seenIn(first.out).images)
    expect(imageIn(out, id)).toMatchObject({ digest, platforms, arches: arches.map(({ verdict: _, ...row }) => row) });
});

realTest('when every service refuses, it exits 1, changes nothing that is known, and records the attempt', async () => {
  const { out, cache } = copy();
  const address = await dead();
  const env = Object.fromEntries(Object.keys(port.env).map((name) => [name, address]));
  const { code, result } = await snapshot(port.args(out, cache), { ...env, SLIPWAY_FEDORA_REGISTRY: await dead() });
  expect({ code, exit: result?.exit }).toEqual({ code: 1, exit: 1 });
  expect(result?.ms).toBeLessThan(10_000);
  expect(textIn(out)).toBe(textIn(first.out));
  expect(eventsIn(out)).toEqual(eventsIn(first.out));
  const attempt = parseAttempt(readFileSync(join(out, 'attempt.json'), 'utf8'), 'attempt.json');
  expect(attempt.sources.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual([
    'quay',
    'oci',
    'bodhi',
    'endoflife',
    'compose',
  ]);
  // The next good refresh takes the record away.
  expect(await port.refresh(out, cache)).toMatchObject({ code: 0 });
  expect(existsSync(join(out, 'attempt.json'))).toBe(false);
});

realTest('--offline judges anew what is known, at its own time, and asks nobody', async () => {
  const { out, cache } = copy();
  port.asked();
  await port.registry.asked();
  const { code, result } = await port.refresh(out, cache, '--offline', '--now', inHours(90));
  expect({ code, requests: result?.requests }).toEqual({ code: 0, requests: 0 });
  expect([...port.asked(), ...(await port.registry.asked())]).toEqual([]);
  expect(seenIn(out).mode).toBe('kept');
  expect(imageIn(first.out, ID).verdict.state).toBe('fresh');
  expect(imageIn(out, ID).verdict).toMatchObject({ bucket: 'bad', state: 'stale' });
  expect(imageIn(out, ID).digest).toBe(imageIn(first.out, ID).digest);
});

realTest('--offline with nothing known exits 1 and writes no snapshot', async () => {
  const out = port.folder();
  expect(await port.refresh(out, port.folder(), '--offline')).toMatchObject({ code: 1, result: { snapshot: null } });
  expect(existsSync(join(out, 'snapshot.json'))).toBe(false);
});

realTest('a wrong targets file exits 2 and names file, line and field', async () => {
  const file = join(port.folder(), 'wrong.yaml');
  writeFileSync(file, readFileSync(FILE, 'utf8').replace('fresh: 36h', 'fresh: soon'));
  const out = port.folder();
  const { code, stderr } = await snapshot(['--targets', file, '--out', out], port.env);
  expect(code).toBe(2);
  expect(stderr).toMatch(/wrong\.yaml:\d+: targets\.0\.cadence\.fresh: .*36h.*Correct this field/);
  expect(existsSync(join(out, 'snapshot.json'))).toBe(false);
});

realTest('an unknown option exits 2 and shows how the command is called', async () => {
  const { code, stderr } = await snapshot(['--fast'], port.env);
  expect(code).toBe(2);
  expect(stderr).toContain('npm run snapshot -- [--targets FILE]');
});
