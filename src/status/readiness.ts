import { ARCHES, type Arch } from './arch.ts';
import type { Image, Snapshot } from './model.ts';
import { parityMark } from './parity.ts';
import type { Attempt } from './run.ts';

/** How well building on Konflux goes, in figures from our own records; each says on how many cases it rests. */

/** With fewer cases than this a share or a median says nothing. */
export const ENOUGH = 5;

/** So many of `n` cases; `share` is null where there are not enough of them. */
export interface Share {
  count: number;
  n: number;
  share: number | null;
}

/** The middle one of `n` lengths of time and the longest, in milliseconds; null where there are not enough of them. */
export interface Lengths {
  n: number;
  medianMs: number | null;
  longestMs: number | null;
}

export interface VariantFigures {
  variant: string;
  /** Builds that ended well, of all that ended well or failed. */
  good: Share;
  /** From the start of a build to the moment when the tag pointed at its image. */
  lead: Lengths;
}

export interface ArchFigures {
  arch: Arch;
  /** Builds of images with this architecture of whose failure this architecture is named a part. */
  broke: Share;
}

export interface Builds {
  variants: VariantFigures[];
  arches: ArchFigures[];
  all: Share;
  lead: Lengths;
  /** Failed builds of which no architecture is known. */
  unplaced: number;
  /** When the oldest and the newest of these builds began. */
  from: string | null;
  to: string | null;
}

type Counted = Pick<Image, 'id' | 'variant' | 'arches' | 'attempts' | 'history' | 'provenance' | 'digest' | 'verdict'>;

/** Part of a whole, each zero or more. */
export function shareOf(count: number, n: number): Share {
  return { count, n, share: n >= ENOUGH ? count / n : null };
}

/** Lengths in any order; the median of an even number is the mean of the middle two. */
export function lengthsOf(lengths: readonly number[]): Lengths {
  const sorted = lengths.toSorted((a, b) => a - b);
  const n = sorted.length;
  if (n < ENOUGH) return { n, medianMs: null, longestMs: null };
  const middle = sorted.slice(Math.ceil(n / 2) - 1, Math.floor(n / 2) + 1);
  return { n, medianMs: middle.reduce((a, b) => a + b, 0) / middle.length, longestMs: sorted.at(-1) ?? null };
}

/** Whether nothing is expected of an image any more, or nothing yet: it would only blur the figures. */
export const isCounted = ({ verdict }: Pick<Image, 'verdict'>): boolean =>
  verdict.bucket !== 'none' && verdict.facets.plan.confirmed;

/** Builds that have ended, as far as they are kept: the newest 20 of each image. `asOf` ends the window. */
export function buildFigures(images: readonly Counted[], asOf: string): Builds {
  const counted = images.filter(isCounted).map((image) => ({ image, ended: endedBuilds(image.attempts, asOf) }));
  const ended = counted.flatMap((one) => one.ended);
  const starts = ended.map(({ startedAt }) => startedAt).toSorted();
  const byVariant = Map.groupBy(counted, ({ image }) => image.variant);
  const variants = [...byVariant].map(([variant, some]) => ({
    variant,
    good: goodOf(some.flatMap((one) => one.ended)),
    lead: lengthsOf(some.flatMap(({ image }) => leadsOf(image, asOf))),
  }));
  return {
    variants: variants.filter(({ good, lead }) => good.n + lead.n > 0),
    arches: ARCHES.flatMap((arch) => {
      const builds = counted.flatMap((one) => (one.image.arches.some((row) => row.arch === arch) ? one.ended : []));
      const broke = builds.filter((build) => brokenArches(build).has(arch));
      return builds.length > 0 ? [{ arch, broke: shareOf(broke.length, builds.length) }] : [];
    }),
    all: goodOf(ended),
    lead: lengthsOf(counted.flatMap(({ image }) => leadsOf(image, asOf))),
    unplaced: ended.filter((build) => build.outcome === 'failed' && brokenArches(build).size === 0).length,
    from: starts[0] ?? null,
    to: starts.at(-1) ?? null,
  };
}

const goodOf = (ended: readonly Attempt[]): Share =>
  shareOf(ended.filter(({ outcome }) => outcome === 'ok').length, ended.length);

