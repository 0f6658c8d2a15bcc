import { list, matching, moment, object, oneOf, text, texts, words } from './fields.ts';

/** Parts that several kinds share. */

/** A name of Kubernetes: lower-case letters, digits and dashes. */
export const NAME = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
/** `namespace/name`. */
export const PLACE = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?\\/[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

export const name = matching(NAME);
export const place = matching(PLACE);

export const conditions = list(
  object({
    'lastTransitionTime*': moment,
    'message*': { ...text, maxLength: 32_768 },
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    'reason*': matching('^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$', { minLength: 1, maxLength: 1_024 }),
    'status*': oneOf('True', 'False', 'Unknown'),
    'type*': matching(
      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
      { maxLength: 316 },
    ),
  }),
);

export const pairs = list(object({ 'name*': text, 'value*': text }));

const quantity = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  'x-kubernetes-int-or-string': true,
};

export const resources = object({
  claims: list(object({ 'name*': text, request: text })),
  limits: { type: 'object', additionalProperties: quantity },
  requests: { type: 'object', additionalProperties: quantity },
});

export const timeouts = object({ finally: text, pipeline: text, tasks: text });

const perStep = list(object({ 'computeResources*': resources, 'name*': text }));

/** What is said of single tasks of a run. */
export const taskRunSpecs = list(
  object({
    computeResources: resources,
    metadata: object({ annotations: words, labels: words }),
    pipelineTaskName: text,
    podTemplate: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    serviceAccountName: text,
    sidecarSpecs: perStep,
    stepSpecs: perStep,
    timeout: text,
  }),
);

export const repositorySettings = object({ 'comment-strategy': text, 'github-app-token-scope-repos': texts });
