import { instant, stamp } from '#sim/clock.ts';
import { digestNamed, identityOf } from '#sim/pipeline/names.ts';
import type { PracticeTask } from '#sim/pipeline/practice.ts';
import { meantBy, type Leg as Planned, stepsOf, timeline } from '#sim/pipeline/timeline.ts';
import { givenBy, givenTo, labelsOfLeg, type Made, RUNNER, runValues, type Values } from '#sim/pipeline/values.ts';
import type { Life, Pins } from '#sim/settled.ts';
import type { Leg } from './sbom.ts';

/** What a pretend pipeline did to build an image: its tasks with their times, parameters and results. */

export interface BuildRun {
  name: string;
  startedOn: string;
  finishedOn: string;
  params: Values;
  tasks: BuildTask[];
}

export interface BuildTask {
  name: string;
  /** Its name in its bundle. */
  task: string;
  after: readonly string[];
  bundle: string;
  /** Of its steps. */
  image: string;
  createdOn: string;
  startedOn: string;
  finishedOn: string;
  steps: { name: string; startedOn: string; finishedOn: string }[];
  params: Values;
  results: Record<string, string>;
  labels: Record<string, string>;
}

/** As long as the pretend cluster has a build take. */
const RUN_MS = 12 * 60_000;

/** The run that made a digest; tasks with a matrix have a leg for each arch. */
export function buildRunOf(
  digest: string,
  place: string,
  { recipe, startMs, pins, inputs }: Life,
  legs: readonly Leg[],
): BuildRun {
  const beganMs = startMs - RUN_MS;
  const arches = legs.map(({ arch }) => arch);
  const made: Made = {
    ...{ place, digest, tag: stamp(beganMs), commit: `sample-${stamp(beganMs)}` },
    source: recipe.labels['org.opencontainers.image.source'] ?? 'https://example.org/sample/recipes',
    legs: new Map(legs.map(({ arch, ...leg }) => [arch, leg])),
    buildArgs: pins?.base ? [] : [`REPOS_IMAGE=${pins?.compose ?? composeOf(place, beganMs)}`],
    checks: 'SUCCESS',
  };
  const isMeant = meantBy(inputs.pipeline?.recipe.holds?.names.keys() ?? null);
  const planned = timeline({ arches, startMs: beganMs, lengthMs: RUN_MS, isMeant });
  const component = place.split('/').at(-1) ?? place;
  return {
    name: identityOf(component, beganMs, 'push').name,
    startedOn: instant(beganMs),
    finishedOn: instant(startMs),
    params: runValues(made, arches),
    tasks: planned.map((leg) => taskOf(leg, made, pins)),
  };
}

function taskOf(leg: Planned, made: Made, pins: Pins | undefined): BuildTask {
  const { of, createdMs, startMs, endMs } = leg;
  return {
    ...{ name: of.name, task: of.task, after: of.after ? [of.after] : [], bundle: bundleOf(of, pins), image: RUNNER },
    ...{ createdOn: instant(createdMs), startedOn: instant(startMs), finishedOn: instant(endMs) },
    steps: stepsOf(leg).map((step) => ({
      ...{ name: step.name, startedOn: instant(step.startMs), finishedOn: instant(step.endMs) },
    })),
    ...{ params: givenTo(leg, made), results: givenBy(leg, made), labels: labelsOfLeg(leg) },
  };
}

/** The bundle of a task; one that nobody holds where the world says nothing of pipelines. */
export function bundleOf({ task }: PracticeTask, pins: Pins | undefined): string {
  const name = `task-${task}`;
  return pins?.tasks.get(name) ?? `quay.io/sample/tekton-catalog/${name}:0.1-sample@${digestNamed(name)}`;
}

function composeOf(place: string, beganMs: number): string {
  const tag = `Fedora-sample-${stamp(beganMs).slice(0, 8)}.n.0`;
  return `${place.replace(/-[a-z]+$/, '')}-compose:${tag}@${digestNamed(tag)}`;
}
