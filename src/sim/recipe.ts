import { type Rpm, rpmsOf } from '#sim/registry/packages.ts';
import type { Arch } from '#status/model.ts';
import type { Created, Push, Repository, World } from '#world/model.ts';
import { instant, offsetMs } from './clock.ts';
import { builtMs, goodRunOf } from './pipeline/good-run.ts';
import type { Ancestor, Recipe } from './settled.ts';

/** What the image of a push is made of. */

export type Fill = (text: string) => string;

interface Given {
  content: Repository['defaults'];
  push: Push;
  fill: Fill;
  /** `host/namespace/name`. */
  key: string;
  startMs: number;
  nowMs: number;
  pipeline: Ancestor | null;
}

const ALL_ARCHES: readonly Arch[] = ['x86_64', 'aarch64', 'ppc64le', 's390x'];
const FUTURE_MS = 400 * 86_400_000;

/** The recipe of a push of a world. */
export function recipeOf(world: World, { content, push, fill, key, startMs, nowMs, pipeline }: Given): Recipe {
  const arches = push.single ? [push.single] : (content.arches ?? ALL_ARCHES);
  const run = goodRunOf(key, startMs, arches, pipeline);
  const createdOf = (arch: Arch): Created | undefined =>
    typeof content.created === 'object' ? content.created[arch] : content.created;
  const version = fill(content.version ?? 'sample');
  const labels = Object.entries({ 'org.opencontainers.image.version': version, ...content.labels });
  return {
    seed: `${key} ${instant(startMs)}`,
    title: `${key} ${version}`,
    arches: arches.map((arch) => ({ arch, created: createdText(createdOf(arch), builtMs(run, arch), nowMs) })),
    labels: Object.fromEntries(labels.map(([name, value]) => [name, fill(value)])),
    packages: content.packages ? packagesOf(world, content.packages.map(fill), arches) : new Map(),
    hasRpmdb: content.rpmdb ?? false,
    sizeMB: content.sizeMB ?? 0,
    isPullable: content.pullable ?? false,
    isSingle: push.single !== undefined,
    base: null,
    holds: null,
  };
}

const listed = new WeakMap<World, Map<string, ReadonlyMap<Arch, readonly Rpm[]>>>();

/** Nightly pushes share their lists. */
function packagesOf(world: World, names: readonly string[], arches: readonly Arch[]): Recipe['packages'] {
  const known = listed.get(world) ?? new Map<string, Recipe['packages']>();
  listed.set(world, known);
  const key = `${names.join(' ')} on ${arches.join(' ')}`;
  const lists = known.get(key) ?? new Map(arches.map((arch) => [arch, rpmsOf(world.packages, names, arch)]));
  known.set(key, lists);
  return lists;
}

function createdText(created: Created | undefined, defaultMs: number, nowMs: number): string | null {
  if (created === 'absent') return null;
  if (created === 'epoch') return instant(0);
  if (created === 'future') return instant(nowMs + FUTURE_MS);
  return instant(created === undefined ? defaultMs : nowMs + offsetMs(created));
}
