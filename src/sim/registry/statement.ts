import { base64 } from '#sim/bytes.ts';
import { refValues, valuesOf } from '#sim/pipeline/values.ts';
import type { Life } from '#sim/settled.ts';
import { type BuildRun, type BuildTask, buildRunOf } from './build-run.ts';
import type { Leg } from './sbom.ts';

/** What a pretend build says of itself: an in-toto statement in the shapes that Chains gives a PipelineRun. */

export const SLSA = 'https://slsa.dev/provenance/v0.2';
export const SLSA_1 = 'https://slsa.dev/provenance/v1';

const BUILDER = 'https://tekton.dev/chains/v2';
const NAMESPACE = 'sample-tenant';

/** The statement about a digest: SLSA v0.2, or v1 with whole TaskRuns in it; each leg of the build says what it made. */
export function statementOf(
  predicateType: typeof SLSA | typeof SLSA_1,
  digest: string,
  place: string,
  life: Life,
  legs: readonly Leg[],
) {
  const run = buildRunOf(digest, place, life, legs);
  const { recipe, pins } = life;
  const isFirst = predicateType === SLSA;
  return {
    _type: `https://in-toto.io/Statement/${isFirst ? 'v0.1' : 'v1'}`,
    predicateType,
    subject: [{ name: place, digest: { sha256: digest.slice('sha256:'.length) } }],
    predicate: isFirst ? predicate02(run, recipe.title, pins?.base ?? null) : predicate1(run, pins?.base ?? null),
  };
}

function predicate02(run: BuildRun, title: string, base: string | null) {
  return {
    builder: { id: BUILDER },
    buildType: 'tekton.dev/v1/PipelineRun',
    invocation: {
      configSource: {},
      parameters: run.params,
      environment: { labels: { sample: title, 'tekton.dev/pipeline': run.pipeline } },
    },
    metadata: { buildStartedOn: run.startedOn, buildFinishedOn: run.finishedOn, reproducible: false },
    materials: imagesOf(run, base).map(materialOf),
    buildConfig: {
      tasks: run.tasks.map((task) => ({
        name: task.name,
        after: task.after,
        ref: { resolver: 'bundles', params: refValues(task.task, task.bundle) },
        startedOn: task.startedOn,
        finishedOn: task.finishedOn,
        status: 'Succeeded',
        steps: task.steps.map(({ name }) => ({
          entryPoint: '#!/bin/sh\necho sample\n',
          environment: { container: name, image: `oci://${task.image}` },
        })),
        invocation: { parameters: task.params, environment: { labels: labelsOf(run, task) } },
        results: valuesOf(task.results),
      })),
    },
  };
}

function predicate1(run: BuildRun, base: string | null) {
  const names = [...new Map(run.tasks.map((task) => [task.name, task])).values()];
  return {
    buildDefinition: {
      buildType: `${BUILDER}/slsa-tekton`,
      externalParameters: {
        runSpec: {
          params: valuesOf(run.params),
          pipelineSpec: { tasks: names.map(({ name, after }) => ({ name, runAfter: after })) },
        },
      },
      internalParameters: { labels: { 'tekton.dev/pipeline': run.pipeline } },
      resolvedDependencies: [
        ...run.tasks.map((task) => ({ name: 'pipelineTask', content: base64(JSON.stringify(taskRun(run, task))) })),
        ...imagesOf(run, base).map(materialOf),
      ],
    },
    runDetails: { builder: { id: BUILDER }, metadata: { startedOn: run.startedOn, finishedOn: run.finishedOn } },
  };
}

function taskRun(run: BuildRun, task: BuildTask) {
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: {
      ...{ name: task.run, namespace: NAMESPACE, labels: labelsOf(run, task) },
      creationTimestamp: task.createdOn,
    },
    spec: {
      params: valuesOf(task.params),
      taskRef: { resolver: 'bundles', params: refValues(task.task, task.bundle) },
    },
    status: {
      startTime: task.startedOn,
      completionTime: task.finishedOn,
      conditions: [{ type: 'Succeeded', status: 'True', reason: 'Succeeded' }],
      steps: task.steps.map(({ name, startedOn: startedAt, finishedOn: finishedAt }) => ({
        ...{ name, container: `step-${name}`, imageID: task.image },
        terminated: { startedAt, finishedAt, exitCode: 0, reason: 'Completed' },
      })),
      results: valuesOf(task.results),
    },
  };
}

const labelsOf = (run: BuildRun, { name, labels }: BuildTask) => ({
  sample: 'true',
  'tekton.dev/pipeline': run.pipeline,
  'tekton.dev/pipelineRun': run.name,
  'tekton.dev/pipelineTask': name,
  ...labels,
});

/** Images that ran steps, and the base. */
const imagesOf = ({ tasks }: BuildRun, base: string | null): string[] => [
  ...new Set([...tasks.map(({ image }) => image), ...(base ? [base] : [])]),
];

/** An image that went in or ran a step, as a material. */
function materialOf(pin: string) {
  const [image, digest = ''] = pin.split('@sha256:');
  return { uri: `oci://${image}`, digest: { sha256: digest } };
}
