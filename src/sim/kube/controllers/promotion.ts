import { secondAt } from '#sim/clock.ts';
import { STUDIO } from '#sim/kube/core/names.ts';
import { applicationOf } from '#sim/kube/core/tenant.ts';
import type { Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import { AUTO, CHANGE, COMPONENTS } from './built.ts';
import { labelOf, placeOf, specOf, withConditions, withStatus } from './parts.ts';

/** What becomes of a Snapshot that is good: its images are the newest good ones, and plans release it. */

const PLANS = 'releaseplans.appstudio.redhat.com';
const RELEASES = 'releases.appstudio.redhat.com';
const TYPE = 'test.appstudio.openshift.io/type';

/** The Snapshot with what was done noted. Those of merge requests and groups change nothing. */
export async function promoted(snapshot: KubeObject, inside: Inside, atMs: number): Promise<KubeObject> {
  const event = labelOf(snapshot, 'pac.test.appstudio.openshift.io/event-type');
  const type = labelOf(snapshot, TYPE);
  const isOverride = type === 'override';
  const isChange = labelOf(snapshot, CHANGE) !== '' || /pull_request|merge.request/i.test(event);
  if (!isOverride && (type !== 'component' || isChange)) return snapshot;
  const own = labelOf(snapshot, 'appstudio.openshift.io/component');
  for (const one of listOf(specOf(snapshot, 'components')))
    if (isOverride || fieldOf(one, 'name') === own) await accept(one, placeOf(snapshot), inside);
  const added = withConditions(snapshot, atMs, {
    ...{
      type: 'AddedToGlobalCandidateList',
      status: 'True',
      reason: 'Added',
      message: 'sample: it is the newest good one',
    },
  });
  return isOverride ? added : released(added, inside, atMs);
}

async function accept(row: unknown, namespace: string, inside: Inside): Promise<void> {
  const component = await inside.get(COMPONENTS, namespace, textOf(fieldOf(row, 'name')));
  const lastPromotedImage = textOf(fieldOf(row, 'containerImage'));
  if (!component || lastPromotedImage === '') return;
  const commit = textOf(fieldOf(fieldOf(fieldOf(row, 'source'), 'git'), 'revision'));
  const more = { lastPromotedImage, ...(commit === '' ? {} : { lastBuiltCommit: commit }) };
  await inside.write(withStatus(component, more));
}

async function released(snapshot: KubeObject, inside: Inside, atMs: number): Promise<KubeObject> {
  const namespace = placeOf(snapshot);
  const all = await inside.list(RELEASES, namespace);
  const isDone = all.some((one) => specOf(one, 'snapshot') === snapshot.metadata.name);
  if (isDone || labelOf(snapshot, AUTO) === 'false') return snapshot;
  const plans = (await inside.list(PLANS, namespace)).filter(
    (plan) => applicationOf(plan) === applicationOf(snapshot) && labelOf(plan, AUTO) !== 'false',
  );
  for (const plan of plans) await inside.write(releaseOf(snapshot, plan, atMs));
  if (plans.length === 0) return snapshot;
  return withConditions(snapshot, atMs, {
    ...{ type: 'AutoReleased', status: 'True', reason: 'AutoReleased', message: 'sample: a Release was made' },
  });
}

function releaseOf(snapshot: KubeObject, plan: KubeObject, atMs: number): KubeObject {
  const namespace = placeOf(snapshot);
  const [from, by] = [snapshot.metadata.name, plan.metadata.name];
  const name = `${from}-sample-${uidOf(`${from} ${by}`).slice(0, 5)}`;
  return {
    apiVersion: STUDIO,
    kind: 'Release',
    metadata: {
      ...{ name, namespace, uid: uidOf(`Release ${namespace} ${name}`), resourceVersion: '' },
      creationTimestamp: secondAt(atMs),
      labels: {
        'appstudio.openshift.io/application': applicationOf(snapshot),
        'appstudio.openshift.io/component': labelOf(snapshot, 'appstudio.openshift.io/component'),
        'release.appstudio.openshift.io/automated': 'true',
        'release.appstudio.openshift.io/snapshot': from,
        'release.appstudio.openshift.io/releasePlan': by,
      },
    },
    spec: { snapshot: from, releasePlan: by },
  };
}
