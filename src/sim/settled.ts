import type { Leg } from '#sim/pipeline/timeline.ts';
import type { Rpm } from '#sim/registry/packages.ts';
import type { Arch } from '#status/model.ts';
import type { Committed } from '#world/tekton.ts';

/** The shapes of a world that is written out: recipes, pushes, repositories, files. */

/** A text and the bundles that it names without a digest. */
export interface Holding {
  text: string;
  /** By `registry/name:tag`. */
  names: ReadonlyMap<string, Recipe>;
  /** Images whose digests stand in it, by what stands there in the world. */
  pins?: ReadonlyMap<string, Recipe>;
}

/** One version of a file of a repository. */
export interface FileVersion extends Pick<Committed, 'forge' | 'project' | 'branch' | 'path'> {
  startMs: number;
  holds: Holding;
}

/** What an image is made of; the same recipe always gives the same digests. */
export interface Recipe {
  seed: string;
  title: string;
  arches: { arch: Arch; created: string | null }[];
  labels: Record<string, string>;
  /** By arch; nothing where the world does not say what is in the image. */
  packages: ReadonlyMap<Arch, readonly Rpm[]>;
  /** Its newest layer is a true one, with RPM's database of its packages. */
  hasRpmdb: boolean;
  sizeMB: number;
  /** Its layers are small and true. */
  isPullable: boolean;
  isSingle: boolean;
  /** What it is built from, and what in the image itself shows that. */
  base: (Ancestor & { tells: Tells }) | null;
  /** It is no image but a bundle, with this in it. */
  holds: Holding | null;
}

/** An image that another was built from, with the name that it had. */
export interface Ancestor {
  image: string;
  recipe: Recipe;
}

export type Tells = readonly ('layers' | 'annotations' | 'provenance')[];

/** One push to one tag. */
export interface Life {
  tag: string;
  startMs: number;
  expiresMs: number | null;
  recipe: Recipe;
  attach: readonly string[];
  sparse: readonly Arch[];
  /** Images that its attestation names, and the bundle of the pipeline that built it. */
  inputs: { base: Ancestor | null; compose: Ancestor | null; pipeline: Ancestor | null };
  /** The same, by digest, once these images are made. */
  pins?: Pins;
  /** The run that pushed it, where that is known. */
  run?: { name: string; startMs: number; endMs: number; legs: readonly Leg[]; commit: string; tag: string };
}

/** What an image came from, each as `name:tag@digest`. */
export interface Pins {
  base: string | null;
  compose: string | null;
  pipeline: string | null;
  /** Bundles that the pipeline names, by the last part of their repository. */
  tasks: ReadonlyMap<string, string>;
}

export interface Repo {
  host: string;
  name: string;
  kind: string;
  description: string;
  challenge: boolean;
  privateFromMs: number;
  removedAtMs: number;
  lives: Life[];
  /** When a tag was deleted. */
  deletedAtMs: Map<string, number>;
}

export interface Settled {
  nowMs: number;
  hosts: Set<string>;
  repos: Map<string, Repo>;
  /** The oldest first. */
  files: FileVersion[];
}

/** Whether anonymous readers may read it. */
export function isPublic(repo: Repo, nowMs: number): boolean {
  return nowMs < repo.privateFromMs && nowMs < repo.removedAtMs;
}

/** A repository that somebody has just made: nothing is in it, and nobody else may read it. */
export function newRepo(host: string, name: string): Repo {
  return {
    ...{ host, name, kind: 'image', description: 'Sample data of a pretend registry.', challenge: false },
    ...{ privateFromMs: Number.NEGATIVE_INFINITY, removedAtMs: Number.POSITIVE_INFINITY },
    ...{ lives: [], deletedAtMs: new Map() },
  };
}
