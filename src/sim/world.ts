import type { Push, Repository, World } from '#world/model.ts';
import { bundlesOf } from './bundles.ts';
import { instant, offsetMs, stamp } from './clock.ts';
import { withPins } from './pins.ts';
import { type Fill, recipeOf } from './recipe.ts';
import type { Ancestor, Life, Recipe, Repo, Settled, Tells } from './settled.ts';

/** A world written out: every repository with every push at an absolute time. */

type Draft = Omit<Life, 'recipe' | 'inputs'> & {
  recipe: Recipe | null;
  copy: string | null;
  base: string | null;
  compose: string | null;
  pipeline: Ancestor | null;
  tells: Tells;
};

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
        drafts.set(repo, draftsOf(world, row, fill, nowMs, `${repo.host}/${repo.name}`, repos));
      }
    }
  }
  for (const [repo, list] of drafts) repo.lives = list.map((draft) => finish(world, repo, draft, repos, drafts));
  const hosts = new Set([...repos.values()].map(({ host }) => host));
  return { nowMs, hosts, repos, files: withPins(world.id, bundles.files, repos) };
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

function draftsOf(
  world: World,
  row: Repository,
  fill: Fill,
  nowMs: number,
  key: string,
  repos: ReadonlyMap<string, Repo>,
): Draft[] {
  const drafts: Draft[] = [];
  for (const [tag, { pushes }] of tagsOf(row)) {
    for (const push of pushes.flatMap(repeated)) {
      const content: Repository['defaults'] = { ...world.defaults, ...row.defaults, ...push };
      content.labels = { ...world.defaults.labels, ...row.defaults.labels, ...push.labels };
      const startMs = nowMs + offsetMs(push.at);
      const dated: Fill = (text) =>
        fill(text).replaceAll('{stamp}', stamp(startMs)).replaceAll('{date}', stamp(startMs).slice(0, 8));
      const pipeline = bundleAt(repos, content.pipeline ?? null, startMs);
      const draft: Draft = {
        tag: dated(tag),
        startMs,
        expiresMs: push.expires ? nowMs + offsetMs(push.expires) : null,
        attach: content.attach ?? [],
        sparse: push.sparse ?? [],
        copy: push.copy ? dated(push.copy) : null,
        base: content.base ? dated(content.base) : null,
        compose: content.compose ? dated(content.compose) : null,
        pipeline,
        tells: content.tells ?? ['layers'],
        recipe: push.copy ? null : recipeOf(world, { content, push, fill: dated, key, startMs, nowMs, pipeline }),
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

/** A bundle of the world as it was at a moment. */
function bundleAt(repos: ReadonlyMap<string, Repo>, name: string | null, ms: number): Ancestor | null {
  const [place = '', tag = ''] = name?.split(/:(?=[^/]*$)/) ?? [];
  const found = repos.get(place)?.lives.findLast((one) => one.tag === tag && one.startMs <= ms);
  return name === null || !found ? null : { image: name, recipe: found.recipe };
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
      pipeline,
    },
  };
}
