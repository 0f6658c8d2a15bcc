import { secondAt } from '#sim/clock.ts';
import { repositoryNamed, rfc1123 } from '#sim/kube/core/model.ts';
import { buildAccount, STATUS_ANNOTATION } from '#sim/kube/core/names.ts';
import { gitUrlOf, imageOf, thing } from '#sim/kube/core/tenant.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, textOf } from '#sim/kube/value.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import { COMPONENTS } from './built.ts';
import { isStudio, noteOf, placeOf, specOf, withNotes, withStatus } from './parts.ts';
import { newRun } from './runs.ts';

/** What the build service does: it watches the repositories of components, and starts builds when asked. */

const REQUEST = 'build.appstudio.openshift.io/request';
const WATCHED = 'repositories.pipelinesascode.tekton.dev';
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'];

/** Starts the push pipeline that a component's repository has; false where the world has no such repository. */
export type Incoming = (component: KubeObject, inside: Inside) => Promise<boolean>;

export const builds = (incoming: Incoming): Controller => ({
  name: 'builds',
  onWrite: async (before, after, inside) => {
    if (!isStudio(after, 'Component')) return;
    if (before === null) await account(after, inside);
    // Others may have written it since, and nothing is answered twice.
    const component = (await inside.get(COMPONENTS, placeOf(after), after.metadata.name)) ?? after;
    const request = noteOf(component, REQUEST);
    // A component without a repository for its images waits for one.
    if (request === '' || imageOf(component) === '') return;
    await inside.write(await answered(withNotes(component, { [REQUEST]: null }), request, inside, incoming));
  },
});

async function account(component: KubeObject, inside: Inside): Promise<void> {
  const name = buildAccount(component.metadata.name);
  if (await inside.get('serviceaccounts', placeOf(component), name)) return;
  await inside.write(thing({ namespace: placeOf(component), bornMs: inside.nowMs }, 'v1', 'ServiceAccount', name));
}

async function answered(
  component: KubeObject,
  request: string,
  inside: Inside,
  incoming: Incoming,
): Promise<KubeObject> {
  switch (request) {
    case 'trigger-pac-build':
      if (!(await incoming(component, inside))) await trigger(component, inside);
      return component;
    case 'configure-pac':
    case 'configure-pac-no-mr':
      return configured(component, inside);
    case 'unconfigure-pac':
      return withNotes(component, {
        [STATUS_ANNOTATION]: JSON.stringify({ pac: { state: 'disabled' }, message: 'done' }),
      });
    default:
      return withNotes(component, {
        [STATUS_ANNOTATION]: JSON.stringify({ message: `sample: there is no request ${request}` }),
      });
  }
}

async function configured(component: KubeObject, inside: Inside): Promise<KubeObject> {
  const url = gitUrlOf(component);
  const name = repositoryNamed(url);
  const namespace = placeOf(component);
  if (!(await inside.get(WATCHED, namespace, name)))
    await inside.write(
      thing({ namespace, bornMs: inside.nowMs }, 'pipelinesascode.tekton.dev/v1alpha1', 'Repository', name, {
        spec: { url },
      }),
    );
  const time = rfc1123(secondAt(inside.nowMs));
  const state = { pac: { state: 'enabled', 'configuration-time': time }, message: 'done' };
  return withStatus(withNotes(component, { [STATUS_ANNOTATION]: JSON.stringify(state) }), { 'pac-repository': name });
}

/** The run as it would be, where the world has no files of the repository. */
async function trigger(component: KubeObject, inside: Inside): Promise<void> {
  const { name } = component.metadata;
  const { nowMs } = inside;
  const namespace = placeOf(component);
  const commit = `sample${uidOf(`${namespace} ${name} ${nowMs}`).replaceAll('-', '')}`.padEnd(40, '0').slice(0, 40);
  const url = gitUrlOf(component);
  const branch = textOf(fieldOf(fieldOf(specOf(component, 'source'), 'git'), 'revision')) || 'main';
  const run = await newRun(
    inside,
    {
      namespace,
      prefix: `${name}-on-push`,
      account: buildAccount(name),
      labels: {
        'app.kubernetes.io/managed-by': 'pipelinesascode.tekton.dev',
        'appstudio.openshift.io/application': textOf(specOf(component, 'application')),
        'appstudio.openshift.io/component': name,
        'pipelines.appstudio.openshift.io/type': 'build',
        'pipelinesascode.tekton.dev/event-type': 'incoming',
        'pipelinesascode.tekton.dev/original-prname': `${name}-on-push`,
        'pipelinesascode.tekton.dev/sha': commit,
      },
      annotations: {
        'build.appstudio.redhat.com/commit_sha': commit,
        'build.appstudio.redhat.com/target_branch': branch,
        'build.appstudio.openshift.io/repo': `${url}?rev=${commit}`,
      },
      params: [
        { name: 'git-url', value: url },
        { name: 'revision', value: commit },
        { name: 'output-image', value: `${imageOf(component)}:${commit}` },
        { name: 'build-platforms', value: PLATFORMS },
      ],
    },
    nowMs,
  );
  await inside.write(run);
}
