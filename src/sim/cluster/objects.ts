import { instant } from '#sim/clock.ts';
import { meantOf } from '#sim/pipeline/good-run.ts';
import { pipelineNamed, uidOf } from '#sim/pipeline/names.ts';
import type { PracticeTask } from '#sim/pipeline/practice.ts';
import { type Made, runValues, specOf, valuesOf } from '#sim/pipeline/values.ts';
import { bundleOf } from '#sim/registry/build-run.ts';
import type { Pins } from '#sim/settled.ts';
import { childrenOf } from './children.ts';
import { type Build, isOpen, setName } from './runs.ts';

/** Pipeline runs of a pretend cluster as the Kubernetes API gives them, at a moment. */

export type Words = Record<string, string>;

export interface Thing {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    generation: number;
    creationTimestamp: string;
    labels: Words;
    annotations: Words;
  };
  [field: string]: unknown;
}

/** What a build made, and what it came from. */
export interface Detail {
  made: Made;
  pins: Pins;
}

const SOURCE = 'https://example.org/sample/recipes';

/** What its run and its tasks were given; `digest` is what it gave. */
export function madeBy(build: Build, digest: string | null): Made {
  const commit = commitOf(build);
  return {
    ...{ place: build.place, tag: commit, commit, digest, source: SOURCE, legs: new Map() },
    ...{ buildArgs: [], checks: build.outcome.checks ?? null },
  };
}

/** `metadata` of an object that began and was last changed at these moments. */
export function metadata(
  name: string,
  namespace: string,
  [startMs, changedMs]: readonly [number, number],
  labels: Words = {},
  annotations: Words = {},
): Thing['metadata'] {
  return {
    ...{ name, namespace, uid: uidOf(`${namespace} ${name} ${startMs}`), generation: 1 },
    resourceVersion: String(Math.floor(changedMs / 1_000)),
    creationTimestamp: instant(startMs),
    ...{ labels, annotations },
  };
}

const commitOf = ({ uid }: Build): string => `sample${uid.replaceAll('-', '')}`.slice(0, 40);

export function labelsOf(build: Build): Words {
  return {
    'app.kubernetes.io/managed-by': 'pipelinesascode.tekton.dev',
    'appstudio.openshift.io/application': build.application,
    'appstudio.openshift.io/component': build.component,
    'pipelines.appstudio.openshift.io/type': 'build',
    'pipelinesascode.tekton.dev/event-type': build.event,
    'pipelinesascode.tekton.dev/sha': commitOf(build),
    // Tekton sets it when the run begins.
    ...(build.ends === 'queued' ? {} : { 'tekton.dev/pipeline': pipelineNamed(build.pipeline?.image ?? null) }),
    ...(build.change === null ? {} : { 'pipelinesascode.tekton.dev/pull-request': String(build.change) }),
  };
}

/** The pipeline run. A ghost is told as it was while it ran. */
export function pipelineRun(build: Build, { made, pins }: Detail, nowMs: number): Thing {
  const open = build.isGhost || isOpen(build, nowMs);
  const isQueued = build.ends === 'queued';
  const changedMs = open ? build.startMs : build.endMs;
  const gave = build.ends === 'ok' && !open;
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: {
      ...metadata(build.name, build.namespace, [build.startMs - queueMs(build), changedMs], labelsOf(build), {
        'build.appstudio.redhat.com/commit_sha': commitOf(build),
        'build.appstudio.redhat.com/target_branch': 'main',
        ...(gave && build.outcome.signed ? { 'chains.tekton.dev/signed': String(build.outcome.signed) } : {}),
        ...(gave && build.change === null ? { 'appstudio.openshift.io/snapshot': setName(build) } : {}),
      }),
      uid: build.uid,
    },
    spec: {
      pipelineRef: { resolver: 'bundles', params: refOf(pins) },
      params: valuesOf(runValues(made, build.arches)).map(({ name, value }) => ({ name, value })),
      ...(isQueued ? { status: 'PipelineRunPending' } : {}),
    },
    status: {
      ...(isQueued ? {} : { startTime: instant(build.startMs) }),
      ...(open ? {} : { completionTime: instant(build.endMs) }),
      conditions: [{ ...runCondition(build, open), type: 'Succeeded', lastTransitionTime: instant(changedMs) }],
      ...(gave
        ? {
            results: [
              { name: 'IMAGE_URL', value: `${build.place}:${build.tag}` },
              ...(made.digest === null ? [] : [{ name: 'IMAGE_DIGEST', value: made.digest }]),
            ],
          }
        : {}),
      ...(isQueued || build.isGhost ? {} : { childReferences: childrenOf(build, build.legs, nowMs) }),
      ...(isQueued ? {} : { pipelineSpec: specOf((task) => bundleOf(task, pins), isKnown(build)) }),
      ...(open || isQueued ? {} : { skippedTasks: [SKIPPED] }),
    },
  };
}

const SKIPPED = { name: 'build-source-image', reason: 'When Expressions evaluated to false' };

/** How long it waited before it began. */
const queueMs = ({ uid }: Build): number => (3 + (Number.parseInt(uid.slice(0, 2), 16) % 40)) * 1_000;

function refOf({ pipeline }: Pins) {
  return [
    { name: 'name', value: pipelineNamed(pipeline) },
    ...(pipeline ? [{ name: 'bundle', value: pipeline }] : []),
    { name: 'kind', value: 'pipeline' },
  ];
}

/** Tasks of its pipeline, with the one that is skipped. */
function isKnown({ pipeline }: Build): (task: PracticeTask) => boolean {
  const isMeant = meantOf(pipeline);
  return (task) => task.name === SKIPPED.name || isMeant(task);
}

function runCondition({ name, ends, broken, legs, startMs, endMs }: Build, open: boolean) {
  const tasks = new Set(legs.map(({ of }) => of.name)).size;
  const done = (failed: number, cancelled: number) =>
    `Tasks Completed: ${tasks} (Failed: ${failed}, Cancelled ${cancelled}), Skipped: 1`;
  if (open && ends === 'queued')
    return { status: 'Unknown', reason: 'PipelineRunPending', message: 'sample: waits in the queue' };
  if (open) return { status: 'Unknown', reason: 'Running', message: 'sample: some tasks are not done' };
  if (ends === 'cancelled') return { status: 'False', reason: 'Cancelled', message: 'PipelineRun was cancelled' };
  if (ends === 'timeout')
    return {
      ...{ status: 'False', reason: 'PipelineRunTimeout' },
      message: `PipelineRun ${name} failed to finish within "${spanOf(endMs - startMs)}"`,
    };
  if (broken) return { status: 'False', reason: 'Failed', message: done(1, 0) };
  return { status: 'True', reason: 'Succeeded', message: done(0, 0) };
}

/** As Go writes it: `2h0m0s`. */
export function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 3_600)}h${Math.floor((seconds % 3_600) / 60)}m${seconds % 60}s`;
}
