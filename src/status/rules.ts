import { type Evidence, facetsOf, type Subject } from './facets.ts';
import type { Attempt, Facets, Release } from './model.ts';
import { STATE_CODES, type State } from './states.ts';
import type { Target } from './targets.ts';

/** The rules that give a cell its headline, in order of precedence. */

/** One subject at one moment, with all that a rule may look at. */
export interface Case {
  image: Evidence;
  subject: Subject;
  target: Target;
  release: Release;
  nowMs: number;
  facets: Facets;
  ageMs: number;
  inFreeze: Target['freeze'][number] | undefined;
}

/** What stands for a bad state where it is not confirmed that the target is still built. */
const SOFTENED: Partial<Record<State, State>> = {
  withdrawn: 'aging',
  missing: 'unknown-never',
  'arch-missing': 'skewed',
  stale: 'aging',
  failing: 'failing-fresh',
  'trust-failed': 'untrusted',
};

const FAILING_AFTER = 3;
const FLAKY_RATE = 0.3;
const FLAKY_MINIMUM = 5;

/** The rules in order of precedence, as the codes of STATES are. */
const RULES: Record<State, (c: Case) => boolean> = {
  'not-planned': ({ facets }) => facets.plan.value === 'not-planned',
  exempt: ({ facets }) => facets.plan.value === 'exempt',
  retired: ({ facets }) => facets.plan.value === 'retired',
  eol: ({ facets }) => facets.lifecycle.value === 'eol',
  'unknown-never': ({ image }) => image.lastPoll === null && image.lastSeen === null,
  'unknown-source': (c) => isWithoutData(c) || isUnread(c),
  'unknown-auth': ({ image }) => image.lastPoll?.outcome === 'denied',
  'unknown-parse': ({ image }) => image.lastPoll?.outcome === 'unreadable',
  withdrawn: ({ facets }) => facets.publish.value === 'withdrawn',
  missing: ({ facets }) => facets.publish.value === 'absent',
  'arch-missing': ({ facets }) => facets.complete.value === 'missing',
  stale: ({ facets, inFreeze }) => facets.fresh.value === 'stale' && !inFreeze,
  failing: ({ facets }) => facets.attempt.failures >= FAILING_AFTER,
  'trust-failed': ({ facets }) => facets.trust.value === 'failed',
  freeze: ({ facets, inFreeze }) => facets.fresh.value === 'stale' && inFreeze !== undefined,
  'failing-fresh': ({ facets }) => facets.attempt.failures > 0,
  skewed: ({ facets }) => facets.complete.value === 'skewed',
  unpromoted: ({ facets, target }) =>
    target.promotionBudgetMs !== null &&
    facets.promotion.value === 'behind' &&
    (facets.promotion.differenceMs ?? 0) > target.promotionBudgetMs,
  aging: ({ facets }) => facets.fresh.value === 'aging',
  untrusted: ({ facets }) => facets.trust.absent.length > 0,
  flaky: ({ image }) => flipRate(image.attempts) >= FLAKY_RATE,
  fresh: () => true,
};

function isWithoutData({ image, target, nowMs }: Case): boolean {
  const isTooOld = image.checkedAt === null || nowMs - Date.parse(image.checkedAt) > target.dataMaxAgeMs;
  return image.lastPoll?.outcome === 'failed' && isTooOld;
}

/** The tag is known and what it contains is not: that may be good or bad, unless its age alone is too much. */
export function isUnread({ image, facets }: Case): boolean {
  const isExplained = image.lastPoll?.outcome === 'unreadable' || image.lastPoll?.outcome === 'denied';
  return !isExplained && image.digest !== null && facets.complete.value === 'unknown' && facets.fresh.value !== 'stale';
}

/** The case of a subject at a moment (milliseconds). */
export function caseAt(image: Evidence, subject: Subject, target: Target, release: Release, nowMs: number): Case {
  return {
    image,
    subject,
    target,
    release,
    nowMs,
    facets: facetsOf(image, subject, target, release, nowMs),
    ageMs: subject.createdAt ? nowMs - Date.parse(subject.createdAt) : 0,
    inFreeze: target.freeze.find(({ from, to }) => Date.parse(from) <= nowMs && nowMs < Date.parse(to)),
  };
}

/** The rule that matches first, whether or not the target is confirmed. */
export function firstMatch(c: Case): State {
  return STATE_CODES.find((code) => RULES[code](c)) ?? 'fresh';
}

/** The headline: the first rule that matches, softened where the target is not confirmed. */
export function headline(c: Case): State {
  const state = firstMatch(c);
  return c.target.confirmed ? state : (SOFTENED[state] ?? state);
}

/** Changes of outcome per attempt, 0 where there are too few or the newest failed. */
export function flipRate(attempts: Attempt[]): number {
  const outcomes = attempts.filter(({ outcome }) => outcome === 'ok' || outcome === 'failed').map((one) => one.outcome);
  if (outcomes.length < FLAKY_MINIMUM || outcomes[0] !== 'ok') return 0;
  const flips = outcomes.filter((outcome, index) => index > 0 && outcome !== outcomes[index - 1]).length;
  return flips / (outcomes.length - 1);
}
