import { secondAt } from '#sim/clock.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { type Beginning, begun } from '#sim/live/begin.ts';
import type { Pushed } from '#sim/live/images.ts';
import type { Live, LiveRun } from '#sim/live/live.ts';
import { statusAt } from '#sim/live/status.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import type { Agenda, Job } from './agenda.ts';
import {
  bornAt,
  isKind,
  labelOf,
  MINUTE_MS,
  placeOf,
  specOf,
  statusOf,
  withConditions,
  withLabels,
  withNotes,
  withSpec,
  withStatus,
} from './parts.ts';

/** Pipeline runs: they begin, go on task by task, end as they must, and are cancelled when somebody says so. */

export const RUNS = 'pipelineruns.tekton.dev';
const TASK_RUNS = 'taskruns.tekton.dev';
const COMPONENTS = 'components.appstudio.redhat.com';
const STOPS = new Set(['Cancelled', 'CancelledRunFinally', 'StoppedRunFinally']);

export interface Building extends Beginning {
  live: Live;
  /** What happens when a run has ended well; gives the run as it then is. */
  ended: (run: KubeObject, pushed: Pushed | null, inside: Inside, atMs: number) => Promise<KubeObject>;
  /** Pushes the image of a run; null where it has none. */
  push: (run: KubeObject, live: LiveRun, atMs: number) => Promise<Pushed | null>;
}

interface NewRun {
  namespace: string;
  /** The run's name begins with this, and goes on with `sample`. */
  prefix: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  /** What its spec is beside the usual. */
  spec?: Record<string, unknown>;
  account?: string;
  params?: readonly { name: string; value: unknown }[];
}

/** A run that nobody has begun yet, with a name that no other has. */
export async function newRun(inside: Inside, run: NewRun, atMs: number): Promise<KubeObject> {
  const { namespace, prefix, labels, annotations = {}, account, params = [], spec = {} } = run;
  let name = '';
  for (let nth = 0; name === '' || (await inside.get(RUNS, namespace, name)); nth++)
    name = `${prefix}-sample-${uidOf(`${namespace} ${prefix} ${atMs} ${nth}`).slice(0, 5)}`;
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: {
      ...{ name, namespace, uid: uidOf(`PipelineRun ${namespace} ${name}`), resourceVersion: '' },
      ...{ creationTimestamp: secondAt(atMs), labels, annotations },
    },
    spec: {
      ...{ params, timeouts: { pipeline: '6h0m0s' } },
      ...(account === undefined ? {} : { taskRunTemplate: { serviceAccountName: account } }),
      ...spec,
    },
  };
}

export const isOver = (run: KubeObject): boolean => statusOf(run, 'completionTime') !== undefined;

