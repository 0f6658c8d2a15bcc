import { type Answers, argsOf, PLATFORMS } from './answers.ts';
import type { Part } from './explained.ts';

/** The two PipelineRuns of a component: one for merge requests, one for the branch. */

export const BUNDLE = 'quay.io/bootc-devel/tekton-catalog/pipeline-buildah-build-bootc-multi-platform-oci-ta';
export const PIPELINE = 'buildah-build-bootc-multi-platform-oci-ta';
/** Stands where a digest is not known; nothing takes it for one. */
export const NO_DIGEST = 'sha256:DIGEST-NOT-KNOWN';
const REGISTRY = 'quay.io/konflux-fedora';

export type Event = 'pull-request' | 'push';

/** Path in the repository of the sources. */
export const runPath = ({ component }: Answers, event: Event): string => `.tekton/${component}-${event}.yaml`;

export function pipelineRun(answers: Answers, event: Event): Part[] {
  return [...head(answers, event), ...source(), ...build(answers), ...result(answers, event), ...pipeline(answers)];
}

const annotations = (adds: Record<string, string>) => ({ metadata: { annotations: adds } });

function head({ repository, branch, application, component }: Answers, event: Event): Part[] {
  const isPush = event === 'push';
  const trigger = isPush ? 'push' : 'pull_request';
  return [
    {
      says: 'A PipelineRun is one run of a pipeline. Pipelines as Code makes one from this file whenever the condition below holds.',
      adds: { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' },
    },
    {
      says: isPush
        ? `The name of the runs. A build that is asked for by hand needs exactly this one: ${component}-on-push.`
        : 'The name of the runs, and of the check on the merge request.',
      adds: { metadata: { name: `${component}-on-${event}` } },
    },
    {
      says: 'The condition, in CEL: which event, on which branch. Add && "Containerfile".pathChanged() to build only when that file has changed.',
      adds: annotations({
        'pipelinesascode.tekton.dev/on-cel-expression': `event == "${trigger}" && target_branch == "${branch}"`,
      }),
    },
    {
      says: isPush
        ? 'A newer push does not stop a build of the branch: each one may become a release.'
        : 'A newer push to the merge request stops the run of the older one.',
      adds: annotations({ 'pipelinesascode.tekton.dev/cancel-in-progress': isPush ? 'false' : 'true' }),
    },
    {
      says: 'Only so many finished runs are kept on the cluster.',
      adds: annotations({ 'pipelinesascode.tekton.dev/max-keep-runs': '3' }),
    },
    {
      says: 'Where the run comes from. Konflux finds the commit again by these; what is in double braces is filled in for each run.',
      adds: annotations({
        'build.appstudio.openshift.io/repo': `${repository.replace(/\/$/, '')}?rev={{revision}}`,
        'build.appstudio.redhat.com/commit_sha': '{{revision}}',
        'build.appstudio.redhat.com/target_branch': '{{target_branch}}',
        ...(isPush ? {} : { 'build.appstudio.redhat.com/pull_request_number': '{{pull_request_number}}' }),
      }),
    },
    {
      says: 'Three labels by which Konflux knows whose build it is. Without them no candidate for a release is made of it.',
      adds: {
        metadata: {
          labels: {
            'appstudio.openshift.io/application': application,
            'appstudio.openshift.io/component': component,
            'pipelines.appstudio.openshift.io/type': 'build',
          },
        },
      },
    },
  ];
}

const given = (name: string, value: string | readonly string[]) => ({ spec: { params: [{ name, value }] } });

function source(): Part[] {
  return [
    {
      says: 'The repository that is built: that of the merge request or of the push.',
      adds: given('git-url', '{{source_url}}'),
    },
    { says: 'Exactly this commit.', adds: given('revision', '{{revision}}') },
  ];
}

function build(answers: Answers): Part[] {
  const { arches, context, containerfile, isNested } = answers;
  const args = argsOf(answers);
  const has86 = arches.includes('x86_64');
  return [
    {
      says: `One build on a machine of each kind. It must be a list, or the cluster refuses to make the run.${has86 ? ' linux/amd64 is a machine; linux/x86_64 would be a pod on the cluster, where a build must not start containers of its own.' : ''}`,
      adds: given(
        'build-platforms',
        arches.map((arch) => PLATFORMS[arch]),
      ),
    },
    { says: 'The Containerfile.', adds: given('dockerfile', containerfile) },
    { says: 'The folder that the build sees.', adds: given('path-context', context) },
    ...(isNested
      ? [
          {
            says: 'The build starts containers itself, as base images do when they assemble their root. All flags of pipelines are texts, hence the quotes.',
            adds: given('privileged-nested', 'true'),
          },
        ]
      : []),
    ...(args.length > 0
      ? [
          {
            says: 'Arguments of the build. Pin an image with tag and digest, and change both together.',
            adds: given('build-args', args),
          },
        ]
      : []),
  ];
}

function result({ tenant, component }: Answers, event: Event): Part[] {
  const image = `${REGISTRY}/${tenant}/${component}`;
  if (event === 'push')
    return [
      {
        says: 'Where the image goes first: the place that the ImageRepository has made, under the commit. It is no release yet.',
        adds: given('output-image', `${image}:{{revision}}`),
      },
    ];
  return [
    {
      says: 'Images of merge requests go away by themselves after five days.',
      adds: given('image-expires-after', '5d'),
    },
    {
      says: 'Where the image goes: beside those of the branch, under a tag that says it is of a merge request.',
      adds: given('output-image', `${image}:on-pr-{{revision}}`),
    },
  ];
}

function pipeline({ component, digest }: Answers): Part[] {
  const where = (name: string, value: string) => ({ name, value });
  return [
    {
      says: 'The pipeline comes from a bundle, which lies in a registry as an image does.',
      adds: { spec: { pipelineRef: { resolver: 'bundles' } } },
    },
    {
      says:
        digest === ''
          ? 'Not ready: the digest of the bundle is not known here. Put one in its place before you use the file.'
          : 'Fedora’s pipeline for bootc images. Only the digest says which version, so that a build can be repeated. Renovate proposes newer ones.',
      adds: { spec: { pipelineRef: { params: [where('bundle', `${BUNDLE}@${digest || NO_DIGEST}`)] } } },
    },
    {
      says: 'Which object in the bundle.',
      adds: { spec: { pipelineRef: { params: [where('name', PIPELINE), where('kind', 'pipeline')] } } },
    },
    {
      says: 'The cluster stops a run after two hours if nothing is said. Builds on slow machines need more. Each task keeps a limit of its own, which the pipeline sets.',
      adds: { spec: { timeouts: { pipeline: '6h' } } },
    },
    {
      says: 'The account of the build. The cluster makes it with the component, and gives it the right to push.',
      adds: { spec: { taskRunTemplate: { serviceAccountName: `build-pipeline-${component}` } } },
    },
  ];
}
