import type { Walkthrough } from '#pipeline/walkthrough.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { collect } from '#sources/collect.ts';
import { inMemory } from '#sources/content.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { rejudge } from '#sources/snapshot.ts';
import type { Event } from '#status/history.ts';
import type { Snapshot } from '#status/model.ts';
import type { Watch } from '#status/parse.ts';
import { expand } from '#status/targets.ts';
import { durationMs, iso } from '#status/time.ts';
import type { World } from '#world/model.ts';
import { patientClock } from './clock.ts';

/** What the collector makes of a pretend world, in memory; nothing of it is ever written. */
export interface Sample {
  snapshot: Snapshot;
  events: Event[];
  watch: Watch;
  /** Records by name. */
  records: ReadonlyMap<string, string>;
  /** YAML of the pipelines, by name. */
  upstream: ReadonlyMap<string, string>;
}

// Waiting between pretend tries takes a fraction of what it would.
const SPEED = 20;

/** Collects a world at each of its earlier moments and then at its `now`. */
export async function sample(world: World, walkthroughs: readonly Walkthrough[] = []): Promise<Sample> {
  const watch: Watch = { file: world.watch, targets: expand(world.watch).targets };
  const asked = { ...watch, targets: watch.targets.filter(({ id }) => !world.added.includes(id)) };
  const endMs = Date.parse(world.now);
  const content = inMemory();
  const events: Event[] = [];
  const shelf = memoryShelf();
  const upstream = memoryShelf();
  let snapshot: Snapshot | null = null;
  for (const nowMs of [...world.before.map((offset) => endMs - offsetMs(offset)), endMs]) {
    const clock = patientClock(nowMs, SPEED);
    const handler = simulate(world, { now: () => nowMs });
    const { services } = world.watch;
    const env = { KONFLUX_TOKEN: world.cluster?.token };
    const surroundings = { fetch: handler, clock, isMultiplexed: () => true, content, services, env };
    const collected = await collect({
      watch: asked,
      blockers: world.forges?.watch ?? null,
      newcomers: world.forges?.newcomers ?? null,
      previous: snapshot,
      clients: clients(surroundings),
      walkthroughs,
      records: records(shelf),
      upstream,
      scanBytes: world.scanMB * 1_000_000,
      nowMs,
    });
    if (!collected.hasAnswer) continue;
    snapshot = collected.snapshot;
    events.push(...collected.events);
  }
  if (!snapshot) throw new Error(`world ${world.id}: no source ever answers, so there is nothing to show`);
  const judged = rejudge({ ...snapshot, mode: 'sample' }, watch, iso(endMs));
  return { snapshot: judged, events, watch, records: shelf.texts, upstream: upstream.texts };
}

/** `-1d12h` to milliseconds before `now`. */
function offsetMs(offset: string): number {
  return [...offset.matchAll(/\d+[dhm]/g)].reduce((sum, [part]) => sum + durationMs(part), 0);
}
