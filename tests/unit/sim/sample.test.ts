import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { readWorld } from '#host/world.ts';
import { offsetMs } from '#sim/clock.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { collect } from '#sources/collect.ts';
import { inMemory } from '#sources/content.ts';
import type { Clock } from '#sources/pace.ts';
import { memoryShelf, records } from '#sources/records.ts';
import type { Snapshot } from '#status/model.ts';
import type { State } from '#status/states.ts';
import { expand } from '#status/targets.ts';
import type { World } from '#world/model.ts';

const TOLD_FROM_OUTSIDE: State[] = [
  'not-planned',
  'exempt',
  'retired',
  'eol',
  'unknown-source',
  'unknown-auth',
  'unknown-parse',
  'withdrawn',
  'missing',
  'arch-missing',
  'stale',
  'trust-failed',
  'freeze',
  'skewed',
  'unpromoted',
  'aging',
  'untrusted',
  'fresh',
];

/** A clock on which waiting before a retry is short and time limits are not. */
function impatient(nowMs: number): Clock {
  const [quick, real] = [pretendClock(nowMs, 100), pretendClock(nowMs, 1)];
  return { now: real.now, sleep: (ms, signal) => (ms < 5_000 ? quick : real).sleep(ms, signal) };
}

/** What the collector makes of a world: first at its earlier moments, then at its now. */
async function collected(world: World): Promise<Snapshot> {
  const targets = expand(world.watch).targets.filter(({ id }) => !world.added.includes(id));
  const content = inMemory();
  let previous: Snapshot | null = null;
  for (const moment of [...world.before, '0']) {
    const nowMs = Date.parse(world.now) + offsetMs(moment);
    const { services } = world.watch;
    const fetch = simulate(world, { now: () => nowMs });
    const asked = clients({
      fetch,
      clock: impatient(nowMs),
      content,
      services,
      env: {},
      isMultiplexed: () => true,
    });
    const got = await collect({
      watch: { file: world.watch, targets },
      previous,
      clients: asked,
      records: records(memoryShelf()),
      nowMs,
    });
    if (!got.hasAnswer) throw new Error(`nothing answered at ${moment}`);
    previous = got.snapshot;
  }
  if (!previous) throw new Error('a world has at least its now');
  return previous;
}

test('the sample shows every state that can be told from outside, and most of it is well', async () => {
  const world = await readWorld('content/worlds/sample.yaml');
  const { images, releases } = await collected(world);
  const states = images.map(({ verdict }) => verdict.state);
  expect(TOLD_FROM_OUTSIDE.filter((state) => !states.includes(state))).toEqual([]);
  expect(states.filter((state) => state === 'fresh').length).toBeGreaterThan(images.length / 2);
  expect(releases.filter(({ state }) => state === 'unknown')).toEqual([]);
  expect(world.added.every((id) => !images.some((image) => image.id === id))).toBe(true);
});

test('nothing in the sample passes for real: each version and revision says sample', async () => {
  const { images } = await collected(await readWorld('content/worlds/sample.yaml'));
  const said = images.flatMap(({ version, labels }) => [version, labels['org.opencontainers.image.revision']]);
  const given = said.filter((one) => typeof one === 'string');
  expect(given.length).toBeGreaterThan(80);
  expect(given.filter((one) => !one.includes('sample'))).toEqual([]);
});
