import { type Rpm, rpmsOf } from '#sim/registry/packages.ts';
import type { Arch } from '#status/model.ts';
import type { Created, Push, Repository, World } from '#world/model.ts';
import { bundlesOf } from './bundles.ts';
import { instant, offsetMs, stamp } from './clock.ts';
import type { Ancestor, Life, Recipe, Repo, Settled, Tells } from './settled.ts';

/** A world written out: every repository with every push at an absolute time. */

type Fill = (text: string) => string;
type Draft = Omit<Life, 'recipe' | 'inputs'> & {
  recipe: Recipe | null;
  copy: string | null;
  base: string | null;
  compose: string | null;
  pipeline: string | null;
  tells: Tells;
};
type Content = Repository['defaults'];

const ALL_ARCHES: readonly Arch[] = ['x86_64', 'aarch64', 'ppc64le', 's390x'];
const BUILD_MS = 15 * 60_000;
const FUTURE_MS = 400 * 86_400_000;

/** Every repository of a world by `host/namespace/name`; throws when a copy finds nothing to copy. */
export function settle(world: World): Settled {
  const nowMs = Date.parse(world.now);
  const repos = new Map<string, Repo>();
  const drafts = new Map<Repo, Draft[]>();
  const add = (repo: Repo) => {
    const key = `${repo.host}/${repo.name}`;
    if (repos.has(key)) throw new Error(`World ${world.id}: ${key} is listed twice. Remove one.`);
    repos.set(key, repo);
  };
  const bundles = bundlesOf(world, nowMs);
  for (const repo of bundles.repos) add(repo);
  for (const row of world.repositories) {
    for (const release of row.release ?? ['']) {
      for (const variant of row.variant ?? ['']) {
        const fill: Fill = (text) => text.replaceAll('{release}', release).replaceAll('{variant}', variant);
        const repo = frame(world, row, fill, nowMs);
        add(repo);
        drafts.set(repo, draftsOf(world, row, fill, nowMs, `${repo.host}/${repo.name}`));
      }
    }
  }
  for (const [repo, list] of drafts) repo.lives = list.map((draft) => finish(world, repo, draft, repos, drafts));
  return { nowMs, hosts: new Set([...repos.values()].map(({ host }) => host)), repos, files: bundles.files };
}

function frame(world: World, row: Repository, fill: Fill, nowMs: number): Repo {
  const at = (offset: string | undefined) =>
    offset === undefined ? Number.POSITIVE_INFINITY : nowMs + offsetMs(offset);
  const deletedAtMs = new Map<string, number>();
  for (const [tag, { deleted }] of tagsOf(row)) if (deleted) deletedAtMs.set(fill(tag), at(deleted));
  return {
    host: row.registry,
    name: fill(row.repository),
    kind: row.kind,
    description: fill(row.description ?? 'Sample data of a pretend registry.'),
    challenge: row.challenge ?? world.registries[row.registry]?.challenge ?? false,
    privateFromMs:
      typeof row.private === 'string' ? at(row.private) : row.private ? Number.NEGATIVE_INFINITY : at(undefined),
    removedAtMs: at(row.removed),
    lives: [],
    deletedAtMs,
  };
}

function tagsOf(row: Repository): [string, { pushes: Push[]; deleted?: string | undefined }][] {
  return Object.entries(row.tags);
}

function draftsOf(world: World, row: Repository, fill: Fill, nowMs: number, key: string): Draft[] {
  const drafts: Draft[] = [];
  for (const [tag, { pushes }] of tagsOf(row)) {
    for (const push of pushes.flatMap(repeated)) {
      const content: Content = { ...world.defaults, ...row.defaults, ...push };
      content.labels = { ...world.defaults.labels, ...row.defaults.labels, ...push.labels };
      const startMs = nowMs + offsetMs(push.at);
      const dated: Fill = (text) =>
        fill(text).replaceAll('{stamp}', stamp(startMs)).replaceAll('{date}', stamp(startMs).slice(0, 8));
      const draft: Draft = {
        tag: dated(tag),
        startMs,
        expiresMs: push.expires ? nowMs + offsetMs(push.expires) : null,
        attach: content.attach ?? [],
        sparse: push.sparse ?? [],
        copy: push.copy ? dated(push.copy) : null,
        base: content.base ? dated(content.base) : null,
        compose: content.compose ? dated(content.compose) : null,
        pipeline: content.pipeline ?? null,
        tells: content.tells ?? ['layers'],
        recipe: push.copy ? null : recipeOf(world, content, push, dated, key, startMs, nowMs),
      };
      drafts.push(draft, ...(content.also ?? []).map((also) => ({ ...draft, tag: dated(also), attach: [] })));
    }
  }
  return drafts.sort((a, b) => a.startMs - b.startMs);
}

