import type { Schema } from '#sim/kube/kind.ts';
import { AGE, column, custom, flag, list, matching, moment, object, open, says, text, texts, whole } from './fields.ts';
import { conditions, NAME, name, pairs, place, resources, taskRunSpecs, timeouts } from './shared.ts';

/** Releases, the plans that they follow, and the admissions that let them in. */

const AT = 'appstudio.redhat.com/v1alpha1';

const roleBindings = object({ managedRoleBinding: place, secretRoleBinding: place, tenantRoleBinding: place });
const run = { completionTime: moment, pipelineRun: place, roleBindings, startTime: moment };
const processing = object(run);

const attempts = list(
  object({
    ...run,
    ...{
      failureReason: says('Error, OOMKill, PipelineRunTimeout, TaskRunTimeout', text),
      lastStep: text,
      lastTask: text,
    },
    mitigation: object({
      ...{ memoryLimit: text, memoryRequest: text, pipelinesTimeout: text, taskTimeout: text, tasksTimeout: text },
    }),
    ...{ status: says('Succeeded, Failed, Progressing', text), successfulTasks: whole },
  }),
);

export const RELEASE = custom(AT, {
  kind: 'Release',
  plural: 'releases',
  shortNames: ['rel'],
  columns: [
    column('Snapshot', '.spec.snapshot'),
    column('ReleasePlan', '.spec.releasePlan'),
    column('Release status', '.status.conditions[?(@.type=="Released")].reason'),
    AGE,
  ],
  fields: {
    spec: object({
      data: open,
      gracePeriodDays: says('Days for which it is kept', whole),
      'releasePlan*': says('Name of the ReleasePlan', name),
      'snapshot*': says('Name of the Snapshot', name),
    }),
    status: object({
      artifacts: says('What its pipeline has noted', open),
      attribution: object({ author: text, standingAuthorization: flag }),
      ...{ automated: flag, collectors: open, completionTime: moment, conditions, expirationTime: moment },
      collectorsProcessing: object({
        ...{ managedCollectorsProcessing: processing, tenantCollectorsProcessing: processing },
      }),
      ...{ finalProcessing: processing, managedProcessing: processing, tenantProcessing: processing },
      managedPipelineAttempts: says('Runs of the managed pipeline, the first one first', attempts),
      ...{ startTime: moment, target: name },
      validation: object({ failedPostValidation: flag, time: moment }),
    }),
  },
});

const collectors = object({
  'items*': list(object({ 'name*': name, 'params*': pairs, timeout: whole, 'type*': name })),
  ...{ secrets: texts, serviceAccountName: name },
});

const pipeline = {
  maxRetries: { ...whole, minimum: 0 },
  'pipelineRef*': object({ ociStorage: text, 'params*': pairs, 'resolver*': text, useEmptyDir: flag }),
  ...{ serviceAccountName: name, taskRunSpecs, timeouts },
};
const tenantPipeline = object({ ...pipeline, params: pairs });

const owner = matching(NAME, { maxLength: 63 });

export const RELEASE_PLAN = custom(AT, {
  kind: 'ReleasePlan',
  plural: 'releaseplans',
  shortNames: ['rp'],
  columns: [
    column('Application', '.spec.application'),
    column('ComponentGroup', '.spec.componentGroup'),
    column('Target', '.spec.target'),
  ],
  fields: {
    spec: object({
      ...{ application: owner, componentGroup: owner, collectors, data: open },
      ...{ finalPipeline: tenantPipeline, tenantPipeline },
      releaseGracePeriodDays: { ...whole, default: 7 },
      target: says('Namespace of the ReleasePlanAdmission', name),
    }),
    status: object({ conditions, releasePlanAdmission: object({ active: flag, name: text }) }),
  },
});

const longer: Schema = object({ 'increment*': text, maxTimeout: text });

export const RELEASE_PLAN_ADMISSION = custom(AT, {
  kind: 'ReleasePlanAdmission',
  plural: 'releaseplanadmissions',
  shortNames: ['rpa'],
  columns: [column('Environment', '.spec.environment'), column('Origin', '.spec.origin')],
  fields: {
    spec: object({
      applications: { ...texts, minItems: 1 },
      ...{ collectors, componentGroups: { ...texts, minItems: 1 }, data: open, environment: name },
      'origin*': says('Namespace of the ReleasePlans', name),
      pipeline: object(pipeline),
      'policy*': says('Name of the EnterpriseContractPolicy', name),
    }),
    status: object({
      conditions,
      releasePlans: list(object({ active: flag, name: place })),
      retryInfo: object({
        ...{ 'enabled*': flag, maxRetries: whole, 'reason*': text },
        mitigations: object({
          oomKill: object({ maxComputeResources: resources, 'multiplier*': matching('^[0-9]+(\\.[0-9]+)?$') }),
          timeout: object({ pipeline: longer, task: longer }),
        }),
      }),
    }),
  },
});
