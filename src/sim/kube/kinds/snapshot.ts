import { source } from './component.ts';
import {
  AGE,
  anything,
  column,
  custom,
  flag,
  list,
  map,
  matching,
  moment,
  object,
  says,
  text,
  texts,
} from './fields.ts';
import { conditions, name, pairs } from './shared.ts';

/** Snapshots, and what decides which tests they get. */

export const SNAPSHOT = custom('appstudio.redhat.com/v1alpha1', {
  kind: 'Snapshot',
  plural: 'snapshots',
  shortNames: ['as', 'snapshot'],
  fields: {
    spec: object({
      application: text,
      artifacts: object({ unstableFields: anything }),
      componentGroup: text,
      components: list(object({ 'name*': text, 'containerImage*': says('By digest', text), source, version: text })),
      ...{ displayDescription: text, displayName: text },
    }),
    status: object({
      conditions,
      parentSnapshots: map(object({ 'created*': flag, err: text, name: text })),
    }),
  },
});

const AT = 'appstudio.redhat.com/v1beta2';

export const SCENARIO = custom(AT, {
  kind: 'IntegrationTestScenario',
  plural: 'integrationtestscenarios',
  shortNames: ['its'],
  columns: [column('Application', '.spec.application'), column('ComponentGroup', '.spec.componentGroup')],
  fields: {
    spec: object({
      ...{ application: name, componentGroup: name },
      contexts: says('When it runs; none: always', list(object({ description: text, 'name*': text }))),
      dependents: says('Scenarios that start after this one', texts),
      params: list(object({ 'name*': text, value: text, values: texts })),
      'resolverRef*': object({ 'params*': pairs, 'resolver*': text, resourceKind: text }),
    }),
    status: object({ 'conditions*': conditions }),
  },
});

export const COMPONENT_GROUP = custom(AT, {
  kind: 'ComponentGroup',
  plural: 'componentgroups',
  shortNames: ['cg'],
  columns: [AGE],
  fields: {
    spec: object({
      'components*': list(
        object({
          componentVersion: object({ context: text, 'name*': text, version: text }),
          kind: matching('(?i)^(component|componentGroup)$', { default: 'component' }),
          'name*': name,
        }),
      ),
      snapshotCreator: object({ taskRef: object({ 'params*': pairs, 'resolver*': text }) }),
      testGraph: map(list(object({ failFast: { ...flag, default: false }, 'name*': text }))),
    }),
    status: object({
      conditions,
      globalCandidateList: list(
        object({
          ...{ lastPromotedBuildTime: moment, lastPromotedCommit: text, lastPromotedImage: text },
          ...{ 'name*': text, url: text, version: text },
        }),
      ),
    }),
  },
});
