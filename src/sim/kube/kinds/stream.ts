import { custom, list, object, open, says, text } from './fields.ts';
import { conditions, pairs } from './shared.ts';

/** Projects, and the streams that are made of a template. */

const AT = 'projctl.konflux.dev/v1beta1';

export const PROJECT = custom(AT, {
  kind: 'Project',
  plural: 'projects',
  fields: { spec: object({ description: text, displayName: text }) },
  hasStatus: false,
});

export const STREAM = custom(AT, {
  kind: 'ProjectDevelopmentStream',
  plural: 'projectdevelopmentstreams',
  fields: {
    spec: object({ project: text, template: object({ 'name*': text, values: pairs }) }),
    status: object({ conditions }),
  },
});

export const STREAM_TEMPLATE = custom(AT, {
  kind: 'ProjectDevelopmentStreamTemplate',
  plural: 'projectdevelopmentstreamtemplates',
  fields: {
    spec: object({
      project: text,
      resources: says('Objects of a stream, with {{.name}} for its variables', list(open)),
      variables: list(object({ defaultValue: text, description: text, 'name*': text })),
    }),
  },
});
