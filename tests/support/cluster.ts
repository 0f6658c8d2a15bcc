import type { Condition } from '#sources/cluster/objects.ts';
import { BuildSet, PipelineRun, Release, TaskRun } from '#sources/cluster/objects.ts';
import { hoursAgo } from './snapshot.ts';

/** Objects of a cluster as the API gives them, with as little in them as there can be. */

type Words = Record<string, string>;

export const BUILD: Words = {
  'pipelines.appstudio.openshift.io/type': 'build',
  'pipelinesascode.tekton.dev/event-type': 'push',
  'appstudio.openshift.io/component': 'standard-45',
};

export function metadata(name: string, hours: number, labels: Words = {}, annotations: Words = {}) {
  return {
    ...{ name, namespace: 'team', uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: hoursAgo(hours) },
    ...{ labels, annotations },
  };
}

export function condition(status: Condition['status'], reason: string, message = ''): Condition {
  return { type: 'Succeeded', status, reason, message };
}

interface Made {
  labels?: Words;
  annotations?: Words;
  message?: string;
  results?: { name: string; value: unknown }[];
  /** Left out: none. */
  specStatus?: string;
  /** Not started. */
  isWaiting?: boolean;
}

/** A pipeline run that began so many hours before NOW and, unless it runs, took half an hour. */
export function run(
  name: string,
  hours: number,
  status: Condition['status'],
  reason: string,
  made: Made = {},
): PipelineRun {
  return PipelineRun.parse({
    metadata: metadata(name, hours, { ...BUILD, ...made.labels }, made.annotations),
    spec: { status: made.specStatus },
    status: {
      conditions: [condition(status, reason, made.message)],
      startTime: made.isWaiting ? undefined : hoursAgo(hours),
      completionTime: status === 'Unknown' ? undefined : hoursAgo(hours - 0.5),
      results: made.results,
    },
  });
}

/** A task run of a pipeline task. */
export function taskRun(task: string, status: Condition['status'], reason: string, more: Record<string, unknown> = {}) {
  const { platform, params, ...rest } = more;
  const labels = {
    'tekton.dev/pipelineTask': task,
    ...(typeof platform === 'string' ? { 'build.appstudio.redhat.com/target-platform': platform } : {}),
  };
  return TaskRun.parse({
    metadata: metadata(`${task}-${platform ?? ''}`, 2, labels),
    spec: { params },
    status: { conditions: [condition(status, reason)], podName: `${task}-pod`, completionTime: hoursAgo(1), ...rest },
  });
}

export function buildSet(name: string, image: string, annotations: Words = {}): BuildSet {
  return BuildSet.parse({
    metadata: metadata(name, 2, {}, annotations),
    spec: { components: [{ name: 'standard-45', containerImage: image }] },
  });
}

export function release(
  name: string,
  hours: number,
  released: [Condition['status'], string] | null,
  more: Record<string, unknown> = {},
): Release {
  const { plan = 'plan', conditions = [], ...rest } = more;
  const own = released ? [{ type: 'Released', status: released[0], reason: released[1], message: '' }] : [];
  return Release.parse({
    metadata: metadata(name, hours),
    spec: { snapshot: 'set', releasePlan: plan },
    status: { conditions: [...own, ...(Array.isArray(conditions) ? conditions : [])], ...rest },
  });
}
