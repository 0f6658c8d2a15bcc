import { patientClock, pretendClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { collect, type Refresh } from '#sources/collect.ts';
import { type Content, inMemory } from '#sources/content.ts';
import type { Fetch } from '#sources/http.ts';
import { memoryShelf, records } from '#sources/records.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { expand } from '#status/targets.ts';
import type { World } from '#world/model.ts';
import { parseWorld } from '#world/parse.ts';

/** A world of two repositories in one namespace, all healthy; `more` is added at its end. */
export function smallWorld(more = '', watch = ''): World {
  return parseWorld(
    `schema: 1
id: small
title: Two images
now: "2026-11-20T14:07:00Z"
watch:
  schema: 1
  services:
    quay: { api: https://quay.io/api/v1, registry: https://quay.io }
  targets:
    - channel: development
      variant: [standard, minimal]
      release: "45"
      repository: bootc-devel/fedora-bootc-{release}-{variant}
      tag: latest
      arches: [x86_64, aarch64, ppc64le, s390x]
      cadence: { expect: 24h, fresh: 36h, stale: 72h }
${watch}
releases:
  - { name: F45, version: "45", branch: f45, bodhi: { state: current, eol: "2027-11-24" }, endoflife: { releaseDate: "2026-10-20", eol: "2027-11-24" } }
${more.includes('repositories:') ? '' : REPOSITORIES}
${more}`,
    'small.yaml',
  );
}

export const REPOSITORIES = `repositories:
  - repository: bootc-devel/fedora-bootc-{release}-{variant}
    release: "45"
    variant: [standard, minimal]
    defaults: { version: "45" }
    tags:
      latest: [-29h, -5h]
`;

export interface Asked extends Partial<Refresh> {
  /** Milliseconds after the world's `now`. */
  afterMs?: number;
  content?: Content;
  fetch?: Fetch;
  /** The world has a fault that hangs: time limits pass fast. */
  hangs?: boolean;
  /** Tokens by name. */
  env?: Record<string, string>;
}

/** Collects a world once; also tells which requests went out. */
export async function collectWorld(
  world: World,
  { afterMs = 0, content = inMemory(), fetch, hangs = false, env = {}, ...refresh }: Asked = {},
) {
  const nowMs = Date.parse(world.now) + afterMs;
  const handler = simulate(world, { now: () => nowMs });
  const requests: string[] = [];
  const surroundings = clients({
    fetch: (request) => {
      requests.push(`${request.method} ${request.url}`);
      return fetch ? fetch(request) : handler(request);
    },
    clock: hangs ? pretendClock(nowMs, 50) : patientClock(nowMs, 50),
    random: () => 0.5,
    isMultiplexed: () => true,
    content,
    services: world.watch.services,
    env,
  });
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const collected = await collect({
    watch,
    blockers: world.forges?.watch ?? null,
    newcomers: world.forges?.newcomers ?? null,
    previous: null,
    clients: surroundings,
    records: records(memoryShelf()),
    nowMs,
    ...refresh,
  });
  return { collected, requests };
}

/** The snapshot of a collection; an error where no source has answered. */
export async function snapshotOf(world: World, asked: Asked = {}): Promise<Snapshot> {
  const { collected } = await collectWorld(world, asked);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  return collected.snapshot;
}

/** One image of a snapshot. */
export function imageOf(snapshot: Snapshot, id: string): Image {
  const image = snapshot.images.find((one) => one.id === id);
  if (!image) throw new Error(`no image ${id}`);
  return image;
}
