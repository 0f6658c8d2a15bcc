import { gitUrlOf, imageOf } from '#sim/kube/core/tenant.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { meantOf } from '#sim/pipeline/good-run.ts';
import { chance } from '#sim/pipeline/names.ts';
import { PRACTICE, type PracticeTask } from '#sim/pipeline/practice.ts';
import { courseOf, legsAt } from '#sim/pipeline/timeline.ts';
import type { Made } from '#sim/pipeline/values.ts';
import type { Pins } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import type { Images } from './images.ts';
import type { LiveRun } from './live.ts';
import type { Tree } from './manifest.ts';
import { durationMs, outputOf, paramOf, paramsOf, platformsOf, taskSpecOf } from './spec.ts';
import { type Grounds, verdictOf } from './verdict.ts';

/** From a PipelineRun that nobody has begun to what is to become of it. */

const MINUTE_MS = 60_000;
const TYPICAL_MINUTES: Readonly<Record<string, number>> = { test: 8, managed: 15, tenant: 10, final: 5 };
/** However slow its tasks are, no practice build takes longer. */
const LONGEST_MS = 14 * MINUTE_MS;
const ARCHES: readonly Arch[] = ['x86_64', 'aarch64', 'ppc64le', 's390x'];
const NO_PINS: Pins = { base: null, compose: null, pipeline: null, tasks: new Map() };
const TYPE = 'pipelines.appstudio.openshift.io/type';
const TASKS: Readonly<Record<string, readonly PracticeTask[]>> = {
  test: inARow('verify:report'),
  managed: inARow(
    ...['verify-access-to-resources', 'collect-data', 'reduce-snapshot', 'apply-mapping', 'verify-conforma'],
    ...['push-snapshot', 'update-cr-status'],
  ),
};
const OTHER = inARow('sample');

export interface Beginning extends Omit<Grounds, 'isMeant' | 'tree'> {
  images: Images;
  treeOf: (url: string, commit: string, nowMs: number) => Promise<Tree | null>;
  pinsOf: (life: { inputs: ReturnType<Images['inputsBefore']> }) => Promise<Pins>;
}

/** The run as it will go; `component` is the one whose build it is. */
export async function begun(
  run: KubeObject,
  component: KubeObject | null,
  startMs: number,
  beginning: Beginning,
): Promise<LiveRun> {
  const type = textOf(fieldOf(run.metadata.labels, TYPE));
  const whole = type === 'build' ? await build(run, component, startMs, beginning) : plain(run, type, startMs);
  const limit = durationMs(fieldOf(fieldOf(run['spec'], 'timeouts'), 'pipeline'));
  return limit !== null && startMs + limit < whole.endMs
    ? { ...whole, endMs: startMs + limit, ends: 'timeout' }
    : whole;
}

function plain(run: KubeObject, type: string, startMs: number): LiveRun {
  const tasks = TASKS[type] ?? OTHER;
  const course = courseOf({ seed: run.metadata.uid, arches: [], isMeant: () => true, stop: null, tasks });
  const minutes = TYPICAL_MINUTES[type] ?? 12;
  const lengthMs = Math.round(minutes * (0.9 + 0.2 * chance(run.metadata.name)) * 60) * 1_000;
  return {
    ...identityOf(run),
    ...{ startMs, endMs: startMs + lengthMs, legs: legsAt(course, startMs, lengthMs), ends: 'ok' },
    ...{ broken: null, refused: null, tasks, told: { made: null, pins: NO_PINS, labels: labelsOf(run) } },
  };
}

async function build(
  run: KubeObject,
  component: KubeObject | null,
  startMs: number,
  beginning: Beginning,
): Promise<LiveRun> {
  const { images } = beginning;
  const output = outputOf(run);
  const place = output?.place ?? (component ? imageOf(component) : '');
  const before = images.inputsBefore(place, startMs);
  const bundle = bundleNamed(run);
  const pipeline = bundle === '' ? before.pipeline : await images.ancestorOf(bundle, startMs);
  const isTold = meantOf(pipeline);
  const isMeant = (task: PracticeTask) =>
    isTold(task) && !(task.when?.[0] === 'skip-checks' && paramOf(run, 'skip-checks') === 'true');
  const commit = paramOf(run, 'revision');
  const source = paramOf(run, 'git-url') || (component ? gitUrlOf(component) : '');
  const tree = commit === '' ? null : await beginning.treeOf(source, commit, startMs);
  const asked = platformsOf(run).arches;
  const arches = asked.length > 0 ? asked : ARCHES;
  const { refused, broken } =
    bundle !== '' && pipeline === null
      ? { refused: noBundle(bundle), broken: null }
      : await verdictOf(run, component?.metadata.name ?? '', { ...beginning, tree, isMeant }, startMs);
  const stop = broken ? ({ how: 'broken', ...broken } as const) : null;
  const course = courseOf({ seed: run.metadata.uid, arches, isMeant, stop });
  const lengthMs = refused ? 1_000 : Math.min(course.seconds * 1_000, LONGEST_MS);
  const made: Made = {
    ...{
      place,
      tag: output?.tag ?? (commit || 'sample'),
      source,
      commit: commit || 'sample',
      digest: null,
      legs: new Map(),
    },
    ...{ buildArgs: paramsOf(run, 'build-args'), checks: 'SUCCESS' },
  };
  return {
    ...identityOf(run),
    ...{ startMs, endMs: startMs + lengthMs, legs: refused ? [] : legsAt(course, startMs, lengthMs) },
    ...{ ends: refused || broken ? 'failed' : 'ok', broken, refused },
    tasks: PRACTICE.filter((task) => isMeant(task) || task.when?.[0] === 'build-source-image'),
    told: {
      ...{ made, labels: labelsOf(run), specOf: (task: string) => taskSpecOf(run, task) },
      pins: await beginning.pinsOf({ inputs: { ...before, pipeline } }),
    },
  };
}

const identityOf = ({ metadata }: KubeObject) => ({
  ...{ namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid },
});

/** Tekton gives all labels of a run to its task runs. */
const labelsOf = ({ metadata }: KubeObject): Record<string, string> =>
  Object.fromEntries(Object.entries(fieldsOf(metadata.labels)).map(([name, value]) => [name, textOf(value)]));

const noBundle = (bundle: string) => ({
  reason: 'CouldntGetPipeline',
  message: `sample: the pipeline's bundle ${bundle} cannot be had: manifest unknown`,
});

/** The bundle that holds the pipeline of a run; empty where it names none. */
const bundleNamed = (run: KubeObject): string =>
  textOf(
    fieldOf(
      listOf(fieldOf(fieldOf(run['spec'], 'pipelineRef'), 'params')).find((row) => fieldOf(row, 'name') === 'bundle'),
      'value',
    ),
  );

/** Tasks one after the other, each as `name` or `name:step`. */
function inARow(...names: readonly string[]): PracticeTask[] {
  const split = names.map((one) => one.split(':'));
  return split.map(([name = '', step = 'run'], index) => ({
    ...{ name, task: name, after: split[index - 1]?.[0] ?? null, leg: null, when: null, waits: 3, takes: 60 },
    steps: [[step, 1]],
  }));
}