/** Watches runs: those without a status begin when they are written. */
export function runs(agenda: Agenda, building: Building): Controller {
  const { live, ended, push } = building;
  const pushes = new Map<string, Pushed>();

  async function begin(run: KubeObject, inside: Inside): Promise<void> {
    const startMs = bornAt(run, inside.nowMs);
    const name = labelOf(run, 'appstudio.openshift.io/component');
    const component = name === '' ? null : await inside.get(COMPONENTS, placeOf(run), name);
    const labelled = withLabels(run, { 'tekton.dev/pipeline': labelOf(run, 'tekton.dev/pipeline') || pipelineOf(run) });
    const one = await begun(labelled, component, startMs, building);
    live.add(one);
    await inside.write(withStatus(labelled, statusAt(one, startMs)));
    const { namespace } = one;
    const index = one.legs.find(({ of }) => of.name === 'build-image-index');
    if (index && index.endMs === index.plannedMs) agenda.add(index.endMs, image(namespace, one.name));
    agenda.add(one.endMs, end(namespace, one.name));
  }

  /** Its image is there from now on, whatever the checks say. */
  const image =
    (namespace: string, name: string): Job =>
    async (inside, atMs) => {
      const [run, one] = [await inside.get(RUNS, namespace, name), live.get(namespace, name)];
      if (!run || !one || one.endMs < atMs) return;
      const pushed = await push(run, one, atMs);
      if (!pushed) return;
      pushes.set(one.uid, pushed);
      const { made } = one.told;
      if (made) live.add({ ...one, told: { ...one.told, made: { ...made, ...pushed } } });
    };

  const end =
    (namespace: string, name: string): Job =>
    async (inside, atMs) => {
      const [run, one] = [await inside.get(RUNS, namespace, name), live.get(namespace, name)];
      if (!run || !one || isOver(run) || one.endMs !== atMs) return;
      const cut = one.ends === 'timeout' ? live.cut(one, atMs, 'timeout') : one;
      const done = withStatus(told(run), statusAt(cut, atMs));
      const whole = one.ends === 'ok' ? await ended(done, pushes.get(one.uid) ?? null, inside, atMs) : done;
      keep(await inside.write(whole));
    };

  const keep = (run: KubeObject) => {
    const { metadata } = run;
    const { labels = {}, annotations = {}, namespace = '', generation = 1 } = metadata;
    live.keep({ ...run, metadata: { ...metadata, labels, annotations, namespace, generation } });
  };

  async function cancel(run: KubeObject, inside: Inside): Promise<void> {
    const { nowMs } = inside;
    const one = live.get(placeOf(run), run.metadata.name);
    if (!one) return cancelGiven(run, inside);
    keep(await inside.write(withStatus(run, statusAt(live.cut(one, nowMs, 'cancelled'), nowMs))));
  }

  return {
    name: 'runs',
    onWrite: async (before, run, inside) => {
      if (run === null && isKind(before, 'PipelineRun', 'tekton.dev'))
        live.remove(placeOf(before), before.metadata.name);
      if (!isKind(run, 'PipelineRun', 'tekton.dev') || isOver(run)) return;
      const said = textOf(specOf(run, 'status'));
      if (STOPS.has(said)) await cancel(run, inside);
      else if (said === '' && statusOf(run, 'startTime') === undefined) await begin(run, inside);
    },
    onTime: async (inside) => {
      for (const one of live.openAt(inside.nowMs)) {
        const run = await inside.get(RUNS, one.namespace, one.name);
        if (run && !isOver(run)) await inside.write(withStatus(run, statusAt(one, inside.nowMs)));
      }
    },
  };
}

/** The run as Pipelines as Code marks it when it is over. */
function told(run: KubeObject): KubeObject {
  const state = 'pipelinesascode.tekton.dev/state';
  return labelOf(run, state) === ''
    ? run
    : withNotes(withLabels(run, { [state]: 'completed' }), { [state]: 'completed' });
}

/** What its pipeline is called. */
function pipelineOf(run: KubeObject): string {
  const reference = fieldsOf(specOf(run, 'pipelineRef'));
  return valueIn(listOf(reference['params']), 'name') || textOf(reference['name']) || 'sample-pipeline';
}

/** Cancels a run that the world gives. */
async function cancelGiven(run: KubeObject, inside: Inside): Promise<void> {
  const { nowMs } = inside;
  const over = { completionTime: secondAt(nowMs) };
  const tasks = await inside.list(TASK_RUNS, placeOf(run));
  for (const task of tasks.filter((one) => labelOf(one, 'tekton.dev/pipelineRun') === run.metadata.name))
    if (!isOver(task))
      await inside.write(
        withConditions(withStatus(withSpec(task, { status: 'TaskRunCancelled' }), over), nowMs, {
          ...{ type: 'Succeeded', status: 'False', reason: 'TaskRunCancelled', message: 'TaskRun was cancelled' },
        }),
      );
  await inside.write(
    withConditions(withStatus(run, over), nowMs, {
      ...{ type: 'Succeeded', status: 'False', reason: 'Cancelled', message: 'PipelineRun was cancelled' },
    }),
  );
}

/** Text of a parameter or a result. */
export const valueIn = (rows: readonly unknown[], name: string): string =>
  textOf(
    fieldOf(
      rows.find((row) => fieldOf(row, 'name') === name),
      'value',
    ),
  );

export const inMinutes = (minutes: number, fromMs: number): number => fromMs + minutes * MINUTE_MS;
