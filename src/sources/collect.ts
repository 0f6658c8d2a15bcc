import { createHash } from 'node:crypto';
import { askClusterKey, clusterVerifier } from '#sources/cluster/key.ts';
import { joinRuns } from '#sources/cluster/runs.ts';
import { askComposes } from '#sources/composes/composes.ts';
import { askForges } from '#sources/forges/forges.ts';
import { joinReports } from '#sources/forges/test-reports.ts';
import { trace } from '#sources/lineage/lineage.ts';
import { compare } from '#sources/packages/comparison.ts';
import { readSboms } from '#sources/packages/sbom.ts';
import { scanLayers } from '#sources/packages/scan.ts';
import { verifier } from '#sources/provenance/key.ts';
import { attest } from '#sources/provenance/provenance.ts';
import { explainRefusal, type Listing, type Poller, poll } from '#sources/registry/poll.ts';
import type { Quay } from '#sources/registry/quay.ts';
import { namespaceOf, type Watched } from '#sources/registry/repository.ts';
import { assess } from '#sources/security/vulnerabilities.ts';
import type { BlockersFile } from '#status/blockers-file.ts';
import { diff } from '#status/diff.ts';
import type { Evidence } from '#status/facets.ts';
import { Event } from '#status/history.ts';
import type { ClusterKey } from '#status/key.ts';
import { describeRelease } from '#status/lifecycle.ts';
import { type FailedAttempt, type Release, type Snapshot, SOURCES, type SourceId } from '#status/model.ts';
import type { Watch } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import type { Clients } from './clients.ts';
import { asSourceError } from './error.ts';
import { known } from './evidence.ts';
import type { Context, Pass } from './pass.ts';
import type { Records } from './records.ts';
import { type Report, report } from './report.ts';
import { assemble } from './snapshot.ts';

/** One refresh: targets, sources and the last snapshot to the next one; no single source can stop it. */

/** What is found out about an image once its tag is polled, in this order: each may use what came before it. */
const PASSES: readonly Pass[] = [readSboms, scanLayers, assess, joinRuns, joinReports, trace, compare];

export interface Refresh {
  watch: Watch;
  /** What people wrote down about upstream; without it the forges are not asked. */
  blockers?: BlockersFile | null;
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
    only,
    report: tally,
    releases: previous?.releases ?? [],
    scanBytes: refresh.scanBytes ?? 0,
    isDue: isDue(only, nowMs),
  };
  // Read while the tags are: a signature waits for it, a tag does not.
  const clusterKey = askClusterKey(context);
  const [releases, images, { composes, streams }, blockers] = await Promise.all([
    askReleases(refresh, only, tally),
    askImages(refresh, only, tally, clusterKey),
    askComposes(context),
    askForges(context),
  ]);
  let watched: readonly Watched[] = images;
  for (const pass of PASSES) watched = await pass({ ...context, releases }, watched);
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

async function askReleases(
  { clients, watch, previous, nowMs }: Refresh,
  only: ReadonlySet<SourceId>,
  tally: Report,
): Promise<Release[]> {
  const ask = async <T>(source: 'bodhi' | 'endoflife', question: () => Promise<T[]>): Promise<T[] | null> => {
    if (!only.has(source)) return null;
    try {
      return await tally.asked(source, question());
    } catch (error) {
      const { kind, message } = asSourceError(error);
      tally.problem(source, null, kind, message);
      return null;
    }
  };
  const [bodhi, endoflife] = await Promise.all([ask('bodhi', clients.bodhi), ask('endoflife', clients.endoflife)]);
  const ids = [...new Set(watch.targets.map(({ release }) => release))];
  return ids.map((id) => {
    const before = previous?.releases.find((release) => release.id === id);
    const described = describeRelease(id, bodhi ?? [], endoflife ?? [], watch.file, nowMs);
    // With one voice missing, what both said before is worth more than what is left.
    const isWeaker = (!bodhi || !endoflife) && before && before.state !== 'unknown';
    return isWeaker && !bodhi ? { ...before, name: described.name } : described;
  });
}

