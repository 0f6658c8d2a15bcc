import { instant } from '#sim/clock.ts';
import type { Arch } from '#status/model.ts';
import { labelsOf, metadata, PLATFORMS, type Thing } from './objects.ts';
import type { Build } from './runs.ts';

/** Task runs of a pretend build as the Kubernetes API gives them, at a moment, and what their pods have printed. */

/** Tasks in their order, each with the part of the run at which it ends. */
const TASKS: readonly (readonly [task: string, end: number])[] = [
  ['sample-init', 0.02],
  ['sample-clone', 0.05],
  ['sample-build', 0.87],
  ['sample-index', 0.91],
  ['sample-inspect', 1],
];

export interface Leg {
  task: string;
  arch: Arch | null;
  startMs: number;
  endMs: number;
  isBroken: boolean;
}

/** The tasks that a build has run, legs of the matrix apart; of one that broke, up to where it broke. */
export function legsOf(build: Build): Leg[] {
  const { startMs, endMs, broken, arches } = build;
  const lengthMs = Number.isFinite(endMs) ? endMs - startMs : 12 * 60_000;
  const brokenAt = TASKS.findIndex(([task]) => task === broken?.task);
  const extra: (typeof TASKS)[number][] = broken && brokenAt < 0 ? [[broken.task, 1]] : [];
  const tasks = [...(brokenAt < 0 ? TASKS : TASKS.slice(0, brokenAt + 1)), ...extra];
  return tasks.flatMap(([task, end], index): Leg[] => {
    const from = tasks[index - 1]?.[1] ?? 0;
    const times = { startMs: startMs + lengthMs * from, endMs: startMs + lengthMs * end };
    const isHere = task === broken?.task;
    if (task !== 'sample-build') return [{ task, arch: null, ...times, isBroken: isHere }];
    const bad = broken && broken.arches.length > 0 ? broken.arches : arches;
    return arches.map((arch) => ({ task, arch, ...times, isBroken: isHere && bad.includes(arch) }));
  });
}

export const podOf = (build: Build, { task, arch }: Leg): string => `${taskRunName(build, task, arch)}-pod`;

const taskRunName = ({ name }: Build, task: string, arch: Arch | null): string =>
  `${name}-${task.replace('sample-', '')}${arch ? `-${arch.replace('_', '-')}` : ''}`;

/** One task run that has begun. */
export function taskRun(build: Build, leg: Leg, nowMs: number): Thing {
  const { task, arch, startMs, endMs, isBroken } = leg;
  const open = nowMs < endMs || !Number.isFinite(build.endMs);
  const isCancelled = build.ends === 'cancelled' && task === 'sample-build';
  const step = isBroken ? (build.broken?.step ?? 'build') : 'build';
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: metadata(taskRunName(build, task, arch), build.namespace, [startMs, open ? startMs : endMs], {
      ...labelsOf(build),
      'tekton.dev/pipelineRun': build.name,
      'tekton.dev/pipelineRunUID': build.uid,
      'tekton.dev/pipelineTask': task,
      ...(arch ? { 'build.appstudio.redhat.com/target-platform': PLATFORMS[arch].replace('/', '-') } : {}),
    }),
    spec: { taskRef: { name: task }, params: arch ? [{ name: 'PLATFORM', value: PLATFORMS[arch] }] : [] },
    status: {
      podName: podOf(build, leg),
      startTime: instant(startMs),
      ...(open ? {} : { completionTime: instant(endMs) }),
      conditions: [
        {
          ...taskCondition(build, isBroken, isCancelled, open),
          type: 'Succeeded',
          lastTransitionTime: instant(open ? startMs : endMs),
        },
      ],
      ...(open ? {} : { steps: [stepOf(build, step, leg)] }),
      ...(!open && build.outcome.checks && task === 'sample-inspect' ? { results: [checkOf(build, endMs)] } : {}),
    },
  };
}

function taskCondition({ broken }: Build, isBroken: boolean, isCancelled: boolean, open: boolean) {
  if (open)
    return { status: 'Unknown', reason: 'Running', message: 'Not all Steps in the Task have finished executing' };
  if (isBroken) return { status: 'False', reason: 'Failed', message: broken?.message ?? '' };
  if (isCancelled) return { status: 'False', reason: 'TaskRunCancelled', message: 'TaskRun was cancelled' };
  return { status: 'True', reason: 'Succeeded', message: 'All Steps have completed executing' };
}

function stepOf({ broken }: Build, name: string, { startMs, endMs, isBroken }: Leg) {
  const reason = isBroken ? (broken?.reason ?? 'Error') : 'Completed';
  const exitCode = isBroken ? (reason === 'OOMKilled' ? 137 : 1) : 0;
  const terminated = { exitCode, reason, startedAt: instant(startMs), finishedAt: instant(endMs) };
  return { name, container: `step-${name}`, terminated };
}

function checkOf({ outcome: { checks } }: Build, endMs: number) {
  const isBad = checks === 'FAILURE' || checks === 'ERROR';
  const value = {
    result: checks,
    timestamp: instant(endMs),
    successes: 3,
    failures: isBad ? 1 : 0,
    warnings: checks === 'WARNING' ? 1 : 0,
  };
  return { name: 'TEST_OUTPUT', type: 'string', value: JSON.stringify(value) };
}

/** What a step of a pod has printed. */
export function logOf(build: Build, leg: Leg): string {
  const at = instant(leg.endMs);
  const end = leg.isBroken ? (build.broken?.log ?? `${at} error: sample failure`) : `${at} sample: done`;
  return [`${instant(leg.startMs)} sample: ${leg.task} begins`, end, ''].join('\n');
}
