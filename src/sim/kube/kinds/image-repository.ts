import type { Kind, Schema } from '#sim/kube/kind.ts';
import { column, custom, flag, list, matching, moment, object, oneOf, says, text } from './fields.ts';

/** Where a component's images are kept, of both groups. */

const PATH = '^[a-z0-9][.a-z0-9_-]*(/[a-z0-9][.a-z0-9_-]*)*$';
const visibility = oneOf('public', 'private');

const imageRepository = (group: string, more: Schema): Kind =>
  custom(`${group}/v1alpha1`, {
    kind: 'ImageRepository',
    plural: 'imagerepositories',
    columns: [column('Image', '.status.image.url'), column('Visibility', '.status.image.visibility')],
    fields: {
      spec: object({
        credentials: object({
          'regenerate-namespace-pull-token': flag,
          'regenerate-token': says('True: new credentials; the controller takes it away', flag),
          'verify-linking': flag,
        }),
        image: object({ name: matching(PATH, more), visibility }),
        notifications: list(
          object({
            config: object({ email: text, url: text }),
            ...{ event: oneOf('repo_push'), method: oneOf('email', 'webhook'), title: text },
          }),
        ),
      }),
      status: object({
        credentials: object({
          ...{ generationTimestamp: moment, 'pull-robot-account': text, 'pull-secret': text },
          ...{ 'push-robot-account': text, 'push-secret': text },
        }),
        image: object({ url: text, visibility }),
        ...{ message: text, notifications: list(object({ title: text, uuid: text })) },
        state: says('ready, failed, damaged, missing, waiting', text),
      }),
    },
  });

export const IMAGE_REPOSITORY = imageRepository('appstudio.redhat.com', {});
export const NEW_IMAGE_REPOSITORY = imageRepository('konflux-ci.dev', { maxLength: 2_048 });
