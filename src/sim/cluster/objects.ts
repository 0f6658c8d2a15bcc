import { instant } from '#sim/clock.ts';
import type { Arch } from '#status/model.ts';
import { type Build, isOpen, setName, uidOf } from './runs.ts';

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

const TASKS = 5;
export const PLATFORMS: Record<Arch, string> = {
  x86_64: 'linux/x86_64',
  aarch64: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  s390x: 'linux/s390x',
};
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
    ...(build.change === null ? {} : { 'pipelinesascode.tekton.dev/pull-request': String(build.change) }),
  };
}

/** The pipeline run; `digest` is what it gave. A ghost is told as it was while it ran. */
export function pipelineRun(build: Build, digest: string | null, nowMs: number): Thing {
  const open = build.isGhost || isOpen(build, nowMs);
  const isQueued = build.ends === 'queued';
  const changedMs = open ? build.startMs : build.endMs;
  const gave = build.ends === 'ok' && !open;
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: {
      ...metadata(build.name, build.namespace, [build.startMs, changedMs], labelsOf(build), {
        'build.appstudio.redhat.com/commit_sha': commitOf(build),
        'build.appstudio.redhat.com/target_branch': 'main',
        ...(gave && build.outcome.signed ? { 'chains.tekton.dev/signed': 'true' } : {}),
        ...(gave && build.change === null ? { 'appstudio.openshift.io/snapshot': setName(build) } : {}),
      }),
      uid: build.uid,
    },
    spec: {
      pipelineRef: { resolver: 'bundles', params: [{ name: 'name', value: 'sample' }] },
      params: [{ name: 'build-platforms', value: build.arches.map((arch) => PLATFORMS[arch]) }],
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
              ...(digest === null ? [] : [{ name: 'IMAGE_DIGEST', value: digest }]),
            ],
          }
        : {}),
    },
  };
}

function runCondition({ ends, broken }: Build, open: boolean) {
  const done = (failed: number, cancelled: number) =>
    `Tasks Completed: ${TASKS} (Failed: ${failed}, Cancelled ${cancelled}), Skipped: 0`;
  if (open && ends === 'queued')
    return { status: 'Unknown', reason: 'PipelineRunPending', message: 'sample: waits in the queue' };
  if (open) return { status: 'Unknown', reason: 'Running', message: 'sample: some tasks are not done' };
  if (ends === 'cancelled') return { status: 'False', reason: 'Cancelled', message: 'PipelineRun was cancelled' };
  if (broken) return { status: 'False', reason: 'Failed', message: done(1, 0) };
  return { status: 'True', reason: 'Succeeded', message: done(0, 0) };
}