/** A push that repeats, as single pushes back in time. */
function repeated(push: Push): Push[] {
  const stepMs = offsetMs(push.every ?? '');
  return Array.from({ length: push.count ?? 1 }, (_, index) => ({
    ...push,
    at: `${(offsetMs(push.at) - index * stepMs) / 60_000}m`,
  }));
}

function recipeOf(
  world: World,
  content: Content,
  push: Push,
  fill: Fill,
  key: string,
  startMs: number,
  nowMs: number,
): Recipe {
  const arches = push.single ? [push.single] : (content.arches ?? ALL_ARCHES);
  const createdOf = (arch: Arch): Created | undefined =>
    typeof content.created === 'object' ? content.created[arch] : content.created;
  const version = fill(content.version ?? 'sample');
  const labels = Object.entries({ 'org.opencontainers.image.version': version, ...content.labels });
  return {
    seed: `${key} ${instant(startMs)}`,
    title: `${key} ${version}`,
    arches: arches.map((arch) => ({ arch, created: createdText(createdOf(arch), startMs, nowMs) })),
    labels: Object.fromEntries(labels.map(([name, value]) => [name, fill(value)])),
    packages: content.packages ? packagesOf(world, content.packages.map(fill), arches) : new Map(),
    hasRpmdb: content.rpmdb ?? false,
    sizeMB: content.sizeMB ?? 0,
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

function createdText(created: Created | undefined, startMs: number, nowMs: number): string | null {
  if (created === 'absent') return null;
  if (created === 'epoch') return instant(0);
  if (created === 'future') return instant(nowMs + FUTURE_MS);
  return instant(created === undefined ? startMs - BUILD_MS : nowMs + offsetMs(created));
}

function finish(world: World, repo: Repo, draft: Draft, repos: Map<string, Repo>, all: Map<Repo, Draft[]>): Life {
  const draftsAt = (name: string): { drafts: Draft[]; tag: string; place: string } => {
    const [place = '', tag = ''] = name.split(/:(?=[^/]*$)/);
    const origin = repos.get(place) ?? repos.get(`${repo.host}/${place}`) ?? repos.get(`quay.io/${place}`);
    return { drafts: origin ? (all.get(origin) ?? []) : [], tag, place: origin ? `${origin.host}/${origin.name}` : '' };
  };
  const copied = (from: Draft, depth: number): Recipe | null => {
    if (!from.copy || depth > 10) return from.recipe;
    const { drafts, tag } = draftsAt(from.copy);
    const source = drafts.findLast((one) => one.tag === tag && one.startMs <= from.startMs);
    return source ? copied(source, depth + 1) : null;
  };
  const nothing = (what: string, name: string | null) =>
    new Error(
      `World ${world.id}: ${repo.name}:${draft.tag} ${what} "${name}", which holds nothing at ${instant(draft.startMs)}. Name a repository:tag that was pushed before.`,
    );
  const ancestor = (name: string | null): Ancestor | null => {
    if (name === null) return null;
    const { drafts, tag, place } = draftsAt(name);
    const source = drafts.findLast((one) => one.tag === tag && one.startMs <= draft.startMs);
    const recipe = source ? copied(source, 0) : null;
    if (!recipe) throw nothing('is built from', name);
    // A compose image goes by the name of its compose.
    const composed = drafts.find((one) => one.recipe === recipe && one.tag.startsWith('Fedora-'));
    return { image: `${place}:${composed?.tag ?? tag}`, recipe };
  };
  const bundleAt = (name: string | null): Ancestor | null => {
    const [place = '', tag = ''] = name?.split(/:(?=[^/]*$)/) ?? [];
    const found = repos.get(place)?.lives.findLast((one) => one.tag === tag && one.startMs <= draft.startMs);
    return name === null || !found ? null : { image: name, recipe: found.recipe };
  };
  const recipe = copied(draft, 0);
  if (!recipe) throw nothing('copies', draft.copy);
  const { copy: _, base: from, compose, pipeline, tells, ...life } = draft;
  const base = ancestor(from);
  if (base && draft.recipe) draft.recipe.base = { ...base, tells };
  return {
    ...life,
    recipe,
    inputs: {
      base: tells.includes('provenance') ? base : null,
      compose: ancestor(compose),
      pipeline: bundleAt(pipeline),
    },
  };
}
