import { pinned } from '#sim/bundles.ts';
import type { Blob, Stored } from '#sim/bytes.ts';
import type { Ancestor, Holding, Life, Pins, Recipe, Repo } from '#sim/settled.ts';
import { bundleOf } from './bundle.ts';
import { type Attached, attachments, suffixOf } from './cosign.ts';
import { type Image, make } from './image.ts';
import { MANIFEST } from './media.ts';
import { type Writes, writes } from './writes.ts';

/** What the repositories hold, byte for byte; digests are true and the same on every run. */

/** A row of a repository's tag list; `endMs` is null while nothing ends it. */
export interface Row {
  tag: string;
  startMs: number;
  endMs: number | null;
  expiresMs: number | null;
  digest: string;
  isIndex: boolean;
  size: number | null;
  children: { digest: string; isPresent: boolean }[];
}

export interface Referrer {
  mediaType: string;
  digest: string;
  size: number;
  artifactType: string;
  annotations: Record<string, string>;
}

export interface Shelf {
  rows: Row[];
  manifests: Map<string, Stored>;
  blobs: Map<string, Blob>;
  /** What refers to a digest without a tag. */
  referrers: Map<string, Referrer[]>;
  /** Digests that the index names and the registry does not hold. */
  absent: Set<string>;
  /** Layers with a claimed size, of which there are no bytes. */
  claimed: Set<string>;
  /** Manifests that stay although no tag points at them or at an index of theirs. */
  untagged: Set<string>;
}

const SIGNING_MS = 60_000;

/** The registry's store: the shelf of a repository at a moment. */
export function registry(): {
  shelf: (repo: Repo, nowMs: number) => Promise<Shelf>;
  lastModified: (repo: Repo, nowMs: number) => number | null;
  /** What clients write. */
  writes: Writes;
  /** A text with the digests of the bundles that it names. */
  textOf: (holds: Holding) => Promise<string>;
  /** What a push was built from, by digest. */
  pinsOf: (life: Pick<Life, 'inputs'>) => Promise<Pins>;
} {
  const images = new WeakMap<Recipe, Promise<Image>>();
  const shelves = new Map<string, Promise<Shelf>>();
  const imageOf = (recipe: Recipe): Promise<Image> => {
    const made = images.get(recipe) ?? (recipe.holds ? textOf(recipe.holds).then(bundleOf) : make(recipe));
    images.set(recipe, made);
    return made;
  };
  const textOf = (holds: Holding) => pinned(holds, async (recipe) => (await imageOf(recipe)).digest);
  const written = writes();
  const keyOf = ({ host, name }: Repo): string => `${host}/${name}`;
  const shelf = async (repo: Repo, nowMs: number): Promise<Shelf> => {
    // The clock only matters where something begins or ends, so that a running clock does not make a shelf a request.
    const key = `${keyOf(repo)} ${moments(repo).filter((at) => at <= nowMs).length}`;
    const kept = shelves.get(key) ?? stock(repo, nowMs, imageOf);
    shelves.set(key, kept);
    return written.over(keyOf(repo), await kept);
  };
  const newest = (repo: Repo, nowMs: number): number | null => {
    const both = [lastModified(repo, nowMs), written.newestMs(keyOf(repo))].flatMap((one) => one ?? []);
    return both.length > 0 ? Math.max(...both) : null;
  };
  return { shelf, lastModified: newest, writes: written, textOf, pinsOf: (life) => pinsOf(life, imageOf) };
}

function moments(repo: Repo): number[] {
  return [...repo.lives.flatMap(({ startMs }) => [startMs, startMs + SIGNING_MS]), ...repo.deletedAtMs.values()];
}

/** Start of the newest tag that stands, attachments included; null for a repository without tags. */
function lastModified(repo: Repo, nowMs: number): number | null {
  const starts = repo.lives.flatMap((life) => {
    const deletedMs = repo.deletedAtMs.get(life.tag);
    const isGone = deletedMs !== undefined && deletedMs <= nowMs && life.startMs <= deletedMs;
    const isAlive = life.startMs <= nowMs && !isGone && (life.expiresMs === null || life.expiresMs > nowMs);
    const signedMs = life.startMs + SIGNING_MS;
    const isTagged = life.attach.some((kind) => suffixOf(kind) !== null);
    return [...(isAlive ? [life.startMs] : []), ...(isTagged && signedMs <= nowMs ? [signedMs] : [])];
  });
  return starts.length > 0 ? Math.max(...starts) : null;
}

