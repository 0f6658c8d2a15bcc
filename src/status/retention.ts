import { z } from 'zod';
import { Digest, Instant } from './scalars.ts';

/** Which records are worth keeping: those of digests that a snapshot still compares, and of runs that it still tells of. */

/** How many of the newest moves of a tag have their records kept; older ones need not be looked for. */
export const RECENT_MOVES = 14;
const WEEK_MS = 7 * 86_400_000;

const Run = z.object({ name: z.string() });

/** What of a snapshot names digests and runs. */
export const Naming = z.object({
  generatedAt: Instant,
  images: z.array(
    z.object({
      digest: Digest.nullable(),
      lastSeen: z.object({ digest: Digest }).nullable(),
      history: z.array(z.object({ digest: Digest, from: Instant })),
      attempts: z.array(Run).default([]),
      build: z.object({ of: Run.nullable() }).nullable().default(null),
    }),
  ),
  pipelines: z
    .array(z.object({ digest: Digest.nullable(), versions: z.array(z.object({ digest: Digest })) }))
    .optional(),
});
export type Naming = z.infer<typeof Naming>;

export interface Named {
  digests: ReadonlySet<string>;
  /** Names of runs. */
  runs: ReadonlySet<string>;
}

/** Whose records are kept: of each image its digests, the runs that it tells of, and the one that gave it; of each pipeline its versions. */
export function namedBy(naming: Naming): Named {
  const runs = naming.images.flatMap(({ attempts, build }) => [...attempts, ...(build?.of ? [build.of] : [])]);
  return { digests: namedDigests(naming).union(versionsIn(naming)), runs: new Set(runs.map(({ name }) => name)) };
}

/** Of each pipeline the present definition and those before it. */
export const versionsIn = ({ pipelines = [] }: Pick<Naming, 'pipelines'>): Set<string> =>
  new Set(pipelines.flatMap(({ digest, versions }) => [digest ?? [], ...versions.map((one) => one.digest)].flat()));

/** Of each image the present digest, the newest 14 of its tag, and what it was a week ago. */
function namedDigests({ generatedAt, images }: Naming): Set<string> {
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

const OF_DIGEST = /^(?:packages\/([0-9a-f]{64})\/|(?:recordings|scans|bases|pipelines)\/([0-9a-f]{64})\.json$)/;
const OF_RUN = /^recordings\/run-(.+)\.json$/;

/** Whether a record, named like `recordings/<hex>.json`, is kept; one that belongs to no digest and no run is. */
export function isKept(name: string, { digests, runs }: Named): boolean {
  const [, run] = OF_RUN.exec(name) ?? [];
  if (run !== undefined) return runs.has(run);
  const [, packages, recording] = OF_DIGEST.exec(name) ?? [];
  const hex = packages ?? recording;
  return hex === undefined || digests.has(`sha256:${hex}`);
}
