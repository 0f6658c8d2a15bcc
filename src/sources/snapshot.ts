import type { Watched } from '#sources/registry/repository.ts';
import type { Blocker } from '#status/blocker.ts';
import { Parity } from '#status/change.ts';
import type { Compose, Stream } from '#status/compose.ts';
import type { ClusterKey } from '#status/key.ts';
import { describeRelease } from '#status/lifecycle.ts';
import type { FailedAttempt, Image, Release, Snapshot, SourceId, SourceReport } from '#status/model.ts';
import type { Watch } from '#status/parse.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import type { Target } from '#status/targets.ts';
import { judged } from '#status/verdict.ts';
import { known, polled } from './evidence.ts';
import type { Report } from './report.ts';

/** From evidence to a snapshot: counterparts, verdicts and problems put together. */

interface Parts {
  watch: Watch;
  images: readonly Watched[];
  releases: Release[];
  composes: Compose[];
  streams: Stream[];
  blockers: Blocker[];
  pipelines: SeenPipeline[];
  clusterKey: ClusterKey | null;
  sources: SourceReport[];
  report: Report;
  only: ReadonlySet<SourceId>;
  now: string;
}

/** The snapshot of a refresh in which at least one source has answered. */
export function assemble({
  watch,
  images,
  releases,
  composes,
  streams,
  blockers,
  pipelines,
  clusterKey,
  report,
  only,
  now,
}: Parts): Snapshot {
  const judgedImages = judgeAll(images, releases, now);
  for (const { id, verdict } of judgedImages) {
    const { plan } = verdict.facets;
    if (plan.expired) report.problem('quay', id, 'waiver', `${plan.issue} until ${plan.until}`);
  }
  return {
    schema: 1,
    generatedAt: now,
    judgedAt: now,
    mode: 'live',
    dataMaxAge: watch.file.dataMaxAge,
    refreshEvery: watch.file.refreshEvery,
    sources: report.sources(only),
    releases,
    images: judgedImages,
    composes,
    streams,
    blockers,
    pipelines,
    clusterKey,
    problems: report.problems(only),
  };
}

/** A kept snapshot as it stands at `now`, for the targets of today; nothing is asked. */
export function rejudge(snapshot: Snapshot, watch: Watch, now: string): Snapshot {
  const images = new Map(snapshot.images.map((image) => [image.id, image]));
  const watched = watch.targets.map((target) => ({ target, evidence: known(target, images.get(target.id)) }));
  return {
    ...snapshot,
    judgedAt: now,
    mode: snapshot.mode === 'sample' ? 'sample' : 'kept',
    dataMaxAge: watch.file.dataMaxAge,
    refreshEvery: watch.file.refreshEvery,
    releases: releasesOf(snapshot, watch, now),
    images: judgeAll(watched, releasesOf(snapshot, watch, now), now),
  };
}

/** A kept snapshot with what a later refresh, in which no source answered, found out about the sources. */
export function withAttempt(snapshot: Snapshot, attempt: FailedAttempt, watch: Watch): Snapshot {
  const asked = new Set(attempt.sources.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const images = snapshot.images.map((image) => {
    const source = image.lastPoll?.by.quay ? 'quay' : 'oci';
    return asked.has(source)
      ? { ...image, ...polled(image, source, 'failed', attempt.at), verdict: image.verdict, arches: image.arches }
      : image;
  });
  const kept = rejudge({ ...snapshot, images }, watch, attempt.at);
  return { ...kept, sources: attempt.sources, problems: attempt.problems };
}

function releasesOf(snapshot: Snapshot, watch: Watch, now: string): Release[] {
  return [...new Set(watch.targets.map(({ release }) => release))].map(
    (id) =>
      snapshot.releases.find((release) => release.id === id) ??
      describeRelease(id, [], [], watch.file, Date.parse(now)),
  );
}

function judgeAll(watched: readonly Watched[], releases: readonly Release[], now: string): Image[] {
  const byId = new Map(watched.map(({ target, evidence }) => [target.id, evidence]));
  return watched.map(({ target, evidence }) => {
    const other = target.parity ? byId.get(target.parity) : undefined;
    const counterpart = other ? { id: other.id, digest: other.digest, createdAt: other.createdAt } : null;
    const sameDigest = evidence.digest && other?.digest ? evidence.digest === other.digest : null;
    const known = evidence.parity?.with === other?.id ? evidence.parity : null;
    const parity = other ? Parity.parse({ ...known, with: other.id, sameDigest }) : null;
    return judged({ ...evidence, counterpart, parity }, target, releaseOf(target, releases), now);
  });
}

function releaseOf(target: Target, releases: readonly Release[]): Release {
  return (
    releases.find(({ id }) => id === target.release) ?? {
      id: target.release,
      name: target.release,
      state: 'unknown',
      eolAt: null,
    }
  );
}
