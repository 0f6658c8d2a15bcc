import { instant } from '#sim/clock.ts';
import { taskRunNamed } from '#sim/pipeline/names.ts';
import { BUILD } from '#sim/pipeline/practice.ts';
import { isStruck, type Leg, stepsOf } from '#sim/pipeline/timeline.ts';
import { givenBy, givenTo, labelsOfLeg, type Made, RUNNER, refValues, valuesOf } from '#sim/pipeline/values.ts';
import { bundleOf } from '#sim/registry/build-run.ts';
import type { Pins } from '#sim/settled.ts';
import { metadata, type Thing, type Words } from './objects.ts';
import type { Build } from './runs.ts';

/** Task runs of a pretend run as the Kubernetes API gives them, at a moment, and what their pods have printed. */

/** The run that they are of. */
export type Ran = Pick<Build, 'name' | 'uid' | 'namespace' | 'ends' | 'broken'>;

export interface Told {
  /** Null for a run that is no build: nothing is said of what its tasks were given. */
  made: Made | null;
  pins: Pins;
  /** Labels of the run, which its task runs have too. */
  labels: Words;
  /** What the run says of single tasks. */
  specOf?: (task: string) => Record<string, unknown>;
}

export const podOf = (run: Pick<Ran, 'name'>, leg: Leg): string => `${nameOf(run, leg)}-pod`;

const nameOf = ({ name }: Pick<Ran, 'name'>, { of, nth }: Leg): string => taskRunNamed(name, of.name, nth);

const isBroken = ({ broken }: Ran, { of, arch }: Leg): boolean =>
  broken !== null && of.name === broken.task && isStruck(broken.arches, arch);

/** Whether it goes on; the builds of a run that never ends do so for ever. */
const isOpen = ({ ends }: Ran, { of, endMs }: Leg, nowMs: number): boolean =>
  nowMs < endMs || (ends === 'never' && of.name === BUILD);

/** One task run that has been made. */
export function taskRun(run: Ran, leg: Leg, { made, pins, labels, specOf }: Told, nowMs: number): Thing {
  const { of, createdMs, startMs, endMs, plannedMs } = leg;
  const open = isOpen(run, leg, nowMs);
  const isBad = isBroken(run, leg);
  const isCancelled = !isBad && endMs < plannedMs;
  const gave = !open && !isBad && !isCancelled;
  const hasPod = !(isBad && run.broken?.step === '');
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: metadata(nameOf(run, leg), run.namespace, [createdMs, open ? changedMs(leg, nowMs) : endMs], {
      ...labels,
      'tekton.dev/pipelineRun': run.name,
      'tekton.dev/pipelineRunUID': run.uid,
      'tekton.dev/pipelineTask': of.name,
      ...labelsOfLeg(leg),
    }),
    spec: {
      taskRef: { kind: 'Task', resolver: 'bundles', params: refValues(of.task, bundleOf(of, pins)).map(untyped) },
      params: made ? valuesOf(givenTo(leg, made)).map(untyped) : [],
      ...specOf?.(of.name),
      ...(isCancelled && !open ? { status: 'TaskRunCancelled' } : {}),
    },
    status: {
      podName: hasPod ? podOf(run, leg) : '',
      ...(startMs <= nowMs ? { startTime: instant(startMs) } : {}),
      ...(open ? {} : { completionTime: instant(endMs) }),
      conditions: [
        {
          ...taskCondition(run, isBad, isCancelled, open),
          type: 'Succeeded',
          lastTransitionTime: instant(open ? startMs : endMs),
        },
      ],
      ...(hasPod && startMs <= nowMs ? { steps: open ? stepsNow(run, leg, nowMs) : stepsRun(run, leg) } : {}),
      ...(gave && made ? { results: valuesOf(givenBy(leg, made)) } : {}),
    },
  };
}

/** Of what a run is given Kubernetes wants no type. */
export const untyped = ({ name, value }: ReturnType<typeof valuesOf>[number]) => ({ name, value });

function taskCondition({ broken }: Ran, isBad: boolean, isCancelled: boolean, open: boolean) {
  if (open)
    return { status: 'Unknown', reason: 'Running', message: 'Not all Steps in the Task have finished executing' };
  if (isBad && broken)
    return { status: 'False', reason: broken.step === '' ? broken.reason : 'Failed', message: broken.message };
  if (isCancelled) return { status: 'False', reason: 'TaskRunCancelled', message: 'TaskRun was cancelled' };
  return { status: 'True', reason: 'Succeeded', message: 'All Steps have completed executing' };
}

const changedMs = (leg: Leg, nowMs: number): number =>
  Math.max(leg.createdMs, ...[leg.startMs, ...stepsOf(leg).map((step) => step.endMs)].filter((ms) => ms <= nowMs));

/** The steps of a leg that goes on: all its containers run, and those that are done are done. */
const stepsNow = ({ ends }: Ran, leg: Leg, nowMs: number) =>
  stepsOf(leg).map(({ name, startMs, endMs }, index) => ({
    ...{ name, container: `step-${name}`, imageID: RUNNER },
    ...(endMs <= nowMs && (ends !== 'never' || index === 0)
      ? {
          terminated: {
            ...{ exitCode: 0, reason: 'Completed', startedAt: instant(startMs), finishedAt: instant(endMs) },
          },
        }
      : { running: { startedAt: instant(leg.startMs) } }),
  }));

/** The steps that ran; of a leg that broke, up to the one that did, which may be one of the world's own. */
function stepsRun(run: Ran, leg: Leg) {
  const all = stepsOf(leg);
  const { broken } = run;
  const name = broken?.step ?? '';
  const at = all.findIndex((step) => step.name === name);
  const ran = !isBroken(run, leg)
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

/** What a step of a pod has printed, up to a moment. */
export function logOf(run: Ran, leg: Leg, nowMs: number): string {
  const at = instant(leg.endMs);
  const end = isBroken(run, leg) ? (run.broken?.log ?? `${at} error: sample failure`) : `${at} sample: done`;
  const isOver = !isOpen(run, leg, nowMs);
  return [`${instant(leg.startMs)} sample: ${leg.of.name} begins`, ...(isOver ? [end] : []), ''].join('\n');
}
