import { SourceError } from '#sources/error.ts';
import type { Context, Pass } from '#sources/pass.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { Evidence } from '#status/facets.ts';
import type { Build } from '#status/run.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import { type Asker, asker, type Place } from './ask.ts';
import { pathOf } from './client.ts';
import { Component, distinct, PipelineRun, wordOf } from './objects.ts';
import { digestIn } from './outcomes.ts';
import { readTasks } from './run-details.ts';
import { withOutcomes, withoutOthers } from './run-outcomes.ts';
import { attemptOf, buildOf, isBuild, isFinished, LABELS, mergeAttempts, SELECTORS } from './runs-join.ts';

/** Builds, tests and promotions, from the cluster and its archive. */

const HOUR_MS = 3_600_000;
/** How far back the archive is read the first time. */
const WINDOW_MS = 14 * 24 * HOUR_MS;
/** What was archived late must not be missed. */
const OVERLAP_MS = 2 * HOUR_MS;

type Konflux = NonNullable<Target['konflux']>;

/** One image that Konflux builds. */
interface Built extends Watched {
  konflux: Konflux;
}

export const joinRuns: Pass = async (context, images) => {
  const asked = asker(context);
  if (!asked.live && !asked.archive) {
    for (const source of ['konflux', 'kubearchive'] as const) context.report.skip(source);
    return images.map((one) => ({ ...one, evidence: withoutOthers(one.evidence) }));
  }
  const built = images.flatMap((one): Built[] =>
    one.target.konflux && isAsked(context, one) ? [{ ...one, konflux: one.target.konflux }] : [],
  );
  const groups = Map.groupBy(built, ({ konflux }) => konflux.namespace);
  const joined = new Map<string, Evidence>();
  await Promise.all(
    [...groups].map(async ([namespace, ofNamespace]) => {
      const runs = await listRuns(context, asked, namespace, ofNamespace);
      await Promise.all(
        ofNamespace.map(async (one) => joined.set(one.target.id, await join(context, asked, one, runs))),
      );
    }),
  );
  return images.map((one) => ({ ...one, evidence: joined.get(one.target.id) ?? one.evidence }));
};

/** Whether this refresh is about the image: a build can fail of which nothing was ever published. */
function isAsked({ only, nowMs }: Context, { target, evidence }: Watched): boolean {
  const isAlone = !only.has('quay') && !only.has('oci');
  return target.plan !== 'not-planned' && (isAlone || evidence.lastPoll?.at === iso(nowMs));
}

interface Runs {
  /** Builds by component. */
  byComponent: ReadonlyMap<string, PipelineRun[]>;
  isLive: boolean;
  isArchived: boolean;
}

/** All builds of a namespace: live ones, and those archived since it was last read; null where nobody answered. */
async function listRuns(
  context: Context,
  { live, archive, list }: Asker,
  namespace: string,
  built: readonly Built[],
): Promise<Runs | null> {
  const place: Place = { namespace, kind: 'pipelineruns' };
  const read = async (client: typeof live, more: { creationTimestampAfter?: string }) => {
    const lists = await Promise.all(
      SELECTORS.map((labelSelector) =>
        list(client, place, null, (one) =>
          one.list(namespace, 'pipelineruns', PipelineRun, { labelSelector, ...more }),
        ),
      ),
    );
    return lists.includes(null) ? null : lists.flatMap((items) => items ?? []);
  };
  const creationTimestampAfter = iso(windowOf(built, context.nowMs));
  const [now, then] = await Promise.all([read(live, {}), read(archive, { creationTimestampAfter })]);
  if (!now && !then) return null;
  // What was archived while it ran is no longer true.
  const ended = then?.filter(isFinished) ?? [];
  const byUid = distinct(now ?? [], ended, ({ metadata }) => metadata.uid).filter(isBuild);
  const runs = distinct([], byUid, ({ metadata }) => metadata.name);
  const byComponent = Map.groupBy(runs, (run) => wordOf(run, ...LABELS.component) ?? '');
  return { byComponent, isLive: now !== null, isArchived: then !== null };
}

/** From when on the archive is read: since it last was, and since the oldest run that had not ended then. */
function windowOf(built: readonly Built[], nowMs: number): number {
  const starts = built.flatMap(({ evidence: { build, attempts } }) => [
    build?.archivedAt ? Date.parse(build.archivedAt) - OVERLAP_MS : 0,
    ...attempts.flatMap((one) => (one.outcome === 'running' ? [Date.parse(one.startedAt) - OVERLAP_MS] : [])),
  ]);
  return Math.max(nowMs - WINDOW_MS, Math.min(nowMs, ...starts));
}

async function join(context: Context, asked: Asker, one: Built, runs: Runs | null): Promise<Evidence> {
  const { target, konflux } = one;
  const { nowMs, watch } = context;
  const ui = watch.file.services['konflux']?.ui ?? null;
  const pageOf = (path: string) => (ui ? `${ui}/ns/${encodeURIComponent(konflux.namespace)}/${path}` : null);
  const urlOf = (run: string) => pageOf(`pipelinerun/${encodeURIComponent(run)}`);
  const evidence = runs ? await withRuns(context, asked, one, runs, urlOf) : one.evidence;
  const promotionUrl = (name: string) =>
    pageOf(`applications/${encodeURIComponent(konflux.application)}/releases/${encodeURIComponent(name)}`);
  return withOutcomes(asked, konflux, evidence, { at: iso(nowMs), testUrl: urlOf, promotionUrl, target: target.id });
}

async function withRuns(
  { nowMs, records }: Context,
  asked: Asker,
  { target, konflux, evidence }: Built,
  { byComponent, isLive, isArchived }: Runs,
  urlOf: (run: string) => string | null,
): Promise<Evidence> {
  const told = byComponent.get(konflux.component) ?? [];
  const runs = told.map((run) => attemptOf(run, urlOf));
  const isWhole = isLive && (isArchived || (asked.archive === null && !asked.isPart));
  const merged = mergeAttempts(evidence.attempts, { runs, isWhole, nowMs });
  const reader = { asker: asked, namespace: konflux.namespace, target: target.id, nowMs, runs: told, records };
  const attempts = await readTasks(reader, merged, evidence.digest);
  const before = evidence.build;
  const build: Build = {
    ...buildOf(attempts, evidence.digest, before),
    checkedAt: iso(nowMs),
    archivedAt: isArchived ? iso(nowMs) : (before?.archivedAt ?? null),
    promoted: attempts.length === 0 ? await askComponent(asked, konflux, target.id) : null,
    buildSet: before?.buildSet ?? null,
  };
  return { ...evidence, attempts, build };
}

/** What the Component remembers of its last good build; tells too whether there is such a component at all. */
async function askComponent({ live, ask }: Asker, konflux: Konflux, target: string): Promise<Build['promoted']> {
  const { namespace, component } = konflux;
  const path = `${pathOf(namespace, 'components')}/${encodeURIComponent(component)}`;
  const found = await ask(live, { namespace, kind: 'components' }, target, async (one) => {
    const told = await one.get(path, Component);
    if (!told) throw new SourceError(one.source, 'not-found', `the component ${component} in ${namespace}`);
    return told;
  });
  if (!found?.status) return null;
  const { lastBuiltCommit, lastPromotedImage } = found.status;
  return { commit: lastBuiltCommit?.slice(0, 300) || null, digest: digestIn(lastPromotedImage) };
}
