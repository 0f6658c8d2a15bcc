import { offsetMs, stamp } from '#sim/clock.ts';
import { goodRunOf, meantOf } from '#sim/pipeline/good-run.ts';
import { identityOf } from '#sim/pipeline/names.ts';
import { BUILD } from '#sim/pipeline/practice.ts';
import { courseOf, type Leg, legsAt, type Stop } from '#sim/pipeline/timeline.ts';
import type { Ancestor, Life, Settled } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import type { Break, Cluster, Component, Promotion, Run } from '#world/cluster.ts';
import type { World } from '#world/model.ts';

/** Every build of a pretend cluster at absolute times: one of each push, and those that the world adds. */

export interface Build {
  name: string;
  uid: string;
  component: string;
  application: string;
  namespace: string;
  /** `quay.io/namespace/name`. */
  place: string;
  arches: readonly Arch[];
  /** Runs of its tasks, legs of the matrix apart; of one that broke, those that began. */
  legs: readonly Leg[];
  startMs: number;
  /** Infinity: never. */
  endMs: number;
  ends: Run['ends'];
  /** When its image was pushed under the tag; null where no tag points at one. */
  pushedMs: number | null;
  tag: string;
  /** Where its recipe lies. */
  source: string;
  event: string;
  change: number | null;
  isGhost: boolean;
  /** The bundle of its pipeline. */
  pipeline: Ancestor | null;
  broken: Broken | null;
  outcome: Outcome;
}

export type Broken = { [Field in keyof Break]-?: NonNullable<Break[Field]> };

export interface Outcome {
  checks: Component['checks'];
  signed: boolean | 'failed';
  tests: NonNullable<Component['tests']>;
  /** Per scenario what its run has printed. */
  findings: Readonly<Record<string, string>>;
  optional: readonly string[];
  promotion: Promotion | null;
}

const BASE_IMAGES = 'https://gitlab.com/fedora/bootc/base-images';
const ARCHES: readonly Arch[] = ['x86_64', 'aarch64', 'ppc64le', 's390x'];

/** All builds of a world, the newest first; throws where the world contradicts itself. */
export function buildsOf(world: World, settled: Settled): Build[] {
  const { cluster } = world;
  const builds = (cluster?.components ?? []).flatMap((row) =>
    (row.release ?? ['']).flatMap((release) =>
      (row.variant ?? ['']).flatMap((variant) => {
        const fill = (text: string) => text.replaceAll('{release}', release).replaceAll('{variant}', variant);
        return cluster ? ofComponent(world.id, cluster, row, fill, settled) : [];
      }),
    ),
  );
  return builds.sort((a, b) => b.startMs - a.startMs);
}

function ofComponent(
  id: string,
  { defaults, breaks }: Cluster,
  own: Component,
  fill: (text: string) => string,
  { repos, nowMs }: Settled,
): Build[] {
  const row = { ...defaults, ...own };
  const { tag = 'latest' } = row;
  const named = (field: 'component' | 'application' | 'repository'): string => {
    if (row[field] === undefined) throw new Error(`World ${id}: a component of the cluster has no "${field}". Add it.`);
    return fill(row[field]);
  };
  const repository = named('repository');
  const place = repos.has(repository) ? repository : `quay.io/${repository}`;
  const component = named('component');
  const lives = repos.get(place)?.lives.filter((life) => life.tag === tag);
  if (!lives)
    throw new Error(`World ${id}: there is no repository ${repository} for the component ${component}. Add it.`);
  const { checks, signed = true, tests = {}, findings = {}, optional = [], promotion = null } = row;
  const shared = {
    ...{ component, application: named('application'), namespace: row.namespace ?? 'bootc-tenant', place, tag },
    source: lives.at(-1)?.recipe.labels['org.opencontainers.image.source'] ?? BASE_IMAGES,
    outcome: { checks, signed, tests, findings, optional, promotion },
  };
  const good = lives.map((life) => ({ ...shared, ...buildOf(life, component, place) }));
  const others = own.runs.flatMap(repeated).map((run) => {
    const startMs = nowMs + offsetMs(run.at);
    const before = lives.findLast((life) => life.startMs <= startMs) ?? lives[0];
    const arches = row.arches ?? before?.recipe.arches.map(({ arch }) => arch) ?? ARCHES;
    const pipeline = before?.inputs.pipeline ?? null;
    return { ...shared, ...other(run, breaks, { component, startMs, arches, pipeline }) };
  });
  return [...good, ...others];
}

/** The build that a push tells of. */
function buildOf({ recipe, inputs: { pipeline }, startMs: pushedMs }: Life, component: string, place: string) {
  const arches = recipe.arches.map(({ arch }) => arch);
  const run = goodRunOf(place, pushedMs, arches, pipeline);
  return {
    ...identityOf(component, run.startMs, 'push'),
    ...{ ...run, arches, pipeline, pushedMs },
    ...{ ends: 'ok' as const, event: 'push', change: null, isGhost: false, broken: null },
  };
}

function repeated(run: Run): Run[] {
  const stepMs = offsetMs(run.every ?? '');
  return Array.from({ length: run.count ?? 1 }, (_, index) => ({
    ...run,
    at: `${(offsetMs(run.at) - index * stepMs) / 60_000}m`,
  }));
}

type About = Pick<Build, 'component' | 'startMs' | 'arches' | 'pipeline'>;

/** A build that the world adds. */
function other(run: Run, breaks: Cluster['breaks'], { component, startMs, arches, pipeline }: About) {
  const { ends, event, change = null, ghost: isGhost } = run;
  const identity = identityOf(component, startMs, change === null ? 'push' : 'pull-request');
  const broken = ends === 'failed' ? brokenBy({ ...breaks[run.like ?? ''], ...run }) : null;
  const course = courseOf({ seed: identity.name, arches, isMeant: meantOf(pipeline), stop: stopOf(ends, broken) });
  const lengthMs = run.takes ? offsetMs(run.takes) : course.seconds * 1_000;
  const isOpen = ends === 'never' || ends === 'queued';
  return {
    ...identity,
    ...{ startMs, endMs: isOpen ? Number.POSITIVE_INFINITY : startMs + lengthMs, pushedMs: null },
    ...{ legs: legsAt(course, startMs, lengthMs), arches, pipeline, ends, event, change, isGhost, broken },
  };
}

function stopOf(ends: Run['ends'], broken: Broken | null): Stop | null {
  if (broken) return { how: 'broken', ...broken };
  if (ends === 'cancelled' || ends === 'timeout') return { how: 'cancelled' };
  return ends === 'never' ? { how: 'hangs' } : null;
}

function brokenBy({ task, arches, step, reason, message, log }: Break): Broken {
  return {
    task: task ?? BUILD,
    arches: arches ?? [],
    step: step ?? 'build',
    reason: reason ?? 'Error',
    message: message ?? '"step-build" exited with code 1',
    log: log ?? 'error: sample failure',
  };
}

/** Whether it runs or waits at a moment. */
export const isOpen = (build: Build, nowMs: number): boolean => nowMs < build.endMs;

/** Name of the Snapshot that it leads to. */
export function setName({ application, endMs, uid }: Build): string {
  const ms = String(Number.parseInt(uid.slice(0, 6), 16) % 1_000).padStart(3, '0');
  return `${application}-sample-${stamp(endMs)}-${ms}`;
}