/** Each run once; what was cancelled or still runs has no outcome, and what lies after `asOf` is a wrong clock. */
function endedBuilds(attempts: readonly Attempt[], asOf: string): Attempt[] {
  const ended = attempts.filter(
    ({ outcome, startedAt }) => (outcome === 'ok' || outcome === 'failed') && Date.parse(startedAt) <= Date.parse(asOf),
  );
  return [...new Map(ended.map((attempt) => [attempt.name, attempt])).values()];
}

function brokenArches({ outcome, failure }: Attempt): Set<Arch> {
  if (outcome !== 'failed' || !failure) return new Set();
  return new Set([...failure.arches, ...(failure.arch ? [failure.arch] : [])]);
}

/** Milliseconds from the start of a build to the first time when the tag pointed at what it gave. */
function leadsOf({ attempts, history, provenance, digest }: Counted, asOf: string): number[] {
  const starts = new Map<string, string>();
  if (digest && provenance?.startedAt) starts.set(digest, provenance.startedAt);
  for (const run of endedBuilds(attempts, asOf))
    if (run.digest && run.outcome === 'ok') starts.set(run.digest, run.startedAt);
  return [...starts].flatMap(([of, startedAt]) => {
    const moves = history.flatMap((move) => (move.digest === of ? [Date.parse(move.from)] : []));
    const ms = Math.min(...moves) - Date.parse(startedAt);
    return Number.isFinite(ms) && ms >= 0 ? [ms] : [];
  });
}

export const PROOFS = ['signature', 'provenance', 'sbom'] as const;
export type Proof = (typeof PROOFS)[number];

export interface TrustFigures {
  channel: Image['channel'];
  /** Images at which a tag points and that are counted. */
  images: number;
  /** Of those that were looked at: how many have it, verified or not; and how many were found wrong. */
  proofs: Record<Proof, Share & { verified: number; failed: number }>;
}

/** Which images carry a signature, an attestation and an SBOM, by channel. */
export function trustFigures(images: readonly Image[]): TrustFigures[] {
  const published = images.filter((image) => isCounted(image) && image.digest !== null);
  return [...Map.groupBy(published, ({ channel }) => channel)].map(([channel, some]) => ({
    channel,
    images: some.length,
    proofs: {
      signature: proofOf(some.map(({ signature }) => signature?.state)),
      provenance: proofOf(some.map(({ provenance }) => provenance?.state)),
      sbom: proofOf(some.map(({ sbom }) => sbom?.state)),
    },
  }));
}

type ProofState = NonNullable<Image['signature']>['state'] | undefined;

function proofOf(states: readonly ProofState[]): Share & { verified: number; failed: number } {
  const seen = states.filter((state) => state !== undefined && state !== 'not-checked');
  const count = (...wanted: ProofState[]) => seen.filter((state) => wanted.includes(state)).length;
  const has = count('verified', 'present-unverified', 'failed');
  // A small number of images is no sample of others: it is all that there are.
  const share = seen.length > 0 ? has / seen.length : null;
  return { count: has, n: seen.length, share, verified: count('verified'), failed: count('failed') };
}

/** How many images equal their counterpart, differ from it, or could not be compared. */
export function parityFigures(images: readonly Image[]): { equal: number; differs: number; unknown: number } {
  const marks = images
    .filter(isCounted)
    .flatMap(({ parity, channel }) => (parity && channel === 'development' ? [parityMark(parity).shape] : []));
  const count = (shape: (typeof marks)[number]) => marks.filter((mark) => mark === shape).length;
  return { equal: count('equal'), differs: count('differs'), unknown: count('question') };
}

export interface ProblemFigures {
  source: Snapshot['problems'][number]['source'];
  open: number;
  /** Since when the oldest of them is open. */
  since: string;
}

/** Open problems by source, the most first. */
export function problemFigures(problems: Snapshot['problems']): ProblemFigures[] {
  return [...Map.groupBy(problems, ({ source }) => source)]
    .map(([source, some]) => ({
      source,
      open: some.length,
      since: some.map(({ since }) => since).toSorted()[0] ?? '',
    }))
    .sort((a, b) => b.open - a.open);
}
