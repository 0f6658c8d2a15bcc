import type { Column, Kind, Schema } from '#sim/kube/kind.ts';
import { anything, column, custom, list, moment, object, open, says, text, whole, words } from './fields.ts';
import { resources, taskRunSpecs, timeouts } from './shared.ts';

/** Runs of Tekton: of a pipeline, and of one task of it. */

const AT = 'tekton.dev/v1';
const SUCCEEDED = '.status.conditions[?(@.type=="Succeeded")]';
const date = (name: string, jsonPath: string): Column => ({ name, type: 'date', jsonPath });
const columns: readonly Column[] = [
  column('Succeeded', `${SUCCEEDED}.status`),
  column('Reason', `${SUCCEEDED}.reason`),
  date('StartTime', '.status.startTime'),
  date('CompletionTime', '.status.completionTime'),
];

const conditions = list(
  object({
    ...{ lastTransitionTime: text, message: text, reason: text, severity: text },
    ...{ 'status*': text, 'type*': text },
  }),
);
const params = list(object({ 'name*': text, 'value*': anything }));
const reference = {
  apiVersion: text,
  name: text,
  params: list(object({ 'name*': text, 'value*': anything })),
  resolver: text,
};
const whenExpressions = list(open);
const provenance = object({
  featureFlags: open,
  refSource: object({ digest: words, entryPoint: text, uri: text }),
});
const workspaces = list(
  object({
    ...{ configMap: open, csi: open, emptyDir: open, 'name*': text, projected: open, secret: open, subPath: text },
    persistentVolumeClaim: object({ 'claimName*': text, readOnly: { type: 'boolean' } }),
    volumeClaimTemplate: anything,
  }),
);
const shared: Record<string, Schema> = {
  ...{ annotations: words, completionTime: moment, conditions, provenance },
  ...{ observedGeneration: { type: 'integer', format: 'int64' }, spanContext: words, startTime: moment },
};

export const PIPELINE_RUN: Kind = custom(AT, {
  kind: 'PipelineRun',
  plural: 'pipelineruns',
  shortNames: ['pr', 'prs'],
  columns,
  fields: {
    spec: object({
      ...{ managedBy: text, params, pipelineRef: object(reference), pipelineSpec: anything },
      status: says('Cancelled, CancelledRunFinally, StoppedRunFinally, PipelineRunPending', text),
      taskRunSpecs,
      taskRunTemplate: object({ podTemplate: open, serviceAccountName: text }),
      ...{ timeouts, workspaces },
    }),
    status: object({
      ...shared,
      childReferences: list(
        object({
          apiVersion: text,
          displayName: text,
          kind: text,
          name: text,
          pipelineTaskName: text,
          whenExpressions,
        }),
      ),
      ...{ finallyStartTime: moment, pipelineSpec: anything },
      results: list(object({ 'name*': text, 'value*': anything })),
      skippedTasks: list(object({ 'name*': text, 'reason*': text, whenExpressions })),
    }),
  },
});

const container = { container: text, imageID: text, name: text, running: open, waiting: open };
const terminated = object({
  ...{ containerID: text, 'exitCode*': { type: 'integer', format: 'int32' }, finishedAt: moment, message: text },
  ...{ reason: text, signal: { type: 'integer', format: 'int32' }, startedAt: moment },
});
const perStep = list(object({ 'computeResources*': resources, 'name*': text }));

export const TASK_RUN: Kind = custom(AT, {
  kind: 'TaskRun',
  plural: 'taskruns',
  shortNames: ['tr', 'trs'],
  columns,
  fields: {
    spec: object({
      ...{ computeResources: resources, debug: open, managedBy: text, params, podTemplate: open, retries: whole },
      ...{ serviceAccountName: text, sidecarSpecs: perStep, status: text, statusMessage: text, stepSpecs: perStep },
      ...{ taskRef: object({ ...reference, kind: text }), taskSpec: anything, timeout: text, workspaces },
    }),
    status: object({
      ...{ ...shared, artifacts: open, 'podName*': text, retriesStatus: anything },
      results: list(object({ 'name*': text, type: text, 'value*': anything })),
      sidecars: list(object({ ...container, terminated })),
      steps: list(
        object({
          ...{ ...container, terminated, inputs: list(open), outputs: list(open), provenance },
          ...{ results: list(object({ 'name*': text, type: text, 'value*': anything })), terminationReason: text },
        }),
      ),
      taskSpec: open,
    }),
  },
});
