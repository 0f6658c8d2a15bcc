import { secondAt } from '#sim/clock.ts';
import { RELEASE_ACCOUNT } from '#sim/kube/core/names.ts';
import { applicationOf } from '#sim/kube/core/tenant.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { type Images, tagsAt } from '#sim/live/images.ts';
import type { Agenda, Job } from './agenda.ts';
import { bornAt, isStudio, labelOf, placeOf, specOf, statusOf, withConditions, withStatus } from './parts.ts';
import { admissionsFor, BLOCK, PLANS } from './plan.ts';
import { inMinutes, newRun } from './runs.ts';
import { SNAPSHOTS } from './tests.ts';

/** The release service: a new Release is judged, and one that is fit goes through the managed pipeline. */

const RELEASES = 'releases.appstudio.redhat.com';
const MINUTES = 15;
const DAY_MS = 86_400_000;
const SKIPPED = [
  ...['TenantCollectorsPipelineProcessed', 'ManagedCollectorsPipelineProcessed'],
  ...['TenantPipelineProcessed', 'FinalPipelineProcessed'],
];

export function releases(agenda: Agenda, images: Images): Controller {
  async function begin(release: KubeObject, inside: Inside): Promise<void> {
    const atMs = bornAt(release, inside.nowMs);
    const startTime = secondAt(atMs);
    const automated = labelOf(release, 'release.appstudio.openshift.io/automated') === 'true';
    const plan = await inside.get(PLANS, placeOf(release), textOf(specOf(release, 'releasePlan')));
    const fault = await faultOf(release, plan, automated, inside);
    const started = withStatus(release, { automated, startTime, attribution: authorOf(release, automated) });
    if (fault !== null || plan === null) {
      await inside.write(refused(started, fault ?? '', atMs));
      return;
    }
    const target = textOf(specOf(plan, 'target'));
    const pipelineRun = `${target}/${await managedRun(release, target, inside, atMs)}`;
    const going = withStatus(started, {
      ...{ target, managedProcessing: { pipelineRun, startTime } },
      managedPipelineAttempts: [{ pipelineRun, startTime, status: 'Progressing' }],
    });
    await inside.write(
      withConditions(
        going,
        atMs,
        { type: 'Validated', status: 'True', reason: 'Succeeded' },
        ...SKIPPED.map((type) => ({ type, status: 'True', reason: 'Skipped' }) as const),
        { type: 'ManagedPipelineProcessed', status: 'False', reason: 'Progressing' },
        { type: 'Released', status: 'False', reason: 'Progressing' },
      ),
    );
    agenda.add(inMinutes(MINUTES + 2, atMs), end(placeOf(release), release.metadata.name));
  }

  /** Gives the images of the Snapshot the tags that the plan says, where they do not have them. */
  async function push(release: KubeObject, inside: Inside, atMs: number): Promise<void> {
    const plan = await inside.get(PLANS, placeOf(release), textOf(specOf(release, 'releasePlan')));
    const snapshot = await inside.get(SNAPSHOTS, placeOf(release), textOf(specOf(release, 'snapshot')));
    const goals = plan ? listOf(fieldOf(fieldOf(specOf(plan, 'data'), 'mapping'), 'components')) : [];
    for (const one of snapshot ? listOf(specOf(snapshot, 'components')) : []) {
      const goal = goals.find((row) => fieldOf(row, 'name') === fieldOf(one, 'name'));
      const tags = tagsAt(listOf(fieldOf(goal, 'tags')).map(textOf), atMs);
      const to = textOf(fieldOf(goal, 'repository'));
      if (to !== '' && tags.length > 0) await images.copy(textOf(fieldOf(one, 'containerImage')), to, tags, atMs);
    }
  }

  const end =
    (namespace: string, name: string): Job =>
    async (inside, atMs) => {
      const release = await inside.get(RELEASES, namespace, name);
      if (!release || statusOf(release, 'completionTime') !== undefined) return;
      const completionTime = secondAt(atMs);
      await push(release, inside, atMs);
      const days = Number(specOf(release, 'gracePeriodDays')) || 7;
      const done = withStatus(release, {
        ...{ completionTime, expirationTime: secondAt(atMs + days * DAY_MS) },
        managedProcessing: { ...fieldsOf(statusOf(release, 'managedProcessing')), completionTime },
        managedPipelineAttempts: listOf(statusOf(release, 'managedPipelineAttempts')).map((one) => ({
          ...{ ...fieldsOf(one), completionTime, status: 'Succeeded' },
        })),
      });
      await inside.write(
        withConditions(
          done,
          atMs,
          { type: 'ManagedPipelineProcessed', status: 'True', reason: 'Succeeded' },
          { type: 'Released', status: 'True', reason: 'Succeeded' },
        ),
      );
    };

  return {
    name: 'releases',
    onWrite: async (_, release, inside) => {
      if (isStudio(release, 'Release') && statusOf(release, 'startTime') === undefined) await begin(release, inside);
    },
  };
}

/** Why it cannot be released; null when it can. */
async function faultOf(
  release: KubeObject,
  plan: KubeObject | null,
  automated: boolean,
  inside: Inside,
): Promise<string | null> {
  if (!plan) return `sample: there is no ReleasePlan "${textOf(specOf(release, 'releasePlan'))}"`;
  const name = textOf(specOf(release, 'snapshot'));
  const snapshot = await inside.get(SNAPSHOTS, placeOf(release), name);
  if (!snapshot) return `sample: there is no Snapshot "${name}"`;
  if (applicationOf(snapshot) !== applicationOf(plan))
    return 'different Application referenced in ReleasePlan and Snapshot';
  if (automated && labelOf(plan, 'release.appstudio.openshift.io/standing-attribution') !== 'true')
    return 'no author in the ReleasePlan found for automated release';
  const target = textOf(specOf(plan, 'target'));
  if (target === '') return 'releasePlan has no target';
  const [admission, second] = await admissionsFor(plan, inside);
  if (!admission) return `no ReleasePlanAdmission found in namespace (${target}) with the origin (${placeOf(plan)})`;
  if (second) return 'multiple ReleasePlanAdmissions found';
  if (labelOf(admission, BLOCK) === 'true')
    return `found ReleasePlanAdmission '${admission.metadata.name}' with block-releases label set to true`;
  return null;
}

const refused = (release: KubeObject, message: string, atMs: number): KubeObject =>
  withConditions(
    withStatus(release, { completionTime: secondAt(atMs), validation: { time: secondAt(atMs) } }),
    atMs,
    { type: 'Validated', status: 'False', reason: 'Failed', message },
    { type: 'Released', status: 'False', reason: 'Failed', message: 'sample: the Release is not valid' },
  );

const authorOf = (release: KubeObject, standingAuthorization: boolean) => ({
  author: labelOf(release, 'release.appstudio.openshift.io/author') || 'sample',
  ...(standingAuthorization ? { standingAuthorization } : {}),
});

async function managedRun(release: KubeObject, namespace: string, inside: Inside, atMs: number): Promise<string> {
  const run = await newRun(
    inside,
    {
      ...{ namespace, prefix: 'managed', account: RELEASE_ACCOUNT },
      labels: {
        'appstudio.openshift.io/service': 'release',
        'appstudio.openshift.io/snapshot': textOf(specOf(release, 'snapshot')),
        'pipelines.appstudio.openshift.io/type': 'managed',
        'release.appstudio.openshift.io/name': release.metadata.name,
        'release.appstudio.openshift.io/namespace': placeOf(release),
      },
    },
    atMs,
  );
  await inside.write(run);
  return run.metadata.name;
}
