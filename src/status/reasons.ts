import type { Evidence, Subject } from './facets.ts';
import type { Verdict } from './model.ts';
import { type Case, firstMatch, flipRate } from './rules.ts';
import type { State } from './states.ts';
import { endOfDayMs, iso, span } from './time.ts';

/** The words of a verdict: why, and since when. */

const day = (at: string | null | undefined) => (at ? at.slice(0, 10) : 'an unknown day');
const list = (arches: readonly string[]) => arches.join(', ');

/** One sentence with the figures, for each rule. */
const REASONS: Record<State, (c: Case) => string> = {
  'not-planned': () => 'Not planned for this release.',
  exempt: ({ facets }) => `Waived until ${day(iso(Date.parse(facets.plan.until ?? '') - 1))}: ${facets.plan.issue}`,
  retired: ({ target: { plan } }) => `Retired on ${typeof plan === 'object' && 'retired' in plan ? plan.retired : ''}.`,
  eol: ({ facets, image }) =>
    `${facets.lifecycle.eolAt ? `End of life since ${facets.lifecycle.eolAt}` : 'End of life'}${image.createdAt ? `, last image ${day(image.createdAt)}` : ''}.`,
  'unknown-never': ({ image }) => (image.lastPoll ? 'Nothing is published.' : 'Not polled yet.'),
  'unknown-source': (c) => (c.image.lastPoll?.outcome === 'failed' ? withoutData(c) : unread(c)),
  'unknown-auth': () => 'The registry denied access, so we cannot tell whether it exists.',
  'unknown-parse': () => 'The registry answered something that we cannot read.',
  withdrawn: ({ image }) =>
    image.lastPoll?.outcome === 'hidden'
      ? `The repository is missing or private; last seen ${day(image.lastSeen?.at)}.`
      : `The tag is gone; last seen ${day(image.lastSeen?.at)}.`,
  missing: ({ image }) =>
    image.lastPoll?.outcome === 'hidden' ? 'The repository is missing or private.' : 'Never published.',
  'arch-missing': ({ facets }) => `${list(facets.complete.arches)} not in the index.`,
  stale: ({ ageMs, target }) => `${span(ageMs)} old; stale over ${span(target.cadence.staleMs)}.`,
  failing: ({ facets, image, nowMs }) =>
    `${facets.attempt.failures} attempts failed, for ${isBounded(image) ? 'at least ' : ''}${span(nowMs - Date.parse(facets.attempt.since ?? ''))}.`,
  'trust-failed': ({ image }) => `${wrongText(image)}.`,
  freeze: ({ ageMs, inFreeze }) => `${span(ageMs)} old in a freeze until ${day(inFreeze?.to)}: ${inFreeze?.reason}`,
  'failing-fresh': ({ facets, ageMs }) =>
    `${span(ageMs)} old; ${facets.attempt.failures === 1 ? 'the last attempt' : `the last ${facets.attempt.failures} attempts`} failed.`,
  skewed: ({ facets, image, subject }) =>
    `${list(facets.complete.arches)} is ${span(lag(image, subject))} older than the newest arch.`,
  unpromoted: ({ facets, image }) =>
    `${image.counterpart?.id.split('/')[0]} is ${span(facets.promotion.differenceMs ?? 0)} behind.`,
  aging: ({ ageMs, target }) => `${span(ageMs)} old; fresh up to ${span(target.cadence.freshMs)}.`,
  untrusted: ({ facets }) => `No ${facets.trust.absent.join(', no ')} found.`,
  flaky: ({ image }) =>
    `Good now, but ${Math.round(flipRate(image.attempts) * 100)} % of attempts changed the outcome.`,
  fresh: ({ ageMs, subject }) => (subject.createdAt ? `${span(ageMs)} old.` : 'Published; its date is not known.'),
};

/** Why the headline is what it is, one sentence with the figures. */
export function reasonOf(c: Case): string {
  const reason = REASONS[firstMatch(c)](c);
  return c.target.confirmed ? reason : `${reason} Not confirmed that this is still built.`;
}

/** Which attachment is wrong, and what is wrong with it; without the full stop. */
export function wrongText({ signature, provenance }: Pick<Evidence, 'signature' | 'provenance'>): string {
  const wrong = Object.entries({ signature, provenance }).flatMap(([name, one]) =>
    one?.state === 'failed' ? [`The ${name} is invalid${one.why ? `: ${one.why}` : ''}`] : [],
  );
  return wrong.join('. ') || 'A signature or attestation was checked and is invalid';
}

function withoutData({ image, nowMs }: Case): string {
  if (!image.checkedAt) return 'The registry has never answered us.';
  const ago = span(nowMs - Date.parse(image.checkedAt));
  return `No data for ${ago}${image.digest ? '; what is shown was last known' : ''}.`;
}

function unread({ facets }: Case): string {
  const arches = facets.complete.arches;
  return arches.length > 0 ? `${list(arches)} could not be read.` : 'The tag is known, what it contains was not read.';
}

function lag(image: Evidence, subject: Subject): number {
  const times = (arches: Subject['arches']) =>
    arches.flatMap((one) => (one.createdAt ? [Date.parse(one.createdAt)] : []));
  return Math.max(...times(image.arches)) - Math.min(...times(subject.arches));
}

function isBounded({ attempts, build }: Evidence): boolean {
  if (build?.failingSince) return build.isLowerBound;
  return attempts.length > 0 && attempts.every(({ outcome }) => outcome !== 'ok');
}

/** When the headline began, and whether that is only the earliest moment that we can see. */
export function sinceOf(state: State, c: Case): Pick<Verdict, 'since' | 'sinceIsLowerBound'> {
  const { image, subject, target, facets, release } = c;
  const known = (since: string | null) => ({ since, sinceIsLowerBound: false });
  const bound = (since: string | null) => ({ since, sinceIsLowerBound: since !== null });
  const retired = typeof target.plan === 'object' && 'retired' in target.plan ? target.plan.retired : null;
  switch (state) {
    case 'retired':
      return known(retired ? iso(Date.parse(retired)) : null);
    case 'eol':
      return known(release.eolAt ? iso(endOfDayMs(release.eolAt)) : null);
    case 'unknown-source':
    case 'unknown-auth':
    case 'unknown-parse':
      return bound(image.checkedAt);
    case 'withdrawn': {
      const removed = image.history[0]?.to;
      return removed ? known(removed) : bound(image.absentSince);
    }
    case 'missing':
      return bound(image.absentSince);
    case 'arch-missing':
      return known(image.taggedAt);
    case 'stale':
    case 'freeze':
      return known(facets.fresh.staleAt);
    case 'aging':
      return known(facets.fresh.agingAt);
    case 'failing':
    case 'failing-fresh':
      return { since: facets.attempt.since, sinceIsLowerBound: isBounded(image) };
    case 'trust-failed': {
      const failed = [image.signature, image.provenance].filter((one) => one?.state === 'failed');
      return bound(failed.flatMap((one) => one?.checkedAt ?? []).sort()[0] ?? null);
    }
    case 'fresh':
    case 'skewed':
    case 'unpromoted':
    case 'untrusted':
      return known(image.taggedAt ?? subject.createdAt);
    default:
      return known(null);
  }
}
