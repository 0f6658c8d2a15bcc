import { instant, stamp } from '#sim/clock.ts';
import { goodRunOf } from '#sim/pipeline/good-run.ts';
import { digestNamed, identityOf, pipelineNamed, taskRunNamed } from '#sim/pipeline/names.ts';
import type { PracticeTask } from '#sim/pipeline/practice.ts';
import { type Leg as Planned, stepsOf } from '#sim/pipeline/timeline.ts';
import { givenBy, givenTo, labelsOfLeg, type Made, RUNNER, runValues, type Values } from '#sim/pipeline/values.ts';
import type { Life, Pins } from '#sim/settled.ts';
import type { Leg } from './sbom.ts';

/** What a pretend pipeline did to build an image: its tasks with their times, parameters and results. */

export interface BuildRun {
  name: string;
  pipeline: string;
  startedOn: string;
  finishedOn: string;
  params: Values;
  tasks: BuildTask[];
}

export interface BuildTask {
  name: string;
  /** The name of its TaskRun. */
  run: string;
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

/** The run that made a digest; tasks with a matrix have a leg for each arch. */
export function buildRunOf(
  digest: string,
  place: string,
  { recipe, startMs, pins, inputs, run }: Life,
  legs: readonly Leg[],
): BuildRun {
  const arches = legs.map(({ arch }) => arch);
  const { startMs: beganMs, endMs, legs: planned } = run ?? goodRunOf(place, startMs, arches, inputs.pipeline);
  const made: Made = {
    ...{ place, digest, tag: run?.tag ?? stamp(beganMs), commit: run?.commit ?? `sample-${stamp(beganMs)}` },
    source: recipe.labels['org.opencontainers.image.source'] ?? 'https://example.org/sample/recipes',
    legs: new Map(legs.map(({ arch, ...leg }) => [arch, leg])),
    buildArgs: pins?.base ? [] : [`REPOS_IMAGE=${pins?.compose ?? composeOf(place, beganMs)}`],
    checks: 'SUCCESS',
  };
  const { name } = run ?? identityOf(place.split('/').at(-1) ?? place, beganMs, 'push');
  return {
    ...{ name, pipeline: pipelineNamed(inputs.pipeline?.image ?? null) },
    startedOn: instant(beganMs),
    finishedOn: instant(endMs),
    params: runValues(made, arches),
    tasks: planned.map((leg) => taskOf(name, leg, made, pins)),
  };
}

function taskOf(run: string, leg: Planned, made: Made, pins: Pins | undefined): BuildTask {
  const { of, nth, createdMs, startMs, endMs } = leg;
  return {
    ...{ name: of.name, run: taskRunNamed(run, of.name, nth), task: of.task, after: of.after ? [of.after] : [] },
    ...{ bundle: bundleOf(of, pins), image: RUNNER },
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
