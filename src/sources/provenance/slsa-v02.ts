import { z } from 'zod';
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

/** SLSA provenance v0.2 in the shape that Tekton Chains gives a PipelineRun. */

export const V02 = 'https://slsa.dev/provenance/v0.2';
const LOG_URL = 'pipelinesascode.tekton.dev/log-url';

const Environment = z
  .object({ labels: Fields, annotations: Fields })
  .partial()
  .transform(({ labels = {}, annotations = {} }) => ({ labels, annotations }))
  .catch({ labels: {}, annotations: {} });
const Invocation = z
  .object({ parameters: Fields, environment: Environment })
  .partial()
  .transform(({ parameters = {}, environment }) => ({
    parameters,
    environment: environment ?? { labels: {}, annotations: {} },
  }))
  .catch({ parameters: {}, environment: { labels: {}, annotations: {} } });

const Step = z.object({ environment: z.object({ image: Loose, container: Loose }).catch({}) });
const WireTask = z.object({
  name: Loose,
  after: z.array(z.string()).catch([]),
  status: Loose,
  startedOn: Loose,
  finishedOn: Loose,
  ref: Ref,
  steps: z.array(Step).catch([]),
  invocation: Invocation,
  results: Params,
});

const Predicate = z.object({
  builder: z.object({ id: Loose }).catch({}),
  metadata: z.object({ buildStartedOn: Loose, buildFinishedOn: Loose }).catch({}),
  invocation: Invocation,
  materials: z.array(z.object({ uri: Loose, digest: Fields })).catch([]),
  buildConfig: z
    .object({ tasks: z.array(WireTask) })
    .optional()
    .catch(undefined),
});

/** The run that a predicate tells; null where it has not the shape of its type. */
export function read02(predicate: unknown): StatedRun | null {
  const parsed = Predicate.safeParse(predicate);
  if (!parsed.success) return null;
  const { builder, metadata, invocation, materials, buildConfig } = parsed.data;
  const tasks = buildConfig?.tasks.slice(0, MANY).map(taskOf) ?? null;
  return {
    predicateType: V02,
    builder: word(builder.id),
    startedAt: instant(metadata.buildStartedOn),
    finishedAt: instant(metadata.buildFinishedOn),
    params: new Map(Object.entries(invocation.parameters)),
    labels: new Map(Object.entries(invocation.environment.labels)),
    logUrl: addressOf(invocation.environment.annotations[LOG_URL]),
    bundles: tasks && unique(tasks.flatMap(({ bundle }) => bundle ?? [])),
    tasks,
    unread: 0,
    planned: null,
    materials: inputsOf(materials, tasks ?? []),
  };
}

function taskOf(wire: z.infer<typeof WireTask>): StatedTask {
  const { labels } = wire.invocation.environment;
  return {
    name: word(wire.name) ?? 'unnamed',
    after: wire.after,
    status: word(wire.status),
    startedAt: instant(wire.startedOn),
    finishedAt: instant(wire.finishedOn),
    ...refOf(wire.ref),
    namespace: null,
    params: new Map(Object.entries(wire.invocation.parameters)),
    results: byName(wire.results),
    labels: new Map(Object.entries(labels)),
    steps: wire.steps.map(({ environment: { image, container } }) => ({
      ...{ name: word(container), image: word(image?.replace(/^oci:\/\//, '')) },
      ...{ startedAt: null, finishedAt: null },
    })),
  };
}

/** Images among the materials that ran no step on record. */
function inputsOf(materials: z.infer<typeof Predicate>['materials'], tasks: readonly StatedTask[]): Pin[] {
  const ran = new Set(tasks.flatMap(({ steps }) => steps.flatMap(({ image }) => pinOf(image)?.digest ?? [])));
  return materials.flatMap(({ uri = '', digest }) => {
    const pin = uri.startsWith('oci://') ? pinOf(`${uri}@sha256:${digest['sha256']}`) : null;
    return pin && !ran.has(pin.digest) ? [pin] : [];
  });
}
