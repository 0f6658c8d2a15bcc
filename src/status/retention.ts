import { z } from 'zod';
import { Digest, Instant } from './scalars.ts';

/** Which records are worth keeping: those of digests that a snapshot still compares. */

/** How many of the newest moves of a tag have their records kept; older ones need not be looked for. */
export const RECENT_MOVES = 14;
const WEEK_MS = 7 * 86_400_000;

/** What of a snapshot names digests. */
export const Naming = z.object({
  generatedAt: Instant,
  images: z.array(
    z.object({
      digest: Digest.nullable(),
      lastSeen: z.object({ digest: Digest }).nullable(),
      history: z.array(z.object({ digest: Digest, from: Instant })),
      attempts: z.array(z.object({ name: z.string() })).default([]),
    }),
  ),
});
export type Naming = z.infer<typeof Naming>;

/** Digests whose records are kept: of each image the present one, the newest 14 of its tag, and what it was a week ago. */
export function namedDigests({ generatedAt, images }: Naming): Set<string> {
  const weekAgo = Date.parse(generatedAt) - WEEK_MS;
  return new Set(
    images.flatMap(({ digest, lastSeen, history }) => {
      const before = history.find(({ from }) => Date.parse(from) <= weekAgo);
      return [
        digest,
        lastSeen?.digest,
        before?.digest,
        ...history.slice(0, RECENT_MOVES).map((move) => move.digest),
      ].flatMap((one) => one ?? []);
    }),
  );
}

const OF_DIGEST = /^(?:packages\/([0-9a-f]{64})\/|(?:recordings|scans|bases)\/([0-9a-f]{64})\.json$)/;

/** Whether a record, named like `recordings/<hex>.json`, is kept; one that belongs to no digest is. */
export function isKept(name: string, digests: ReadonlySet<string>): boolean {
  const [, packages, recording] = OF_DIGEST.exec(name) ?? [];
  const hex = packages ?? recording;
  return hex === undefined || digests.has(`sha256:${hex}`);
}
