import { offsetMs } from '#sim/clock.ts';
import type { registry } from '#sim/registry/registry.ts';
import type { Settled } from '#sim/settled.ts';
import type { Cluster } from '#world/cluster.ts';
import type { World } from '#world/model.ts';
import { type Detail, labelsOf, madeBy, pipelineRun, type Thing } from './objects.ts';
import { componentObject, leadsOn, releaseObject, snapshotObject } from './outcomes.ts';
import { type Build, buildsOf, isOpen } from './runs.ts';
import { type ScenarioRun, scenarioRuns } from './scenarios.ts';
import { logOf, podOf, taskRun } from './tasks.ts';

/** Objects that follow from a world's builds at a moment, as the cluster and as its archive know them. */

const OF_RUN = /(?:^|,)tekton\.dev\/pipelineRun==?([^,]+)/;
const WINDOW_MS = 14 * 86_400_000;

export interface Derived {
  namespaces: ReadonlySet<string>;
  /** Objects of a kind by its plural, the newest first; `labels` is the selector, which may spare work. */
  objects: (kind: string, isArchive: boolean, namespace: string, nowMs: number, labels: string) => Promise<Thing[]>;
  /** What a pod has printed; null for a pod that no build has. */
  log: (isArchive: boolean, namespace: string, pod: string, nowMs: number) => string | null;
}

/** The objects of a world that has a cluster. */
export function derivedFrom(
  world: World,
  cluster: Cluster,
  settled: Settled,
  store: ReturnType<typeof registry>,
): Derived {
  const builds = buildsOf(world, settled);
  const namespaces = new Set(builds.map(({ namespace }) => namespace));
  const forgetsMs = offsetMs(cluster.forgets);

  async function digestOf({ place, tag, pushedMs }: Build, nowMs: number): Promise<string | null> {
    const repo = settled.repos.get(place);
    if (!repo || pushedMs === null) return null;
    const { rows } = await store.shelf(repo, nowMs);
    return rows.find((row) => row.tag === tag && row.startMs === pushedMs)?.digest ?? null;
  }

  async function detailOf(build: Build, nowMs: number): Promise<Detail> {
    const made = madeBy(build, await digestOf(build, nowMs));
    const pins = await store.pinsOf({ inputs: { base: null, compose: null, pipeline: build.pipeline } });
    return { made, pins };
  }

  /** Builds that the one or the other knows at a moment. */
  function known(isArchive: boolean, namespace: string, nowMs: number): Build[] {
    return builds.filter((build) => {
      if (build.namespace !== namespace || nowMs < build.startMs) return false;
      if (build.isGhost) return isArchive;
      if (isArchive) return !isOpen(build, nowMs);
      return isOpen(build, nowMs) || nowMs < build.endMs + forgetsMs;
    });
  }

  /** Runs of scenarios that the one or the other knows. */
  const tested = (isArchive: boolean, namespace: string, nowMs: number): ScenarioRun[] =>
    builds
      .filter((build) => build.namespace === namespace)
      .flatMap((build) => scenarioRuns(build, nowMs))
      .filter(({ endMs }) => isArchive || nowMs < endMs + forgetsMs);

  // A refresh asks many times at one moment; a moment later everything may differ.
  let moment = { nowMs: Number.NaN, lists: new Map<string, Promise<Thing[]>>() };

  function objects(
    kind: string,
    isArchive: boolean,
    namespace: string,
    nowMs: number,
    labels: string,
  ): Promise<Thing[]> {
    // Task runs are many, and asked for run by run.
    const [, run] = OF_RUN.exec(labels) ?? [];
    if (kind === 'taskruns' && run)
      return taskRuns(
        known(isArchive, namespace, nowMs).filter(({ name }) => name === run),
        tested(isArchive, namespace, nowMs).filter((one) => one.run.metadata.name === run),
        nowMs,
      );
    if (moment.nowMs !== nowMs) moment = { nowMs, lists: new Map() };
    const key = `${kind} ${isArchive} ${namespace}`;
    const list = moment.lists.get(key) ?? made(kind, isArchive, namespace, nowMs);
    moment.lists.set(key, list);
    return list;
  }

  async function taskRuns(of: readonly Build[], tests: readonly ScenarioRun[], nowMs: number): Promise<Thing[]> {
    const lists = of.map(async (build) => {
      if (build.isGhost || build.ends === 'queued') return [];
      const told = { ...(await detailOf(build, nowMs)), labels: labelsOf(build) };
      return build.legs.flatMap((leg) => (leg.createdMs <= nowMs ? [taskRun(build, leg, told, nowMs)] : []));
    });
    return [...(await Promise.all(lists)).flat(), ...tests.map((one) => one.taskRun)];
  }

  async function made(kind: string, isArchive: boolean, namespace: string, nowMs: number): Promise<Thing[]> {
    const runs = known(isArchive, namespace, nowMs);
    const tests = tested(isArchive, namespace, nowMs);
    if (kind === 'pipelineruns') {
      const built = runs.map(async (build) => pipelineRun(build, await detailOf(build, nowMs), nowMs));
      return [...(await Promise.all(built)), ...tests.map((one) => one.run)];
    }
    if (kind === 'taskruns') return taskRuns(runs, tests, nowMs);
    // These stay where they are for days, and components for ever; the archive gets them only when they go.
    if (isArchive) return [];
    const own = builds.filter((build) => build.namespace === namespace && build.startMs <= nowMs);
    const done = own.filter((build) => leadsOn(build, nowMs) && nowMs - build.endMs < WINDOW_MS);
    if (kind === 'snapshots')
      return Promise.all(done.map(async (build) => snapshotObject(build, await digestOf(build, nowMs), nowMs)));
    if (kind === 'releases') return done.flatMap((build) => releaseObject(build, nowMs) ?? []);
    const groups = [...Map.groupBy(own, ({ component }) => component).values()];
    const components = groups.map(async (group) => {
      const good = group.find((build) => leadsOn(build, nowMs));
      return componentObject(group, good ? await digestOf(good, nowMs) : null, nowMs);
    });
    return (await Promise.all(components)).flatMap((one) => one ?? []);
  }

  function log(isArchive: boolean, namespace: string, pod: string, nowMs: number): string | null {
    for (const build of known(isArchive, namespace, nowMs))
      for (const leg of build.legs)
        if (podOf(build, leg) === pod) return logOf(build, leg, build.isGhost ? build.endMs : nowMs);
    return tested(isArchive, namespace, nowMs).find((one) => one.pod === pod)?.log ?? null;
  }

  return { namespaces, objects, log };
}
