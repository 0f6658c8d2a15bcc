import { instant } from '#sim/clock.ts';
import { valuesOf } from '#sim/pipeline/values.ts';
import { metadata, type Thing, type Words } from './objects.ts';
import { leadsOn, TEST_MS, testRunOf } from './outcomes.ts';
import { type Build, setName } from './runs.ts';

/** The runs of test scenarios of which the world says what they have found. Of all others only the outcome is told. */

const MINUTE_MS = 60_000;
const TASK = 'verify';
const STEP = 'report';

export interface ScenarioRun {
  /** When it was done: a run that has ended is forgotten after a while. */
  endMs: number;
  run: Thing;
  taskRun: Thing;
  pod: string;
  log: string;
}

/** Those of a build, once they are done. */
export function scenarioRuns(build: Build, nowMs: number): ScenarioRun[] {
  const endMs = build.endMs + TEST_MS;
  if (!leadsOn(build, nowMs) || nowMs < endMs) return [];
  return Object.entries(build.outcome.findings).map(([scenario, found]) => one(build, scenario, found, endMs));
}

function one(build: Build, scenario: string, found: string, endMs: number): ScenarioRun {
  const { namespace, application, component, outcome } = build;
  const startMs = build.endMs + MINUTE_MS;
  const isGood = /Passed|Warning/.test(outcome.tests[scenario] ?? '');
  const name = testRunOf(build, scenario);
  const taskName = `${name}-${TASK}`;
  const labels: Words = {
    'appstudio.openshift.io/application': application,
    'appstudio.openshift.io/component': component,
    'appstudio.openshift.io/snapshot': setName(build),
    'pipelines.appstudio.openshift.io/type': 'test',
    'test.appstudio.openshift.io/scenario': scenario,
    'test.appstudio.openshift.io/optional': String(outcome.optional.includes(scenario)),
  };
  const times = { startTime: instant(startMs), completionTime: instant(endMs) };
  const condition = { type: 'Succeeded', lastTransitionTime: instant(endMs), ...(isGood ? GOOD : BAD) };
  const result = isGood ? 'SUCCESS' : 'FAILURE';
  const counts = { successes: 0, failures: isGood ? 0 : 1, warnings: 0 };
  const output = JSON.stringify({ timestamp: instant(endMs), namespace: '', ...counts, result, note: 'sample' });
  const exit = { exitCode: isGood ? 0 : 1, reason: isGood ? 'Completed' : 'Error' };
  return {
    endMs,
    run: {
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: metadata(name, namespace, [startMs, endMs], labels),
      spec: { params: [], taskRunTemplate: { serviceAccountName: 'konflux-integration-runner' } },
      status: { ...times, conditions: [condition], results: valuesOf({ TEST_OUTPUT: output }) },
    },
    taskRun: {
      apiVersion: 'tekton.dev/v1',
      kind: 'TaskRun',
      metadata: metadata(taskName, namespace, [startMs, endMs], {
        ...labels,
        'tekton.dev/pipelineRun': name,
        'tekton.dev/pipelineTask': TASK,
      }),
      spec: { params: [] },
      status: {
        ...{ podName: `${taskName}-pod`, ...times, conditions: [condition] },
        results: valuesOf({ TEST_OUTPUT: output }),
        steps: [
          {
            ...{ name: STEP, container: `step-${STEP}` },
            terminated: { ...exit, startedAt: times.startTime, finishedAt: times.completionTime },
          },
        ],
      },
    },
    pod: `${taskName}-pod`,
    log: `${times.startTime} sample: ${scenario} begins\n${found.trimEnd()}\n`,
  };
}

const GOOD = { status: 'True', reason: 'Succeeded', message: 'sample: done' };
const BAD = { status: 'False', reason: 'Failed', message: 'sample: a rule of the policy is broken' };
