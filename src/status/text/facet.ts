import type { Facets, Image, Outcome } from '#status/model.ts';
import { wrongText } from '#status/reasons.ts';
import type { Target } from '#status/targets.ts';
import { span } from '#status/time.ts';
import { ageText, dayText, instantText } from './dates.ts';

/** The facets of a verdict one by one, in words and with their thresholds. */

export interface FacetRow {
  id: keyof Facets;
  name: string;
  value: string;
  says: string;
}

/** What each facet asks; the legend page and the image page share these words. */
export const FACETS = {
  plan: { name: 'Plan', asks: 'Do people intend to build it? Read from the targets file.' },
  lifecycle: {
    name: 'Lifecycle',
    asks: 'Where its release stands in its life. Read from Bodhi, with endoflife.date as second voice.',
  },
  publish: { name: 'Published', asks: 'Whether the tag points at an image now, and whether it ever did.' },
  complete: {
    name: 'Complete',
    asks: 'Whether every planned architecture is in the index, and none lags behind its siblings.',
  },
  fresh: { name: 'Age', asks: 'How old the newest architecture is, against the two limits of its target.' },
  attempt: { name: 'Attempts', asks: 'How the newest builds ended. Needs the Konflux API.' },
  promotion: { name: 'Promotion', asks: 'Whether a newer image waits in development while production is behind.' },
  trust: { name: 'Trust', asks: 'Whether signature, provenance and SBOM are there, and whether they were checked.' },
  confidence: { name: 'Confidence', asks: 'Whether we saw this ourselves, know it only from before, or do not know.' },
} as const satisfies Record<keyof Facets, { name: string; asks: string }>;

/** Every facet of an image's verdict in words. */
export function facetRows(image: Image, target: Target | undefined, now: string): FacetRow[] {
  const { facets } = image.verdict;
  const row = (id: keyof Facets, says: string): FacetRow => ({
    id,
    name: FACETS[id].name,
    value: facets[id].value,
    says,
  });
  return [
    row('plan', planSays(facets.plan, target)),
    row('lifecycle', facets.lifecycle.eolAt ? `Last day ${dayText(facets.lifecycle.eolAt)}.` : 'No last day is known.'),
    row('publish', publishSays(facets.publish, image)),
    row('complete', completeSays(facets.complete, image)),
    row('fresh', freshSays(facets.fresh, image, target, now)),
    row('attempt', attemptSays(facets.attempt)),
    row('promotion', promotionSays(facets.promotion, image)),
    row('trust', trustSays(facets.trust, image)),
    {
      ...row('confidence', confidenceSays(facets.confidence, image)),
      ...(facets.confidence.value === 'observed' && !image.digest ? { value: 'nothing found' } : {}),
    },
  ];
}

function planSays(plan: Facets['plan'], target: Target | undefined): string {
  const confirmed = plan.confirmed
    ? ''
    : ` Not confirmed that this is still built: ${target?.why ?? 'no reason is given'}`;
  if (plan.expired) return `Its exemption has expired (${plan.issue}).${confirmed}`;
  if (plan.value === 'exempt' && plan.until) return `Waived until ${dayText(plan.until)}: ${plan.issue}.${confirmed}`;
  return `${target ? 'As the targets file says.' : 'No longer in the targets file.'}${confirmed}`;
}

function publishSays(publish: Facets['publish'], image: Image): string {
  if (publish.value === 'present')
    return image.taggedAt
      ? `The tag has pointed here since ${instantText(image.taggedAt)}.`
      : 'The tag points at an image.';
  const last = image.lastSeen ? ` Last seen ${instantText(image.lastSeen.at)}.` : '';
  if (publish.value === 'unknown') return `We could not look.${last}`;
  return `${image.absentSince ? `Absent since the poll of ${instantText(image.absentSince)}.` : 'Absent.'}${last}`;
}

function completeSays({ value, arches }: Facets['complete'], image: Image): string {
  if (value === 'all') return `All ${image.arches.length} planned architectures.`;
  if (value === 'missing') return `Not in the index: ${arches.join(', ')}.`;
  if (value === 'skewed') return `Behind the newest: ${arches.join(', ')}.`;
  if (arches.length > 0) return `Could not be read: ${arches.join(', ')}.`;
  return image.digest ? 'The index could not be read.' : 'There is no index that we know of.';
}

function freshSays(fresh: Facets['fresh'], image: Image, target: Target | undefined, now: string): string {
  const limits = target
    ? ` Fresh up to ${span(target.cadence.freshMs)}, stale over ${span(target.cadence.staleMs)}; expected every ${span(target.cadence.expectMs)}.`
    : '';
  if (!image.createdAt) return `Its date is not known.${limits}`;
  const ends =
    fresh.agingAt && fresh.staleAt
      ? ` Aging from ${instantText(fresh.agingAt)}, stale from ${instantText(fresh.staleAt)}.`
      : '';
  return `${ageText(image.createdAt, now)} old.${limits}${ends}`;
}

function attemptSays({ value, failures, since }: Facets['attempt']): string {
  if (value === 'none') return 'No builds are known; the Konflux API tells them.';
  const from = since ? ` since ${instantText(since)}` : '';
  return failures > 0 ? `${failures} failed in a row${from}.` : `The newest attempt: ${value}${from}.`;
}

function promotionSays({ value, differenceMs }: Facets['promotion'], image: Image): string {
  if (value === 'n/a' || differenceMs === null)
    return 'There is nothing to compare it with, or one of the two dates is not known.';
  const other = image.counterpart?.id ?? 'its counterpart';
  if (image.parity?.sameDigest === false && differenceMs === 0) return `As old as ${other}, with another digest.`;
  if (value === 'in-sync') return `The same as ${other}.`;
  return `${differenceMs > 0 ? 'Newer' : 'Older'} than ${other} by ${span(Math.abs(differenceMs))}.`;
}

function trustSays({ value, absent }: Facets['trust'], image: Image): string {
  if (value === 'failed') return `${wrongText(image)}.`;
  if (absent.length > 0) return `Expected, and not found: ${absent.join(', ')}.`;
  const right = Object.entries({ signature: image.signature, provenance: image.provenance })
    .filter(([, one]) => one?.state === 'verified')
    .map(([name]) => name);
  if (right.length > 0)
    return `By a key that we know, over this digest: ${right.join(', ')}.${value === 'verified' ? '' : ' The rest could not be read.'}`;
  if (value === 'not-checked') return 'We could not read it, or have not looked.';
  return value === 'present-unverified' ? 'Present; no key that we know has verified it.' : 'The target expects none.';
}

const ANSWERS: Record<Outcome, string> = {
  ok: 'the registry answered',
  unchanged: 'nothing had changed',
  absent: 'there is no such tag',
  hidden: 'the repository is missing or private',
  denied: 'access was denied',
  unreadable: 'the answer could not be read',
  failed: 'there was no answer',
};

function confidenceSays({ value }: Facets['confidence'], { lastPoll, lastSeen, checkedAt, digest }: Image): string {
  const seenAt = digest ? checkedAt : (lastSeen?.at ?? null);
  const seen = seenAt ? `Seen ${instantText(seenAt)}.` : 'Never seen.';
  if (!lastPoll) return `${seen} No poll is on record.`;
  if (value === 'observed' && digest) return seen;
  return `${seen} Asked ${instantText(lastPoll.at)}: ${ANSWERS[lastPoll.outcome]}.`;
}