async function stock(repo: Repo, nowMs: number, imageOf: (recipe: Recipe) => Promise<Image>): Promise<Shelf> {
  const held: Shelf = {
    rows: [],
    manifests: new Map(),
    blobs: new Map(),
    referrers: new Map(),
    absent: new Set(),
    claimed: new Set(),
    untagged: new Set(),
  };
  const present = new Set<string>();
  for (const pushed of repo.lives.filter(({ startMs }) => startMs <= nowMs)) {
    const life = { ...pushed, pins: await pinsOf(pushed, imageOf) };
    const image = await imageOf(life.recipe);
    const children = image.children.map(({ arch, digest }) => ({ digest, isPresent: !life.sparse.includes(arch) }));
    for (const one of children) (one.isPresent ? present : held.absent).add(one.digest);
    store(held, image);
    // Each version of a bundle has a tag of its own too, which the world does not list.
    if (life.recipe.holds) held.untagged.add(image.digest);
    held.rows.push(rowOf(life, image, children));
    for (const kind of life.startMs + SIGNING_MS <= nowMs ? life.attach : []) {
      const suffix = suffixOf(kind);
      for (const added of await attachments(kind, image, `${repo.host}/${repo.name}`, life)) {
        store(held, added);
        const tag = `${added.of.replace(':', '-')}${suffix}`;
        if (suffix)
          held.rows.push(rowOf({ ...life, tag, startMs: life.startMs + SIGNING_MS, expiresMs: null }, added, []));
        else refer(held, added);
      }
    }
  }
  for (const digest of held.absent) if (present.has(digest)) held.absent.delete(digest);
  for (const digest of held.absent) held.manifests.delete(digest);
  held.rows = ended(held.rows, repo, nowMs);
  return held;
}

/** The images that an attestation names, by their digests. */
async function pinsOf({ inputs }: Pick<Life, 'inputs'>, imageOf: (recipe: Recipe) => Promise<Image>): Promise<Pins> {
  const pin = async ({ image, recipe }: Ancestor) => `${image}@${(await imageOf(recipe)).digest}`;
  const { base, compose, pipeline } = inputs;
  const named = [...(pipeline?.recipe.holds?.names ?? [])].map(
    async ([image, recipe]) => [lastPart(image), await pin({ image, recipe })] as const,
  );
  return {
    base: base && (await pin(base)),
    compose: compose && (await pin(compose)),
    pipeline: pipeline && (await pin(pipeline)),
    tasks: new Map(await Promise.all(named)),
  };
}

const lastPart = (image: string): string => /([^/:]+):[^/]*$/.exec(image)?.[1] ?? image;

function refer(held: Shelf, { of: to, digest, manifests, annotations, artifactType }: Attached): void {
  const size = manifests[0]?.bytes.length ?? 0;
  const one = { mediaType: MANIFEST, digest, size, artifactType, annotations };
  held.referrers.set(to, [...(held.referrers.get(to) ?? []), one]);
}

function store(held: Shelf, { manifests, blobs }: Pick<Image, 'manifests' | 'blobs'>): void {
  for (const one of manifests) held.manifests.set(one.digest, one);
  for (const one of blobs) {
    if (one.bytes) held.blobs.set(one.digest, one);
    else held.claimed.add(one.digest);
  }
}

function rowOf(life: Life, image: Pick<Image, 'digest' | 'isIndex' | 'size'>, children: Row['children']): Row {
  const { tag, startMs, expiresMs } = life;
  return {
    tag,
    startMs,
    endMs: null,
    expiresMs,
    digest: image.digest,
    isIndex: image.isIndex,
    size: image.size,
    children,
  };
}

/** A row ends with the next push to its tag, or when the tag is deleted or expires. */
function ended(rows: Row[], repo: Repo, nowMs: number): Row[] {
  const byTag = Map.groupBy(rows, ({ tag }) => tag);
  return rows.map((row) => {
    const deletedMs = repo.deletedAtMs.get(row.tag);
    const starts = (byTag.get(row.tag) ?? []).map(({ startMs }) => startMs);
    const later = starts.filter((startMs) => startMs > row.startMs);
    const deletion = deletedMs !== undefined && deletedMs <= nowMs && deletedMs >= row.startMs ? [deletedMs] : [];
    const ends = [...later, ...deletion, ...(row.expiresMs === null ? [] : [row.expiresMs])];
    return { ...row, endMs: ends.length > 0 ? Math.min(...ends) : null };
  });
}
