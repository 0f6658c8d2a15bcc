import { instant, stamp } from '#sim/clock.ts';
import { builtMs } from '#sim/pipeline/good-run.ts';
import type { registry } from '#sim/registry/registry.ts';
import { isAlive, isHeld } from '#sim/registry/tags.ts';
import { type Ancestor, type Life, newRepo, type Recipe, type Repo, type Settled } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import type { LiveRun } from './live.ts';

/** What builds and releases do in the pretend registries. */

export interface Pushed {
  digest: string;
  legs: ReadonlyMap<Arch, { digest: string; sbom: string | null }>;
}

export interface Asked {
  place: string;
  tag: string;
  commit: string;
  arches: readonly Arch[];
  /** Values that the labels of the image get. */
  labels: Readonly<Record<string, string>>;
  expiresMs: number | null;
  inputs: Partial<Life['inputs']>;
}

export interface Images {
  /** Whether `host/name[:tag][@digest]` can be pulled. */
  holds: (image: string, nowMs: number) => Promise<boolean>;
  /** Whether there is such a repository, and whether a build may push to it. */
  hasRepository: (place: string) => boolean;
  /** Makes a repository. */
  open: (place: string, isPublic: boolean) => void;
  /** The image that a text names, as something that others are built from. */
  ancestorOf: (image: string, nowMs: number) => Promise<Ancestor | null>;
  /** The pipeline and compose image that the last build of a repository was made with. */
  inputsBefore: (place: string, nowMs: number) => Life['inputs'];
  push: (run: LiveRun, asked: Asked, atMs: number) => Promise<Pushed | null>;
  /** Gives an image, `host/name@digest`, tags in another repository; nothing where that has it already. */
  copy: (image: string, to: string, tags: readonly string[], atMs: number) => Promise<void>;
}

const NONE: Life['inputs'] = { base: null, compose: null, pipeline: null };
const ATTACH = ['signature', 'provenance', 'sbom'];

/** Writes are pushes like those of the world, so that signatures, SBOMs and attestations lie beside them. */
export function imagesOf({ repos }: Settled, store: ReturnType<typeof registry>, forgetful: boolean): Images {
  const lastOf = (repo: Repo | undefined, nowMs: number): Life | undefined =>
    repo?.lives.findLast(({ startMs, recipe }) => startMs <= nowMs && !recipe.holds && !recipe.isSingle);

  const add = (repo: Repo, life: Life) => {
    repo.lives.push(life);
    repo.lives.sort((a, b) => a.startMs - b.startMs);
  };

  const open = (place: string, isPublic: boolean) => {
    const [host = '', ...name] = place.split('/');
    const made = newRepo(host, name.join('/'));
    const repo = isPublic ? { ...made, privateFromMs: Number.POSITIVE_INFINITY } : made;
    repos.set(place, repo);
    return repo;
  };

  return {
    hasRepository: (place) => repos.has(place),
    open,
    inputsBefore: (place, nowMs) => lastOf(repos.get(place), nowMs)?.inputs ?? NONE,

    async holds(image, nowMs) {
      const { place, tag, digest } = partsOf(image);
      const repo = repos.get(place);
      if (!repo) return false;
      const shelf = await store.shelf(repo, nowMs);
      if (digest !== '') return shelf.manifests.has(digest) && (!forgetful || isHeld(shelf, digest, nowMs));
      return shelf.rows.some((row) => row.tag === (tag || 'latest') && isAlive(row, nowMs));
    },

    async ancestorOf(image, nowMs) {
      const { place, tag, digest } = partsOf(image);
      const lives = repos.get(place)?.lives.filter(({ startMs }) => startMs <= nowMs) ?? [];
      for (const life of lives.toReversed()) {
        if (tag !== '' && life.tag !== tag) continue;
        const found: Ancestor = { image: `${place}:${life.tag}`, recipe: life.recipe };
        const { base } = await store.pinsOf({ inputs: { ...NONE, base: found } });
        if (digest === '' || base?.endsWith(`@${digest}`)) return found;
      }
      return null;
    },

    async push(run, { place, tag, commit, arches, labels, expiresMs, inputs }, atMs) {
      const repo = repos.get(place);
      if (!repo) return null;
      const last = lastOf(repo, atMs);
      const key = `${place} ${instant(atMs)}`;
      const recipe: Recipe = {
        ...(last?.recipe ?? { ...EMPTY, title: place }),
        seed: key,
        arches: arches.map((arch) => ({ arch, created: instant(builtMs(run, arch)) })),
        labels: { ...last?.recipe.labels, 'org.opencontainers.image.revision': commit, ...labels },
      };
      const { name, startMs, endMs, legs } = run;
      const life: Life = {
        ...{ tag, startMs: atMs, expiresMs, recipe, attach: ATTACH, sparse: [] },
        inputs: { ...(last?.inputs ?? NONE), ...inputs },
        run: { name, startMs, endMs, legs, commit, tag },
      };
      add(repo, life);
      const { rows } = await store.shelf(repo, atMs);
      const row = rows.find((one) => one.tag === tag && one.startMs === atMs);
      if (!row) return null;
      const made = arches.map(
        (arch, index) => [arch, { digest: row.children[index]?.digest ?? '', sbom: null }] as const,
      );
      return { digest: row.digest, legs: new Map(made) };
    },

    async copy(image, to, tags, atMs) {
      const { place, digest } = partsOf(image);
      const from = repos.get(place);
      if (!from || digest === '') return;
      const { rows } = await store.shelf(from, atMs);
      const row = rows.find((one) => one.digest === digest);
      const life = from.lives.findLast(({ tag, startMs }) => tag === row?.tag && startMs === row.startMs);
      if (!life) return;
      const target = repos.get(to) ?? open(to, true);
      const there = await store.shelf(target, atMs);
      const [first = ''] = tags;
      if (there.rows.some((one) => one.tag === first && one.digest === digest && isAlive(one, atMs))) return;
      for (const [index, tag] of tags.entries())
        add(target, { ...life, tag, startMs: atMs, expiresMs: null, attach: index === 0 ? life.attach : [] });
    },
  };
}

/** Tags of a release with the moment in the place of what stands for it; those with other variables are left out. */
export const tagsAt = (tags: readonly string[], atMs: number): string[] =>
  tags.map((tag) => tag.replace(/\{\{ *timestamp *\}\}/g, stamp(atMs))).filter((tag) => /^\w[\w.-]*$/.test(tag));

/** `host/name:tag@digest`, each of which may be empty. */
export function partsOf(image: string): { place: string; tag: string; digest: string } {
  const [name = '', digest = ''] = image.split('@');
  const [place = '', tag = ''] = name.split(/:(?=[^/]*$)/);
  return { place, tag, digest };
}

const EMPTY: Recipe = {
  ...{ seed: '', title: '', arches: [], labels: {}, packages: new Map(), hasRpmdb: false, sizeMB: 0 },
  ...{ isPullable: true, isSingle: false, base: null, holds: null },
};
