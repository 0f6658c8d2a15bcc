import { createHash } from 'node:crypto';
import type { Walkthrough } from '#pipeline/walkthrough.ts';
import { askClusterKey } from '#sources/cluster/key.ts';
import { joinRuns } from '#sources/cluster/runs.ts';
import { askComposes } from '#sources/composes/composes.ts';
import { askForges } from '#sources/forges/forges.ts';
import { joinReports } from '#sources/forges/test-reports.ts';
import { trace } from '#sources/lineage/lineage.ts';
import { compare } from '#sources/packages/comparison.ts';
import { readSboms } from '#sources/packages/sbom.ts';
import { scanLayers } from '#sources/packages/scan.ts';
import { askPipelines } from '#sources/pipelines/pipelines.ts';
import { askImages } from '#sources/registry/images.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { askReleases } from '#sources/releases/releases.ts';
import { assess } from '#sources/security/vulnerabilities.ts';
import type { BlockersFile } from '#status/blockers-file.ts';
import { diff } from '#status/diff.ts';
import { Event } from '#status/history.ts';
import { type FailedAttempt, type Snapshot, SOURCES, type SourceId } from '#status/model.ts';
import type { NewcomersFile } from '#status/newcomers-file.ts';
import type { Watch } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import type { Clients } from './clients.ts';
import { sound } from './evidence.ts';
import { guarded } from './guard.ts';
import { type Context, isDue, type Pass } from './pass.ts';
import { memoryShelf, type Records, type Shelf } from './records.ts';
import { report } from './report.ts';
import { assemble } from './snapshot.ts';

/** One refresh: targets, sources and the last snapshot to the next one; no single source can stop it. */

/** What is found out about an image once its tag is polled, in this order: each may use what came before it. */
const PASSES: readonly { source: SourceId; what: string; pass: Pass }[] = [
  { source: 'sbom', what: 'package lists', pass: readSboms },
  { source: 'sbom', what: 'packages in layers', pass: scanLayers },
  { source: 'bodhi', what: 'security updates and scans', pass: assess },
  { source: 'konflux', what: 'builds, tests and promotions', pass: joinRuns },
  { source: 'gitlab', what: 'test reports', pass: joinReports },
  { source: 'provenance', what: 'lineage', pass: trace },
  { source: 'sbom', what: 'comparison of packages', pass: compare },
];

export interface Refresh {
  watch: Watch;
  /** What people wrote down about upstream; without it the forges are not asked. */
  blockers?: BlockersFile | null;
  /** Where newcomers find something to do; without it nobody is asked for that. */
  newcomers?: NewcomersFile | null;
  /** Whose pipelines are read; left out: none is, and what is known of them is kept. */
  walkthroughs?: readonly Walkthrough[];
  /** YAML from upstream; forgotten when left out. */
  upstream?: Shelf;
  previous: Snapshot | null;
  clients: Clients;
  records: Records;
  nowMs: number;
  /** Bytes of layers that may be read to find packages; none when left out. */
  scanBytes?: number;
  /** Sources to ask; the others keep what is known. */
  only?: ReadonlySet<SourceId>;
  /** Targets to poll; the others keep what is known. */
  isMine?: (target: Target, index: number) => boolean;
  onProgress?: (done: number, of: number, what: string) => void;
}

export type Collected =
  | { hasAnswer: true; snapshot: Snapshot; events: Event[] }
  | { hasAnswer: false; attempt: FailedAttempt };

/** Asks every source once and returns the next snapshot, or the failed attempt when none has answered. */
export async function collect(refresh: Refresh): Promise<Collected> {
  const { watch, previous, clients, nowMs } = refresh;
  const only = refresh.only ?? new Set<SourceId>(SOURCES);
  const tally = report(previous, clients.http, nowMs);
  const context: Context = {
    ...refresh,
    blockers: refresh.blockers ?? null,
    newcomers: refresh.newcomers ?? null,
    walkthroughs: refresh.walkthroughs ?? [],
    upstream: refresh.upstream ?? memoryShelf(),
    only,
    report: tally,
    releases: previous?.releases ?? [],
    scanBytes: refresh.scanBytes ?? 0,
    begun: { scans: Promise.resolve(new Map()), places: new Map() },
    isDue: isDue(only, nowMs),
  };
  const guard = <T>(source: SourceId, what: string, step: () => Promise<T>, otherwise: T) =>
    guarded(tally, source, what, step, otherwise);
  // Read while the tags are: a signature waits for it, a tag does not.
  const clusterKey = guard('konflux', 'key', () => askClusterKey(context), previous?.clusterKey ?? null);
  const [releases, { images, begun }, { composes, streams }, blockers] = await Promise.all([
    askReleases(context),
    askImages(context, { ...refresh, clusterKey }),
    guard('compose', 'composes', () => askComposes(context), {
      composes: previous?.composes ?? [],
      streams: previous?.streams ?? [],
    }),
    guard('github', 'blockers', () => askForges(context), previous?.blockers ?? []),
  ]);
  // After the tags, which must not wait for it, and beside all else.
  const known = previous?.pipelines ?? [];
  const pipelines = refresh.walkthroughs ? guard('oci', 'pipelines', () => askPipelines(context), known) : known;
  let watched: readonly Watched[] = images;
  for (const { source, what, pass } of PASSES) {
    const before = watched;
    watched = await guard(source, what, () => pass({ ...context, releases, begun }, before), before);
  }
  watched = sound(watched, previous, tally);
  const seen = await pipelines;
  const sources = tally.sources(only);
  const now = iso(nowMs);
  const isAsked = sources.some(({ checkedAt }) => checkedAt === now) || previous === null;
  if (isAsked && !sources.some(({ lastGoodAt }) => lastGoodAt === now))
    return { hasAnswer: false, attempt: { schema: 1, at: now, sources, problems: tally.problems(only) } };
  const snapshot = assemble({
    watch,
    images: watched,
    releases,
    composes,
    streams,
    blockers,
    pipelines: seen,
    clusterKey: await clusterKey,
    sources,
    report: tally,
    only,
    now,
  });
  return { hasAnswer: true, snapshot, events: eventsOf(previous, snapshot) };
}

function eventsOf(previous: Snapshot | null, snapshot: Snapshot): Event[] {
  // Parsed, so that the fields of an event have one order however it came about.
  return diff(previous, snapshot).map(({ key, ...event }) =>
    Event.parse({ ...event, id: createHash('sha256').update(key).digest('hex').slice(0, 32) }),
  );
}
