import type { Derived } from '#sim/cluster/derived.ts';
import type { Thing } from '#sim/cluster/objects.ts';
import type { Broken } from '#sim/cluster/runs.ts';
import { logOf, podOf, type Told, taskRun } from '#sim/cluster/tasks.ts';
import type { PracticeTask } from '#sim/pipeline/practice.ts';
import type { Leg } from '#sim/pipeline/timeline.ts';

/** Runs that controllers and clients have begun: what is to become of them, and their task runs at a moment. */

export interface LiveRun {
  namespace: string;
  name: string;
  uid: string;
  startMs: number;
  endMs: number;
  legs: readonly Leg[];
  ends: 'ok' | 'failed' | 'cancelled' | 'timeout';
  broken: Broken | null;
  /** Why it never began; null when it did. */
  refused: { reason: string; message: string } | null;
  /** Those of its pipeline, with those that are skipped. */
  tasks: readonly PracticeTask[];
  told: Told;
}

export interface Live {
  add: (run: LiveRun) => void;
  get: (namespace: string, name: string) => LiveRun | null;
  /** Ends it at a moment: what would have come later never was. */
  cut: (run: LiveRun, atMs: number, ends: 'cancelled' | 'timeout') => LiveRun;
  remove: (namespace: string, name: string) => void;
  /** Those that go on at a moment. */
  openAt: (nowMs: number) => LiveRun[];
  /** Keeps what a run was when it ended, for the archive. */
  keep: (run: Thing) => void;
}

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** The derived objects of a world with those of the live runs. */
export function liveOver(derived: Derived): { live: Live; derived: Derived } {
  const runs = new Map<string, LiveRun>();
  const ended = new Map<string, Thing>();

  const live: Live = {
    add: (run) => void runs.set(keyOf(run.namespace, run.name), run),
    get: (namespace, name) => runs.get(keyOf(namespace, name)) ?? null,
    cut: (run, atMs, ends) => {
      const cut = { ...run, ...shortened(run, atMs), endMs: atMs, ends };
      live.add(cut);
      return cut;
    },
    remove: (namespace, name) => void runs.delete(keyOf(namespace, name)),
    openAt: (nowMs) => [...runs.values()].filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs),
    keep: (run) => void ended.set(keyOf(run.metadata.namespace, run.metadata.name), run),
  };

  function tasksAt(namespace: string, nowMs: number, isArchive: boolean): Thing[] {
    return [...runs.values()]
      .toReversed()
      .flatMap((run) =>
        run.namespace !== namespace || (isArchive && nowMs < run.endMs)
          ? []
          : run.legs.flatMap((leg) => (leg.createdMs <= nowMs ? [taskRun(run, leg, run.told, nowMs)] : [])),
      );
  }

  function logAt(namespace: string, pod: string, nowMs: number): string | null {
    for (const run of runs.values())
      for (const leg of run.namespace === namespace ? run.legs : [])
        if (podOf(run, leg) === pod && leg.startMs <= nowMs && run.broken?.step !== '') return logOf(run, leg, nowMs);
    return null;
  }

  return {
    live,
    derived: {
      namespaces: derived.namespaces,
      async objects(kind, isArchive, namespace, nowMs, labels) {
        const known = await derived.objects(kind, isArchive, namespace, nowMs, labels);
        if (kind === 'taskruns') return [...tasksAt(namespace, nowMs, isArchive), ...known];
        if (kind !== 'pipelineruns' || !isArchive) return known;
        return [...[...ended.values()].filter(({ metadata }) => metadata.namespace === namespace), ...known];
      },
      log: (isArchive, namespace, pod, nowMs) =>
        logAt(namespace, pod, nowMs) ?? derived.log(isArchive, namespace, pod, nowMs),
    },
  };
}

/** Legs as far as they came; what would have broken later has not. */
function shortened({ legs, broken }: LiveRun, atMs: number): Pick<LiveRun, 'legs' | 'broken'> {
  const begun = legs.filter(({ createdMs }) => createdMs <= atMs);
  const isBroken = begun.some(({ endMs, plannedMs }) => endMs < plannedMs && endMs <= atMs);
  return {
    broken: isBroken ? broken : null,
    legs: begun.map((leg) => ({
      ...leg,
      startMs: Math.min(leg.startMs, atMs),
      endMs: Math.min(!isBroken && leg.endMs < leg.plannedMs ? leg.plannedMs : leg.endMs, atMs),
    })),
  };
}
