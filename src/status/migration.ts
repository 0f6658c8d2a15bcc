import type { Ancestor } from './lineage.ts';
import { isBaseVariant, isSharedBase } from './lineage.ts';
import type { Image, Snapshot } from './model.ts';

/** Which subprojects build on the shared base images: the initiative's migration, measured. */

export type Answer = 'consumes' | 'does-not' | 'cannot-tell';

/** How far the base of an image is behind the newest of its tag. */
export type Behind =
  | { is: 'newest' }
  /** Milliseconds between the two, and how often the tag has moved since; null where not known. */
  | { is: 'older'; ms: number | null; moves: number | null }
  | { is: 'unknown' };

export interface Consumption {
  image: Image;
  answer: Answer;
  /** From the image's own base down to the shared one, as far as known. */
  chain: Ancestor[];
  behind: Behind;
}

export interface Subproject {
  id: 'coreos' | 'desktops' | 'iot' | 'other';
  title: string;
  rows: Consumption[];
  counts: Record<Answer, number>;
}

const SUBPROJECTS = [
  { id: 'coreos', title: 'CoreOS', has: (variant: string) => /^(fedora-)?coreos/.test(variant) },
  {
    id: 'desktops',
    title: 'Atomic Desktops',
    has: (variant: string) => /^(silverblue|kinoite|onyx|sericea|[a-z]+-atomic)$/.test(variant),
  },
  { id: 'iot', title: 'IoT', has: (variant: string) => variant === 'iot' },
  { id: 'other', title: 'Others', has: () => true },
] as const;

const MAX_DEPTH = 5;

/** Every subproject with its images that are there and counted. */
export function measure({ images }: Pick<Snapshot, 'images'>): Subproject[] {
  const byId = new Map(images.map((image) => [image.id, image]));
  const rows = images.filter(isMeasured).map((image) => consumption(image, byId));
  const grouped = Map.groupBy(rows, ({ image }) => SUBPROJECTS.find(({ has }) => has(image.variant))?.id ?? 'other');
  return SUBPROJECTS.flatMap(({ id, title }) => {
    const own = grouped.get(id) ?? [];
    return own.length > 0 ? [{ id, title, rows: own, counts: countsOf(own) }] : [];
  });
}

/** Bases themselves, copies in a mirror, and images that nobody expects or nobody has seen are not measured. */
function isMeasured({ variant, channel, digest, verdict }: Image): boolean {
  const isBelow = isBaseVariant(variant) || variant === 'compose' || channel === 'mirror';
  return !isBelow && digest !== null && verdict.bucket !== 'none';
}

export function countsOf(rows: readonly Pick<Consumption, 'answer'>[]): Record<Answer, number> {
  const count = (answer: Answer) => rows.filter((row) => row.answer === answer).length;
  return { consumes: count('consumes'), 'does-not': count('does-not'), 'cannot-tell': count('cannot-tell') };
}

/** What one image is built on. */
export function consumption(image: Image, byId: ReadonlyMap<string, Image>): Consumption {
  const chain = chainOf(image, byId);
  const last = chain.at(-1);
  const target = last?.target ? byId.get(last.target) : undefined;
  const behind = behindOf(chain[0] ?? null, byId);
  if (target && isSharedBase(target)) return { image, answer: 'consumes', chain, behind };
  // A base that is no shared one and whose own base nobody tells may still come from one.
  if (last) return { image, answer: target && isFromPackages(target) ? 'does-not' : 'cannot-tell', chain, behind };
  return { image, answer: isFromPackages(image) ? 'does-not' : 'cannot-tell', chain, behind };
}

/** Whether its attestation names a compose, and no image below it. */
function isFromPackages({ lineage }: Image): boolean {
  return lineage?.base === null && lineage.compose?.method === 'provenance';
}

/** The base, the base of that, and so on; a base as it is today stands for what it was. */
function chainOf(image: Image, byId: ReadonlyMap<string, Image>): Ancestor[] {
  const chain: Ancestor[] = [];
  let next: Image | undefined = image;
  while (next?.lineage?.base && chain.length < MAX_DEPTH) {
    const base: Ancestor = next.lineage.base;
    chain.push(base);
    next = base.target ? byId.get(base.target) : undefined;
    if (next && isSharedBase(next)) break;
  }
  return chain;
}

/** How far a base is behind what its tag points at now. */
export function behindOf(base: Ancestor | null, byId: ReadonlyMap<string, Image>): Behind {
  const target = base?.target ? byId.get(base.target) : undefined;
  if (!base?.digest || !target?.digest) return { is: 'unknown' };
  if (base.digest === target.digest) return { is: 'newest' };
  const own = target.history.findIndex(({ digest }) => digest === base.digest);
  const ms =
    base.createdAt && target.createdAt ? Math.max(0, Date.parse(target.createdAt) - Date.parse(base.createdAt)) : null;
  return { is: 'older', ms, moves: own < 0 ? null : own };
}