async function askImages(
  refresh: Refresh,
  only: ReadonlySet<SourceId>,
  tally: Report,
  clusterKey: Promise<ClusterKey | null>,
): Promise<Watched[]> {
  const { watch, previous, clients, isMine = () => true, onProgress } = refresh;
  const images = new Map(previous?.images.map((image) => [image.id, image]));
  const all = watch.targets.map((target) => {
    const image = images.get(target.id);
    // What one registry told says nothing about another.
    return { target, evidence: known(target, image?.registry === target.registry ? image : undefined) };
  });
  const mine = all.filter(({ target }, index) => target.plan !== 'not-planned' && isMine(target, index));
  const quay = only.has('quay') ? clients.quay : null;
  const listings = await list(quay, mine, tally);
  const poller: Omit<Poller, 'oci'> = { report: tally, quay, listings, answered: new Set(), refused: new Map() };
  const groups = Map.groupBy(mine, ({ target }) => `${target.registry}/${target.repository}`);
  const trust = attesting(refresh, only, tally, clusterKey);
  const polledById = new Map<string, Watched>();
  let done = 0;
  await Promise.all(
    [...groups].map(async ([name, watched]) => {
      const oci = only.has('oci') ? clients.oci(watched[0]?.target.registry ?? '') : null;
      const evidence = await poll({ ...poller, oci }, watched);
      await Promise.all(
        watched.map(async ({ target, evidence: before }, index) => {
          const one = evidence[index];
          if (one) polledById.set(target.id, { target, evidence: await trust({ target, evidence: one }, before) });
        }),
      );
      done += 1;
      onProgress?.(done, groups.size, name);
    }),
  );
  const now = iso(tally.nowMs);
  return all.map((one) => {
    const watched = polledById.get(one.target.id) ?? one;
    return { ...watched, evidence: explainRefusal({ ...poller, oci: null }, watched, now) };
  });
}

/** Whether a source is to be asked of an image: of one that was seen in this refresh; where nothing else is asked, of every one. */
function isDue(only: ReadonlySet<SourceId>, nowMs: number): Context['isDue'] {
  const now = iso(nowMs);
  const isAlone = !only.has('quay') && !only.has('oci');
  return ({ evidence: { lastPoll, digest } }, source) => {
    const isSeen = lastPoll?.at === now && (lastPoll.outcome === 'ok' || lastPoll.outcome === 'unchanged');
    return only.has(source) && digest !== null && (isSeen || isAlone);
  };
}

/** Reads what was signed for an image. */
function attesting(
  { watch, clients, records }: Refresh,
  only: ReadonlySet<SourceId>,
  tally: Report,
  clusterKey: Promise<ClusterKey | null>,
) {
  const keys = new Map(watch.file.keys?.map(({ id, pem }) => [id, verifier(pem)]));
  const due = isDue(only, tally.nowMs);
  return async (one: Watched, before: Evidence): Promise<Evidence> => {
    if (!due(one, 'provenance')) return one.evidence;
    const more = clusterVerifier(await clusterKey, watch, one.target);
    const oci = clients.oci(one.target.registry, 'provenance');
    return attest({ oci, report: tally, keys, more, records }, one, before);
  };
}

/** The public repositories of each watched namespace: one question tells whether anything has changed. */
async function list(quay: Quay | null, watched: readonly Watched[], tally: Report): Promise<Map<string, Listing>> {
  const onQuay = quay ? watched.filter(({ target }) => target.api !== null) : [];
  const namespaces = [...new Set(onQuay.map(({ target }) => namespaceOf(target.repository)))];
  const listed = await Promise.all(
    namespaces.map(async (namespace): Promise<[string, Listing][]> => {
      if (!quay) return [];
      try {
        return [[namespace, await tally.asked('quay', quay.namespace(namespace))]];
      } catch (error) {
        const failure = asSourceError(error);
        tally.problem('quay', null, failure.kind, `list of ${namespace}: ${failure.message}`);
        return [[namespace, failure]];
      }
    }),
  );
  return new Map(listed.flat());
}
