import { FORGES, type ForgeId } from '#status/blocker.ts';
import type { Image, Snapshot, SourceId, SourceReport } from '#status/model.ts';
import type { Watch } from '#status/parse.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { keyOf } from './report.ts';
import { rejudge } from './snapshot.ts';

/** The snapshots of all shards of one refresh as one: of each image what was polled last. */
export function merge(parts: readonly Snapshot[], watch: Watch): Snapshot {
  const [newest, ...others] = [...parts].sort((a, b) => b.generatedAt.localeCompare(a.generatedAt));
  if (!newest) throw new RangeError('there is no snapshot to merge');
  const images = Map.groupBy(
    [newest, ...others].flatMap((part) => part.images),
    ({ id }) => id,
  );
  const isAsked = (part: Snapshot, id: SourceId) =>
    part.sources.some((source) => source.id === id && source.state !== 'skipped');
  // A part that did not ask a source still has what was wrong with it before.
  const problems = parts.flatMap((part) =>
    part.problems.filter(({ source }) => isAsked(part, source) || !parts.some((other) => isAsked(other, source))),
  );
  const keys = parts.flatMap(({ clusterKey }) => clusterKey ?? []);
  const joined: Snapshot = {
    ...newest,
    clusterKey: keys.sort((a, b) => a.since.localeCompare(b.since))[0] ?? null,
    images: [...images.values()].map((found) => found.reduce(later)),
    blockers: FORGES.flatMap((id) => lastTold(parts, id).blockers.filter(({ source }) => source === id)),
    pipelines: listed(parts).map(({ id }) => seenLast(parts, id)),
    problems: [...new Map(problems.map((one) => [keyOf(one, true), one])).values()],
  };
  const sources = newest.sources.map(({ id }) => ({
    ...parts.flatMap((part) => part.sources.filter((source) => source.id === id)).reduce(both),
    problems: joined.problems.filter(({ source }) => source === id).length,
  }));
  // Counterparts may have been polled by different shards.
  return { ...rejudge({ ...joined, sources }, watch, newest.judgedAt), mode: newest.mode };
}

const later = (a: Image, b: Image): Image => ((b.lastPoll?.at ?? '') > (a.lastPoll?.at ?? '') ? b : a);

/** When a pipeline was read; what a clock that ran ahead says counts as never. */
const readAt = (part: Snapshot, { readAt: at }: SeenPipeline): string =>
  at === null || at > part.generatedAt ? '' : at;

/** The pipelines of the part that has read any of them last: one that reads none may know of more, or of fewer. */
function listed(parts: readonly Snapshot[]): SeenPipeline[] {
  const lastOf = (part: Snapshot) =>
    part.pipelines
      .map((one) => readAt(part, one))
      .sort()
      .at(-1) ?? '';
  const [first] = parts
    .filter(({ pipelines }) => pipelines.length > 0)
    .sort((a, b) => lastOf(b).localeCompare(lastOf(a)) || b.generatedAt.localeCompare(a.generatedAt));
  return first?.pipelines ?? [];
}

function seenLast(parts: readonly Snapshot[], id: string): SeenPipeline {
  const all = parts.flatMap((part) =>
    part.pipelines.flatMap((one) => (one.id === id ? { one, at: readAt(part, one) } : [])),
  );
  // Of two that know the same, the one that asked in vain says why.
  return all.reduce((a, b) => (b.at > a.at || (b.at === a.at && a.one.why === null && b.one.why !== null) ? b : a)).one;
}

/** The part to which a forge has answered last. */
function lastTold(parts: readonly Snapshot[], id: ForgeId): Snapshot {
  const goodAt = (part: Snapshot) => part.sources.find((source) => source.id === id)?.lastGoodAt ?? '';
  return parts.reduce((a, b) => (goodAt(b) > goodAt(a) ? b : a));
}

const latest = (a: string | null, b: string | null): string | null => ((a ?? '') > (b ?? '') ? a : b);

function both(a: SourceReport, b: SourceReport): SourceReport {
  const states = [a.state, b.state].filter((state) => state !== 'skipped');
  const [first = 'skipped'] = states;
  return {
    id: a.id,
    state: states.every((state) => state === first) ? first : 'partial',
    requests: a.requests + b.requests,
    bytes: a.bytes + b.bytes,
    problems: 0,
    checkedAt: latest(a.checkedAt, b.checkedAt),
    lastGoodAt: latest(a.lastGoodAt, b.lastGoodAt),
    lastFailureAt: latest(a.lastFailureAt, b.lastFailureAt),
  };
}
