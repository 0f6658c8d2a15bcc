import { secondAt } from '#sim/clock.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, textOf } from '#sim/kube/value.ts';
import { chance, uidOf } from '#sim/pipeline/names.ts';
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
  withSpec,
  withStatus,
} from './parts.ts';

/** Pipeline runs: they begin, take their time, end well, and are cancelled when somebody says so. */

export const RUNS = 'pipelineruns.tekton.dev';
const TASK_RUNS = 'taskruns.tekton.dev';
const STOPS = new Set(['Cancelled', 'CancelledRunFinally', 'StoppedRunFinally']);
const TYPICAL_MS: Readonly<Record<string, number>> = { build: 12, test: 8, managed: 15, tenant: 10, final: 5 };

/** What happens when a run has ended well; gives the run as it then is. */
export type Ended = (run: KubeObject, inside: Inside, atMs: number) => Promise<KubeObject>;

interface NewRun {
  namespace: string;
  /** The run's name begins with this, and goes on with `sample`. */
  prefix: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  account: string;
  params?: readonly { name: string; value: unknown }[];
}

/** A run that nobody has begun yet, with a name that no other has. */
export async function newRun(inside: Inside, run: NewRun, atMs: number): Promise<KubeObject> {
  const { namespace, prefix, labels, annotations = {}, account, params = [] } = run;
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
    spec: { params, taskRunTemplate: { serviceAccountName: account }, timeouts: { pipeline: '6h0m0s' } },
  };
}

export const isOver = (run: KubeObject): boolean => statusOf(run, 'completionTime') !== undefined;

/** How long a run takes: each its own, near what is usual for its kind. */
function lengthMs(run: KubeObject): number {
  const minutes = TYPICAL_MS[labelOf(run, 'pipelines.appstudio.openshift.io/type')] ?? 12;
  return Math.round(minutes * (0.9 + 0.2 * chance(run.metadata.name)) * 60) * 1_000;
}

/** Watches runs: those without a status begin when they are written. */
export function runs(agenda: Agenda, ended: Ended): Controller {
  async function begin(run: KubeObject, inside: Inside): Promise<void> {
    const startMs = bornAt(run, inside.nowMs);
    const running = withConditions(withStatus(run, { startTime: secondAt(startMs) }), startMs, {
      ...{ type: 'Succeeded', status: 'Unknown', reason: 'Running', message: 'sample: some tasks are not done' },
    });
    await inside.write(running);
    agenda.add(startMs + lengthMs(run), end(placeOf(run), run.metadata.name));
  }

  const end =
    (namespace: string, name: string): Job =>
    async (inside, atMs) => {
      const run = await inside.get(RUNS, namespace, name);
      if (!run || isOver(run)) return;
      const done = withConditions(withStatus(run, { completionTime: secondAt(atMs) }), atMs, {
        ...{ type: 'Succeeded', status: 'True', reason: 'Succeeded', message: 'sample: all tasks are done' },
      });
      await inside.write(await ended(done, inside, atMs));
    };

  return {
    name: 'runs',
    onWrite: async (_, run, inside) => {
      if (!isKind(run, 'PipelineRun', 'tekton.dev') || isOver(run)) return;
      const said = textOf(specOf(run, 'status'));
      if (STOPS.has(said)) await cancel(run, inside);
      else if (said === '' && statusOf(run, 'startTime') === undefined) await begin(run, inside);
    },
  };
}

async function cancel(run: KubeObject, inside: Inside): Promise<void> {
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
