import type { Column, Schema } from '#sim/kube/kind.ts';
import { AGE, column, custom, filled, flag, list, matching, object, open, says, text, texts, whole } from './fields.ts';
import { conditions, repositorySettings } from './shared.ts';

/** Components, of the group of today and of the one to come, and the Application that holds them together. */

const LAST = '.status.conditions[-1]';
const STATE: readonly Column[] = [AGE, column('Status', `${LAST}.status`), column('Reason', `${LAST}.reason`)];

const place = object({ branch: text, context: text, 'url*': text });

export const APPLICATION = custom('appstudio.redhat.com/v1alpha1', {
  kind: 'Application',
  plural: 'applications',
  shortNames: ['hasapp', 'ha', 'app'],
  columns: STATE,
  fields: {
    'spec*': object({ 'displayName*': text, description: text, appModelRepository: place, gitOpsRepository: place }),
    status: object({ 'conditions*': conditions, devfile: text }),
  },
});

/** `word` is the schema of the texts of a pipeline's place. */
function pipelineOf(word: Schema): Schema {
  const reference = object({
    'pipelineref-by-git-resolver': object({ 'pathInRepo*': word, 'revision*': word, 'url*': word }),
    'pipelineref-by-name': text,
    'pipelinespec-from-bundle': object({ 'bundle*': word, 'name*': word }),
  });
  return object({ pull: reference, 'pull-and-push': reference, push: reference });
}

const actions = object({
  'create-pipeline-configuration-pr': object({ 'all-versions': flag, version: text, versions: texts }),
  'trigger-push-build': says('Name of the version to build', text),
  'trigger-push-builds': texts,
});

const versionStates = list(
  object({
    ...{ 'configuration-merge-url': text, message: text, name: text, 'onboarding-status': text },
    ...{ 'onboarding-time': text, revision: text, 'skip-builds': flag },
  }),
);

/** Where the sources of a component of appstudio.redhat.com are; a Snapshot repeats it. */
export const source = object({
  dockerfileUri: text,
  git: object({
    'url*': says('Repository', text),
    revision: says('Branch', text),
    context: says('Folder in the repository', text),
    dockerfileUrl: says('Containerfile, in that folder', text),
    devfileUrl: text,
  }),
  url: text,
  versions: list(
    object({
      ...{ 'build-pipeline': pipelineOf(text), context: text, dockerfileUri: text },
      ...{ 'name*': text, 'revision*': text, 'skip-builds': flag },
    }),
  ),
});

const LABEL_OR_NOTHING = '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

export const COMPONENT = custom('appstudio.redhat.com/v1alpha1', {
  kind: 'Component',
  plural: 'components',
  shortNames: ['cmp', 'comp'],
  columns: [...STATE, column('Type', `${LAST}.type`)],
  fields: {
    'spec*': object({
      actions,
      application: says('Name of its Application', matching(LABEL_OR_NOTHING)),
      'build-nudges-ref': says('Components that get a merge request when this one is built', texts),
      componentName: says('No dots: letters, digits, dashes', matching(LABEL_OR_NOTHING, { maxLength: 63 })),
      containerImage: says('Where its images are pushed to', text),
      'default-build-pipeline': pipelineOf(text),
      env: list(object({ 'name*': text, value: text, valueFrom: open })),
      ...{ replicas: whole, 'repository-settings': repositorySettings, resources: open, route: text, secret: text },
      ...{ 'skip-offboarding-pr': flag, skipGitOpsResourceGeneration: flag, 'source*': source, targetPort: whole },
    }),
    status: object({
      ...{ 'build-nudged-by': texts, conditions, devfile: text, gitops: open },
      lastBuiltCommit: text,
      lastPromotedImage: says('Image of the newest Snapshot of the branch that was accepted', text),
      ...{ message: text, 'pac-repository': text, 'repository-settings': repositorySettings },
      ...{ versions: versionStates, webhook: text },
    }),
  },
});

/** The same under the group that is to become the official one. */
export const NEW_COMPONENT = custom('konflux-ci.dev/v1alpha1', {
  kind: 'Component',
  plural: 'components',
  shortNames: ['cmp', 'comp'],
  columns: [
    AGE,
    column('URL', '.spec.source.url'),
    column('Repository', '.status.pac-repository'),
    { ...column('Message', '.status.message'), priority: 1 },
  ],
  fields: {
    'spec*': object({
      ...{ actions, containerImage: text, 'default-build-pipeline': pipelineOf(filled) },
      ...{ 'repository-settings': repositorySettings, 'skip-offboarding-pr': flag },
      'source*': object({
        dockerfilePath: text,
        'url*': says('Begins with https://, never changes', { ...text, maxLength: 2_048 }),
        versions: list(
          object({
            ...{ 'build-pipeline': pipelineOf(filled), context: text, dockerfilePath: text },
            ...{ 'name*': filled, 'revision*': filled, 'skip-builds': flag },
          }),
        ),
      }),
    }),
    status: object({
      ...{ message: text, 'pac-repository': text, 'repository-settings': repositorySettings },
      versions: versionStates,
    }),
  },
});
