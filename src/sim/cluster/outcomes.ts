import { instant, offsetMs } from '#sim/clock.ts';
import { planNamed } from '#sim/kube/core/names.ts';
import type { Promotion } from '#world/cluster.ts';
import { metadata, type Thing, type Words } from './objects.ts';
import { type Build, setName } from './runs.ts';

/** What follows a build: its Component, the Snapshot that is tested, and the Release of that. */

const GROUP = 'appstudio.redhat.com/v1alpha1';
const MINUTE_MS = 60_000;
/** Until all scenarios of a Snapshot are done. */
export const TEST_MS = 20 * MINUTE_MS;
const UNENDED = new Set(['InProgress', 'Pending']);

/** Name of the run of a scenario. */
export const testRunOf = ({ name }: Build, scenario: string): string => `${scenario}-${name.slice(-5)}`;

/** Whether a build leads to a Snapshot: one of the branch that has ended well. */
export function leadsOn(build: Build, nowMs: number): boolean {
  return build.ends === 'ok' && build.change === null && !build.isGhost && build.endMs <= nowMs;
}

/** The Snapshot with the state of each scenario at the moment. */
export function snapshotObject(build: Build, digest: string | null, nowMs: number): Thing {
  const { application, component, namespace, endMs, place, outcome } = build;
  const endsMs = endMs + TEST_MS;
  const states = Object.entries(outcome.tests);
  const isOver = nowMs >= endsMs && states.every(([, state]) => !UNENDED.has(state));
  const isBad = states.some(([name, state]) => /Fail|Invalid|Error/.test(state) && !outcome.optional.includes(name));
  const annotations: Words = states.length > 0 ? { 'test.appstudio.openshift.io/status': statusOf(build, nowMs) } : {};
  const labels = {
    'appstudio.openshift.io/application': application,
    'appstudio.openshift.io/component': component,
    'appstudio.openshift.io/build-pipelinerun': build.name,
    'test.appstudio.openshift.io/type': 'component',
    'pac.test.appstudio.openshift.io/event-type': build.event,
  };
  const condition = (type: string, status: string, reason: string) => ({
    ...{ type, status, reason, message: `sample: ${reason}`, lastTransitionTime: instant(isOver ? endsMs : endMs) },
  });
  return {
    apiVersion: GROUP,
    kind: 'Snapshot',
    metadata: metadata(setName(build), namespace, [endMs, isOver ? endsMs : endMs], labels, annotations),
    spec: {
      application,
      components: [
        {
          name: component,
          containerImage: `${place}@${digest ?? ''}`,
          source: { git: { url: build.source, revision: 'main' } },
        },
      ],
    },
    status: {
      conditions: isOver
        ? [
            condition('AppStudioTestSucceeded', isBad ? 'False' : 'True', isBad ? 'Failed' : 'Passed'),
            ...(releaseObject(build, nowMs) ? [condition('AutoReleased', 'True', 'AutoReleased')] : []),
          ]
        : [condition('AppStudioIntegrationStatus', 'Unknown', 'InProgress')],
    },
  };
}

function statusOf(build: Build, nowMs: number): string {
  const { endMs, outcome } = build;
  const startMs = endMs + MINUTE_MS;
  const endsMs = endMs + TEST_MS;
  const rows = Object.entries(outcome.tests).map(([scenario, state]) => {
    const isOver = nowMs >= endsMs && !UNENDED.has(state);
    return {
      ...{ scenario, status: nowMs < endsMs && !UNENDED.has(state) ? 'InProgress' : state },
      ...{ lastUpdateTime: instant(isOver ? endsMs : startMs), startTime: instant(startMs) },
      ...(isOver ? { completionTime: instant(endsMs) } : {}),
      ...{ details: `sample: ${scenario} is ${state}`, testPipelineRunName: testRunOf(build, scenario) },
      isOptionalScenario: outcome.optional.includes(scenario),
    };
  });
  return JSON.stringify(rows);
}

/** The Release of a build's Snapshot; null before its tests are over, and where nothing is promoted. */
export function releaseObject(build: Build, nowMs: number): Thing | null {
  const { promotion } = build.outcome;
  const startMs = build.endMs + TEST_MS + 2 * MINUTE_MS;
  if (!promotion || nowMs < startMs) return null;
  const endMs = promotion.ends === 'never' ? Number.POSITIVE_INFINITY : startMs + offsetMs(promotion.takes);
  const isOver = nowMs >= endMs;
  const snapshot = setName(build);
  const labels = {
    'appstudio.openshift.io/application': build.application,
    'appstudio.openshift.io/component': build.component,
    'release.appstudio.openshift.io/snapshot': snapshot,
    'release.appstudio.openshift.io/automated': 'true',
  };
  return {
    apiVersion: GROUP,
    kind: 'Release',
    metadata: metadata(
      `${snapshot}-sample-${build.uid.slice(0, 5)}`,
      build.namespace,
      [startMs, isOver ? endMs : startMs],
      labels,
    ),
    spec: { snapshot, releasePlan: planNamed(build.application) },
    status: {
      automated: true,
      startTime: instant(startMs),
      ...(isOver ? { completionTime: instant(endMs) } : {}),
      conditions: conditionsOf(promotion, isOver, instant(isOver ? endMs : startMs)),
      managedPipelineAttempts: attemptsOf(promotion, build, isOver, startMs),
    },
  };
}

function conditionsOf({ ends, message }: Promotion, isOver: boolean, lastTransitionTime: string) {
  const [status, reason] = !isOver
    ? ['False', 'Progressing']
    : ends === 'failed'
      ? ['False', 'Failed']
      : ['True', ends === 'skipped' ? 'Skipped' : 'Succeeded'];
  const text = isOver && ends === 'failed' ? message : '';
  return ['Released', 'ManagedPipelineProcessed'].map((type) => ({
    type,
    status,
    reason,
    message: text,
    lastTransitionTime,
  }));
}

function attemptsOf({ attempts, ends, task, reason }: Promotion, build: Build, isOver: boolean, startMs: number) {
  return Array.from({ length: attempts }, (_, index) => {
    const isLast = index === attempts - 1;
    const status = !isLast || (isOver && ends === 'failed') ? 'Failed' : isOver ? 'Succeeded' : 'Progressing';
    return {
      pipelineRun: `sample-managed/managed-sample-${build.uid.slice(0, 5)}-${index + 1}`,
      startTime: instant(startMs + index * 10 * MINUTE_MS),
      status,
      ...(status === 'Failed' ? { failureReason: reason, lastTask: task, lastStep: 'push' } : {}),
    };
  });
}

/** The Component as its newest good build left it. */
export function componentObject(builds: readonly Build[], digest: string | null, nowMs: number): Thing | null {
  const [any] = builds;
  if (!any) return null;
  const good = builds.find((build) => leadsOn(build, nowMs));
  const { component, application, namespace, place, source } = any;
  const bornMs = Math.min(...builds.map(({ startMs }) => startMs));
  return {
    apiVersion: GROUP,
    kind: 'Component',
    metadata: metadata(component, namespace, [bornMs, good?.endMs ?? bornMs]),
    spec: {
      ...{ application, componentName: component, containerImage: place },
      source: { git: { url: source, revision: branchOf(component) } },
    },
    status: {
      conditions: [],
      ...(good && digest
        ? { lastBuiltCommit: `sample${good.uid.slice(0, 8)}`, lastPromotedImage: `${place}@${digest}` }
        : {}),
    },
  };
}

/** The streams of CoreOS are branches, and are in the names of its components. */
const branchOf = (component: string): string => /^fedora-coreos-(.+)$/.exec(component)?.[1] ?? 'main';
