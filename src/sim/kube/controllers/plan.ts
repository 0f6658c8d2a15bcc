import { applicationOf } from '#sim/kube/core/tenant.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import { conditionOf, isStudio, labelOf, placeOf, specOf, withConditions, withStatus } from './parts.ts';

/** Plans and the admissions that they meet. */

export const PLANS = 'releaseplans.appstudio.redhat.com';
const ADMISSIONS = 'releaseplanadmissions.appstudio.redhat.com';
export const BLOCK = 'release.appstudio.openshift.io/block-releases';

/** Admissions in the plan's target that are for its namespace and its application. */
export async function admissionsFor(plan: KubeObject, inside: Inside): Promise<KubeObject[]> {
  const target = textOf(specOf(plan, 'target'));
  if (target === '') return [];
  const all = await inside.list(ADMISSIONS, target);
  return all.filter(
    (one) =>
      specOf(one, 'origin') === placeOf(plan) && listOf(specOf(one, 'applications')).includes(applicationOf(plan)),
  );
}

async function match(plan: KubeObject, inside: Inside): Promise<void> {
  const [admission] = await admissionsFor(plan, inside);
  const matched = admission
    ? withStatus(plan, {
        releasePlanAdmission: {
          name: `${placeOf(admission)}/${admission.metadata.name}`,
          active: labelOf(plan, 'release.appstudio.openshift.io/auto-release') !== 'false',
        },
      })
    : withStatus(plan, { releasePlanAdmission: {} });
  const reason = admission ? 'Matched' : 'NotMatched';
  // Said again with another time it would be written for ever.
  if (fieldOf(conditionOf(plan, 'Matched'), 'reason') === reason) return;
  await inside.write(
    withConditions(matched, inside.nowMs, { type: 'Matched', status: admission ? 'True' : 'False', reason }),
  );
}

/** Notes at a plan whether an admission belongs to it, also when admissions come and go. */
export const plans: Controller = {
  name: 'plans',
  onWrite: async (before, after, inside) => {
    if (isStudio(after, 'ReleasePlan')) await match(after, inside);
    const admission = after ?? before;
    if (!isStudio(admission, 'ReleasePlanAdmission')) return;
    for (const plan of await inside.list(PLANS, textOf(specOf(admission, 'origin')))) await match(plan, inside);
  },
};
