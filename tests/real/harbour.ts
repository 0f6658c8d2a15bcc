import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '#host/serve.ts';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';
import { parseTargets } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';
import { type Ended, type Running, startSnapshot } from '../support/command.ts';
import { writeLayout } from '../support/layout.ts';
import { type Registry, registry } from '../support/registry.ts';
import { shelf } from '../support/shelf.ts';
import { machinesOf, seedOf } from './image.ts';

/** Everything that a refresh asks: a real registry with an image for each target, and the other services beside it. */

export interface Harbour {
  registry: Registry;
  targets: readonly Target[];
  /** The addresses of all services. */
  env: Readonly<Record<string, string>>;
  /** A fresh folder, gone when the harbour is closed. */
  folder(): string;
  /** Arguments of a refresh of these targets into `out`. */
  args(out: string, cache: string): string[];
  refresh(out: string, cache: string, ...more: string[]): Promise<Ended>;
  start(out: string, cache: string, ...more: string[]): Running;
  /** Pushes another image to the tag of this target; gives its digest. */
  move(target: Target): Promise<string>;
  /** What Quay's REST part was asked for since this was last called. */
  asked(): string[];
  /** While this is set, the lists of tags are never answered. */
  hold(isHeld: boolean): void;
  close(): Promise<void>;
}

const LANES = 4;
const WORLD = 'content/worlds/sample.yaml';

/** Opens a harbour for a targets file and what is added at its end, all images pushed. */
export async function harbour(base: string, more = ''): Promise<Harbour> {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-harbour-'));
  const file = more ? join(dir, 'targets.yaml') : base;
  if (more) writeFileSync(file, `${readFileSync(base, 'utf8')}\n${more}`);
  const all = parseTargets(readFileSync(file, 'utf8'), file).targets;
  const targets = all.filter(({ plan }) => plan !== 'not-planned');
  const shore = await registry();
  const front = await services(shore.storage);
  let folders = 0;
  const folder = () => {
    const made = join(dir, String(folders++));
    mkdirSync(made);
    return made;
  };
  const env = {
    SLIPWAY_QUAY_API: `${front.url}/api/v1`,
    SLIPWAY_QUAY_REGISTRY: `http://${shore.host}`,
    // By another name: the address tells which registries have Quay's REST part.
    SLIPWAY_FEDORA_REGISTRY: `http://${shore.host.replace('127.0.0.1', 'localhost')}`,
    SLIPWAY_BODHI_API: `${front.url}/bodhi`,
    SLIPWAY_ENDOFLIFE_API: `${front.url}/endoflife/api`,
    SLIPWAY_KONFLUX_API: `${front.url}/konflux`,
    SLIPWAY_KUBEARCHIVE_API: `${front.url}/kubearchive`,
    SLIPWAY_GITHUB_API: `${front.url}/github`,
    SLIPWAY_GITLAB_API: `${front.url}/gitlab/api/v4`,
    SLIPWAY_COMPOSE_ROOT: `${front.url}/compose/compose`,
    SLIPWAY_FCOS_STREAMS: `${front.url}/streams`,
  };
  const args = (out: string, cache: string) => ['--targets', file, '--out', out, '--cache', cache];
  const start = (out: string, cache: string, ...more: string[]) => startSnapshot([...args(out, cache), ...more], env);
  const publish = async (target: Target, seed: string) => {
    const layout = folder();
    const digest = writeLayout(layout, machinesOf(target, seed), { isSingle: target.channel === 'community' });
    await shore.push(layout, `${target.repository}:${target.tag}`);
    return digest;
  };
  const close = async () => {
    await Promise.all([shore.close(), front.close()]);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await inLanes(targets, LANES, (target) => publish(target, seedOf(target)));
  } catch (error) {
    await close();
    throw error;
  }
  await shore.asked();
  return {
    registry: shore,
    targets,
    env,
    folder,
    args,
    start,
    refresh: (...all) => start(...all).ended,
    async move(target) {
      // Quay tells times in seconds.
      await sleep(1_100);
      return publish(target, `${seedOf(target)} again`);
    },
    asked: front.asked,
    hold: front.hold,
    close,
  };
}

/** Quay's REST part over the registry's own files; Bodhi and endoflife.date from the simulator. */
async function services(storage: string) {
  const world = simulate(await readWorld(WORLD));
  const quay = shelf(storage);
  let asked: string[] = [];
  let isHeld = false;
  const served = await serve(async (request, connection) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/api/v1/')) return world(request, connection);
    asked.push(pathname);
    if (isHeld && pathname.endsWith('/tag/'))
      await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    return quay(request, connection);
  });
  const take = () => {
    const taken = asked;
    asked = [];
    return taken;
  };
  const hold = (held: boolean) => {
    isHeld = held;
  };
  return { ...served, asked: take, hold };
}

/** Works on all items, so many at a time, and keeps their order. */
export async function inLanes<T, R>(items: readonly T[], lanes: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
