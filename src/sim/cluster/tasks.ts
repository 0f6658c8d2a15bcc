import { instant } from '#sim/clock.ts';
import { taskRunNamed } from '#sim/pipeline/names.ts';
import { BUILD } from '#sim/pipeline/practice.ts';
import { isStruck, type Leg, stepsOf } from '#sim/pipeline/timeline.ts';
import { givenBy, givenTo, labelsOfLeg, RUNNER, refValues, valuesOf } from '#sim/pipeline/values.ts';
import { bundleOf } from '#sim/registry/build-run.ts';
import { type Detail, labelsOf, metadata, type Thing } from './objects.ts';
import type { Build } from './runs.ts';

/** Task runs of a pretend build as the Kubernetes API gives them, at a moment, and what their pods have printed. */

export const podOf = (build: Build, leg: Leg): string => `${nameOf(build, leg)}-pod`;

const nameOf = ({ name }: Build, { of, nth }: Leg): string => taskRunNamed(name, of.name, nth);

const isBroken = ({ broken }: Build, { of, arch }: Leg): boolean =>
  broken !== null && of.name === broken.task && isStruck(broken.arches, arch);

/** One task run that has been made. */
export function taskRun(build: Build, leg: Leg, { made, pins }: Detail, nowMs: number): Thing {
  const { of, createdMs, startMs, endMs, plannedMs } = leg;
  const open = nowMs < endMs || (build.ends === 'never' && of.name === BUILD);
  const isBad = isBroken(build, leg);
  const isCancelled = !isBad && endMs < plannedMs;
  const gave = !open && !isBad && !isCancelled;
  const params = valuesOf(givenTo(leg, made));
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: metadata(nameOf(build, leg), build.namespace, [createdMs, open ? startMs : endMs], {
      ...labelsOf(build),
      'tekton.dev/pipelineRun': build.name,
      'tekton.dev/pipelineRunUID': build.uid,
      'tekton.dev/pipelineTask': of.name,
      ...labelsOfLeg(leg),
    }),
    spec: {
      taskRef: { kind: 'Task', resolver: 'bundles', params: refValues(of.task, bundleOf(of, pins)).map(untyped) },
      params: params.map(untyped),
    },
    status: {
      podName: podOf(build, leg),
      ...(startMs <= nowMs ? { startTime: instant(startMs) } : {}),
      ...(open ? {} : { completionTime: instant(endMs) }),
      conditions: [
        {
          ...taskCondition(build, isBad, isCancelled, open),
          type: 'Succeeded',
          lastTransitionTime: instant(open ? startMs : endMs),
        },
      ],
      ...(open ? {} : { steps: stepsRun(build, leg) }),
      ...(gave ? { results: valuesOf(givenBy(leg, made)) } : {}),
    },
  };
}

/** Of what a run is given Kubernetes wants no type. */
export const untyped = ({ name, value }: ReturnType<typeof valuesOf>[number]) => ({ name, value });

function taskCondition({ broken }: Build, isBad: boolean, isCancelled: boolean, open: boolean) {
  if (open)
    return { status: 'Unknown', reason: 'Running', message: 'Not all Steps in the Task have finished executing' };
  if (isBad) return { status: 'False', reason: 'Failed', message: broken?.message ?? '' };
  if (isCancelled) return { status: 'False', reason: 'TaskRunCancelled', message: 'TaskRun was cancelled' };
  return { status: 'True', reason: 'Succeeded', message: 'All Steps have completed executing' };
}

/** The steps that ran; of a leg that broke, up to the one that did, which may be one of the world's own. */
function stepsRun(build: Build, leg: Leg) {
  const all = stepsOf(leg);
  const { broken } = build;
  const name = broken?.step ?? '';
  const at = all.findIndex((step) => step.name === name);
  const ran = !isBroken(build, leg)
    ? all
    : [...all.slice(0, Math.max(at, 0)), { name, startMs: all[at]?.startMs ?? leg.startMs, endMs: leg.endMs }];
  return ran.map((step, index) => {
    const isCut = leg.endMs < leg.plannedMs && index === ran.length - 1;
    const reason = isCut ? (broken?.reason ?? 'TaskRunCancelled') : 'Completed';
    const exitCode = isCut ? (reason === 'OOMKilled' ? 137 : 1) : 0;
    const times = { startedAt: instant(step.startMs), finishedAt: instant(step.endMs) };
    return {
      ...{ name: step.name, container: `step-${step.name}`, imageID: RUNNER },
      terminated: { exitCode, reason, ...times },
    };
  });
}

/** What a step of a pod has printed. */
export function logOf(build: Build, leg: Leg): string {
  const at = instant(leg.endMs);
  const end = isBroken(build, leg) ? (build.broken?.log ?? `${at} error: sample failure`) : `${at} sample: done`;
  return [`${instant(leg.startMs)} sample: ${leg.of.name} begins`, end, ''].join('\n');
}
