import type { Image } from './model.ts';

/** The images of a tag that a page of changes names: few enough that their package lists can be published. */

const MOVES = 6;

/** One image that can be compared, and when its tag began to point at it. */
export interface NamedImage {
  target: string;
  digest: string;
  at: string | null;
}

/** A tag's way from one image to the next. */
export interface Move {
  from: string;
  to: string;
  at: string;
}

/** The newest moves of a tag from one image to another, newest first. */
export function movesOf({ history }: Pick<Image, 'history'>): Move[] {
  return history
    .flatMap(({ digest, from }, index) => {
      const before = history[index + 1]?.digest;
      return before && before !== digest ? [{ from: before, to: digest, at: from }] : [];
    })
    .slice(0, MOVES);
}

/** The images of a target that pages name, the present one first, none twice. */
export function namedImages(image: Pick<Image, 'id' | 'digest' | 'taggedAt' | 'history' | 'changes'>): NamedImage[] {
  const moves = movesOf(image);
  const own = image.changes.filter((one) => one.with === null);
  const named = [
    ...(image.digest ? [{ digest: image.digest, at: image.taggedAt }] : []),
    ...moves.map(({ to, at }) => ({ digest: to, at })),
    ...moves.slice(-1).map(({ from }) => ({ digest: from, at: beganAt(image, from) })),
    ...own.map(({ digest, at }) => ({ digest, at })),
  ];
  const byDigest = new Map(named.toReversed().map((one) => [one.digest, one]));
  return [...new Set(named.map(({ digest }) => digest))].map((digest) => ({
    target: image.id,
    digest,
    at: byDigest.get(digest)?.at ?? null,
  }));
}

function beganAt({ history }: Pick<Image, 'history'>, digest: string): string | null {
  return history.find((move) => move.digest === digest)?.from ?? null;
}
