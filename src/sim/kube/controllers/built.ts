import { secondAt, stamp } from '#sim/clock.ts';
import { STUDIO } from '#sim/kube/core/names.ts';
import { applicationOf, gitUrlOf, imageOf } from '#sim/kube/core/tenant.ts';
import type { Inside, KubeObject } from '#sim/kube/kind.ts';
import { listOf, textOf } from '#sim/kube/value.ts';
import type { Pushed } from '#sim/live/images.ts';
import { chance, digestNamed, uidOf } from '#sim/pipeline/names.ts';
import { labelOf, noteOf, placeOf, specOf, statusOf, withNotes, withStatus } from './parts.ts';
import { valueIn } from './runs.ts';

/** What follows when a build has ended well: its image is signed, and a Snapshot holds it beside its siblings. */

/** Label of a Snapshot that is of a merge request: its number. */
export const CHANGE = 'pac.test.appstudio.openshift.io/pull-request';
export const AUTO = 'release.appstudio.openshift.io/auto-release';
export const COMPONENTS = 'components.appstudio.redhat.com';

/** The run with what it gave; of a run that is no component's build, the run as it is. */
export async function built(run: KubeObject, pushed: Pushed | null, inside: Inside, atMs: number): Promise<KubeObject> {
  const name = labelOf(run, 'appstudio.openshift.io/component');
  const isBuild = labelOf(run, 'pipelines.appstudio.openshift.io/type') === 'build';
  const component = isBuild && name !== '' ? await inside.get(COMPONENTS, placeOf(run), name) : null;
  if (!component) return run;
  const commit = noteOf(run, 'build.appstudio.redhat.com/commit_sha') || 'sample';
  const given = valueIn(listOf(specOf(run, 'params')), 'output-image');
  const url = given || `${imageOf(component)}:${commit}`;
  // Where none was pushed, nothing in the practice registry has this digest.
  const digest = pushed?.digest ?? digestNamed(`${run.metadata.uid} image`);
  const results = [
    { name: 'IMAGE_URL', value: url },
    { name: 'IMAGE_DIGEST', value: digest },
    { name: 'CHAINS-GIT_URL', value: gitUrlOf(component) },
    { name: 'CHAINS-GIT_COMMIT', value: commit },
  ];
  const image = `${url.replace(/:[^:/]*$/, '')}@${digest}`;
  const snapshot = await snapshotOf(run, component, image, commit, inside, atMs);
  await inside.write(snapshot);
  const notes = { 'chains.tekton.dev/signed': 'true', 'appstudio.openshift.io/snapshot': snapshot.metadata.name };
  return withStatus(withNotes(run, notes), { results });
}

async function snapshotOf(
  run: KubeObject,
  component: KubeObject,
  containerImage: string,
  revision: string,
  inside: Inside,
  atMs: number,
): Promise<KubeObject> {
  const namespace = placeOf(run);
  const application = applicationOf(component);
  const all = await inside.list(COMPONENTS, namespace);
  const siblings = all.filter(
    (one) => applicationOf(one) === application && one.metadata.name !== component.metadata.name,
  );
  const old = siblings.flatMap((one) => {
    const image = textOf(statusOf(one, 'lastPromotedImage'));
    return image === '' ? [] : [{ name: one.metadata.name, containerImage: image }];
  });
  const ms = String(Math.floor(chance(run.metadata.uid) * 1_000)).padStart(3, '0');
  const name = `${application}-sample-${stamp(atMs)}-${ms}`;
  const event = labelOf(run, 'pipelinesascode.tekton.dev/event-type');
  const change = labelOf(run, 'pipelinesascode.tekton.dev/pull-request');
  const auto = labelOf(run, AUTO);
  return {
    apiVersion: STUDIO,
    kind: 'Snapshot',
    metadata: {
      ...{ name, namespace, uid: uidOf(`Snapshot ${namespace} ${name}`), resourceVersion: '' },
      creationTimestamp: secondAt(atMs),
      labels: {
        'appstudio.openshift.io/application': application,
        'appstudio.openshift.io/component': component.metadata.name,
        'appstudio.openshift.io/build-pipelinerun': run.metadata.name,
        'test.appstudio.openshift.io/type': 'component',
        ...(event === '' ? {} : { 'pac.test.appstudio.openshift.io/event-type': event }),
        ...(change === '' ? {} : { [CHANGE]: change }),
        ...(auto === '' ? {} : { [AUTO]: auto }),
      },
    },
    spec: {
      application,
      components: [
        { name: component.metadata.name, containerImage, source: { git: { url: gitUrlOf(component), revision } } },
        ...old,
      ],
    },
  };
}
