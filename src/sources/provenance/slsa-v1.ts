import { z } from 'zod';
import { jsonOf } from './signature.ts';
import {
  addressOf,
  byName,
  Fields,
  instant,
  Loose,
  MANY,
  Params,
  type Pin,
  pinOf,
  Ref,
  refOf,
  type StatedRun,
  type StatedTask,
  unique,
  word,
} from './stated.ts';

/** SLSA provenance v1 as Tekton Chains writes it: with whole TaskRuns inside, or with materials only. */

export const V1 = 'https://slsa.dev/provenance/v1';
const WITH_TASKS = 'https://tekton.dev/chains/v2/slsa-tekton';
const LOG_URL = 'pipelinesascode.tekton.dev/log-url';

const Planned = z.object({ name: z.string(), runAfter: z.array(z.string()).catch([]) }).loose();
const Plan = z.object({ tasks: z.array(Planned), finally: z.array(Planned).catch([]) });
const RunSpec = z.object({ params: Params, pipelineSpec: Plan.optional().catch(undefined) }).catch({ params: [] });
const Dependency = z.object({ name: Loose, uri: Loose, digest: Fields, content: Loose });

const Predicate = z.object({
  buildDefinition: z.object({
    buildType: Loose,
    externalParameters: z.object({ runSpec: RunSpec }).catch({ runSpec: { params: [] } }),
    internalParameters: z.object({ labels: Fields, annotations: Fields }).catch({ labels: {}, annotations: {} }),
    resolvedDependencies: z.array(Dependency).catch([]),
  }),
  runDetails: z.object({
    builder: z.object({ id: Loose }).catch({}),
    metadata: z.object({ startedOn: Loose, finishedOn: Loose }).catch({}),
  }),
});

const Terminated = z.object({ startedAt: Loose, finishedAt: Loose }).catch({});
const Container = z.object({ name: Loose, imageID: Loose, terminated: Terminated.optional() });
const TaskRun = z.object({
  metadata: z.object({ labels: Fields, namespace: Loose }).catch({ labels: {} }),
  spec: z.object({ taskRef: Ref, params: Params }).catch({ taskRef: { params: [] }, params: [] }),
  status: z.object({
    startTime: Loose,
    completionTime: Loose,
    conditions: z.array(z.object({ type: Loose, reason: Loose })).catch([]),
    steps: z.array(Container).catch([]),
    sidecars: z.array(Container).catch([]),
    results: Params,
  }),
});
type TaskRun = z.infer<typeof TaskRun>;
type Dependency = z.infer<typeof Dependency>;

/** The run that a predicate tells; null where it has not the shape of its type. */
export function read1(predicate: unknown): StatedRun | null {
  const parsed = Predicate.safeParse(predicate);
  if (!parsed.success) return null;
  const { buildDefinition, runDetails } = parsed.data;
  const { buildType, externalParameters, internalParameters, resolvedDependencies } = buildDefinition;
  const { params, pipelineSpec } = externalParameters.runSpec;
  const embedded = resolvedDependencies.filter(({ name }) => name === 'pipelineTask').slice(0, MANY);
  const runs = buildType === WITH_TASKS ? embedded.flatMap(taskRunOf) : [];
  const planned = pipelineSpec ? planOf(pipelineSpec) : null;
  const tasks = runs.map((run) => taskOf(run, planned));
  const pins = resolvedDependencies.flatMap(pinnedBy);
  return {
    predicateType: V1,
    builder: word(runDetails.builder.id),
    startedAt: instant(runDetails.metadata.startedOn),
    finishedAt: instant(runDetails.metadata.finishedOn),
    params: byName(params),
    labels: new Map(Object.entries(internalParameters.labels)),
    logUrl: addressOf(internalParameters.annotations[LOG_URL]),
    bundles: unique(
      runs.length > 0
        ? tasks.flatMap(({ bundle }) => bundle ?? [])
        : pins.map(({ image, digest }) => `${image}@${digest}`),
    ),
    tasks: runs.length > 0 ? tasks : null,
    unread: buildType === WITH_TASKS ? embedded.length - runs.length : 0,
    planned,
    // Without the task runs nothing tells an input from an image that ran a step.
    materials: runs.length > 0 ? inputsOf(pins, runs) : [],
  };
}

function taskRunOf({ content = '' }: Dependency): TaskRun[] {
  const run = TaskRun.safeParse(jsonOf(Buffer.from(content, 'base64')));
  return run.success ? [run.data] : [];
}

function taskOf({ metadata, spec, status }: TaskRun, planned: StatedRun['planned']): StatedTask {
  const labels = new Map(Object.entries(metadata.labels));
  const name = word(labels.get('tekton.dev/pipelineTask')) ?? 'unnamed';
  return {
    name,
    after: planned?.get(name) ?? [],
    status: word(status.conditions.find(({ type }) => type === 'Succeeded')?.reason),
    startedAt: instant(status.startTime),
    finishedAt: instant(status.completionTime),
    ...refOf(spec.taskRef),
    namespace: word(metadata.namespace),
    params: byName(spec.params),
    results: byName(status.results),
    labels,
    steps: status.steps.map(({ name: step, imageID, terminated }) => ({
      name: word(step),
      image: word(imageID?.replace(/^[a-z-]+:\/\//, '')),
      startedAt: instant(terminated?.startedAt),
      finishedAt: instant(terminated?.finishedAt),
    })),
  };
}

/** What each task waits for: what its pipeline says, and whose results it uses. */
function planOf({ tasks, finally: last }: z.infer<typeof Plan>): Map<string, string[]> {
  return new Map(
    [...tasks, ...last].slice(0, MANY).map((one) => {
      const used = JSON.stringify(one).matchAll(/\$\(tasks\.([a-z0-9-]{1,63})\.results\./g);
      return [one.name, unique([...one.runAfter, ...[...used].map(([, name = '']) => name)])];
    }),
  );
}

function pinnedBy({ uri, digest }: Dependency): Pin[] {
  const pin = uri?.startsWith('oci://') ? pinOf(`${uri}@sha256:${digest['sha256']}`) : null;
  return pin ? [pin] : [];
}

/** Images that ran neither a step nor a sidecar, and are no bundle of a task. */
function inputsOf(pins: readonly Pin[], runs: readonly TaskRun[]): Pin[] {
  const used = runs.flatMap(({ spec, status }) => [
    refOf(spec.taskRef).bundle,
    ...[...status.steps, ...status.sidecars].map(({ imageID }) => imageID),
  ]);
  const ran = new Set(used.flatMap((text) => pinOf(text)?.digest ?? []));
  return pins.filter(({ digest }) => !ran.has(digest));
}
