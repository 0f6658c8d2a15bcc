import type { Column } from '#sim/kube/kind.ts';
import { column, custom, list, map, moment, object, oneOf, open, says, text, texts, words } from './fields.ts';

/** The repository that Pipelines as Code watches. */

const secret = object({ key: text, 'name*': text });
const comments = oneOf('', 'disable_all', 'update');
const LAST = '.pipelinerun_status[-1]';
const date = (name: string, jsonPath: string): Column => ({ name, type: 'date', jsonPath });

export const REPOSITORY = custom('pipelinesascode.tekton.dev/v1alpha1', {
  kind: 'Repository',
  plural: 'repositories',
  shortNames: ['repo'],
  columns: [
    column('URL', '.spec.url'),
    column('Succeeded', `${LAST}.conditions[?(@.type=="Succeeded")].status`),
    column('Reason', `${LAST}.conditions[?(@.type=="Succeeded")].reason`),
    date('StartTime', `${LAST}.startTime`),
    date('CompletionTime', `${LAST}.completionTime`),
  ],
  fields: {
    'metadata*': { type: 'object' },
    pipelinerun_status: list(
      object({
        ...{ annotations: words, completionTime: moment, event_type: text, failure_reason: map(open), logurl: text },
        conditions: list(
          object({
            ...{ lastTransitionTime: text, message: text, reason: text, severity: text },
            ...{ 'status*': text, 'type*': text },
          }),
        ),
        ...{
          observedGeneration: { type: 'integer', format: 'int64' },
          pipelineRunName: text,
          sha: text,
          sha_url: text,
        },
        ...{ startTime: moment, target_branch: text, title: text },
      }),
    ),
    'spec*': object({
      concurrency_limit: { type: 'integer', minimum: 1 },
      git_provider: object({
        secret,
        type: oneOf('github', 'gitlab', 'bitbucket-datacenter', 'bitbucket-cloud', 'gitea', 'forgejo'),
        ...{ url: text, user: text, webhook_secret: secret },
      }),
      incoming: list(object({ params: texts, 'secret*': secret, targets: texts, 'type*': oneOf('webhook-url') })),
      params: list(object({ filter: text, 'name*': text, secret_ref: secret, value: text })),
      settings: object({
        ai: open,
        forgejo: object({ comment_strategy: comments, user_agent: text }),
        github: object({ comment_strategy: comments }),
        github_app_token_scope_repos: texts,
        gitlab: object({ comment_strategy: comments }),
        pipelinerun_provenance: oneOf('source', 'default_branch'),
        policy: object({ ok_to_test: texts, pull_request: texts }),
      }),
      url: says('Address of the repository', text),
    }),
  },
});
