import type { Watched } from '#sources/registry/repository.ts';
import { placeOf } from '#status/detail.ts';
import type { Ancestor } from '#status/lineage.ts';
import type { Target } from '#status/targets.ts';

/** All images that we know by their digests, to tell which of them another was built from. */

/** A watched image as it was at some time. */
export interface Known {
  target: Target;
  /** Of the index, also where it was found by the digest of an arch. */
  digest: string;
  createdAt: string | null;
}

export interface Ancestors {
  /** An image by a digest, of its index or of an arch; of several, the one whose repository is named. */
  byDigest(digest: string, name: string): Known | null;
  /** The watched target that a name as `quay.io/fedora/fedora-bootc:45` belongs to; null where it is none or several. */
  byName(name: string): Target | null;
}

/** An index of all images of a refresh, with what their tags pointed at before. */
export function ancestors(images: readonly Watched[]): Ancestors {
  const byDigest = new Map<string, Known[]>();
  const byRepository = Map.groupBy(
    images.map(({ target }) => target),
    placeOf,
  );
  const add = (key: string | null, known: Known) => {
    if (key) byDigest.set(key, [...(byDigest.get(key) ?? []), known]);
  };
  for (const { target, evidence } of images) {
    const { digest, createdAt, arches, history } = evidence;
    if (digest) {
      add(digest, { target, digest, createdAt });
      for (const arch of arches) if (arch.digest !== digest) add(arch.digest, { target, digest, createdAt });
    }
    for (const move of history)
      if (move.digest !== digest) add(move.digest, { target, digest: move.digest, createdAt: move.from });
  }
  return {
    byDigest(digest, name) {
      const found = byDigest.get(digest) ?? [];
      const isMirror = ({ target }: Known) => target.channel === 'mirror';
      return (
        found.find(({ target }) => placeOf(target) === repositoryOf(name)) ??
        found.find((one) => !isMirror(one)) ??
        found[0] ??
        null
      );
    },
    byName(name) {
      const there = byRepository.get(repositoryOf(name)) ?? [];
      const tag = tagOf(name);
      const [only = null] = there.length === 1 ? there : there.filter((target) => target.tag === tag);
      return only;
    },
  };
}

const repositoryOf = (name: string): string => name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
const tagOf = (name: string): string | null => /:([^/:@]+)(?:@|$)/.exec(name)?.[1] ?? null;

/** An ancestor with the watched target that it is an image of. */
export type Named = Ancestor & { known: Target | null };

/** An image that another names, as far as we know it; null where it names nothing. */
export function ancestorOf(
  all: Ancestors,
  pin: { image: string; digest: string | null },
  method: Ancestor['method'],
): Named | null {
  const known = pin.digest ? all.byDigest(pin.digest, pin.image) : null;
  const target = known?.target ?? all.byName(pin.image);
  const image = pin.image || (known ? `${placeOf(known.target)}:${known.target.tag}` : '');
  if (!image) return null;
  return {
    image,
    digest: known?.digest ?? pin.digest,
    target: target?.id ?? null,
    createdAt: known?.createdAt ?? null,
    method,
    known: target,
  };
}
