import { lifecycleAt } from './lifecycle.ts';
import type { Arch, ArchImage, Facets, Image, Release } from './model.ts';
import type { Target } from './targets.ts';
import { endOfDayMs, iso, span } from './time.ts';

/** The independent facets of a cell; the headline is derived from them in verdict.ts. */

/** An image without the verdicts that are computed from it. */
export type Evidence = Omit<Image, 'verdict' | 'arches'> & { arches: Omit<ArchImage, 'verdict'>[] };

/** What a verdict is about: a whole image, or one arch of it. */
export interface Subject {
  createdAt: string | null;
  arches: Omit<ArchImage, 'verdict'>[];
}

const GOOD = new Set(['ok', 'unchanged', 'absent', 'hidden']);

/** All facets of a subject at a moment. */
export function facetsOf(image: Evidence, subject: Subject, target: Target, release: Release, nowMs: number): Facets {
  return {
    plan: planFacet(target, nowMs),
    lifecycle: { value: lifecycleAt(release, nowMs), eolAt: release.eolAt },
    publish: { value: publishOf(image) },
    complete: completeFacet(image, subject, target),
    fresh: freshFacet(subject.createdAt, target, nowMs),
    attempt: attemptFacet(image),
    promotion: promotionFacet(image),
    trust: trustFacet(image, target),
    confidence: confidenceFacet(image, target, nowMs),
  };
}

function planFacet({ plan, confirmed }: Target, nowMs: number): Facets['plan'] {
  if (typeof plan === 'string') return { value: plan, confirmed };
  if ('retired' in plan) return { value: nowMs >= Date.parse(plan.retired) ? 'retired' : 'planned', confirmed };
  const untilMs = endOfDayMs(plan.exempt.until);
  const expired = nowMs >= untilMs;
  return { value: expired ? 'planned' : 'exempt', until: iso(untilMs), issue: plan.exempt.issue, expired, confirmed };
}

function publishOf(image: Evidence): Facets['publish']['value'] {
  if (image.absentSince) return image.lastSeen ? 'withdrawn' : 'absent';
  return image.digest ? 'present' : 'unknown';
}

function completeFacet(image: Evidence, { arches }: Subject, target: Target): Facets['complete'] {
  if (!image.digest || !image.platforms) return { value: 'unknown', arches: [] };
  const missing = arches.filter((one) => one.digest === null).map((one) => one.arch);
  if (missing.length > 0) return { value: 'missing', arches: missing };
  const unread = arches.filter((one) => one.size === null).map((one) => one.arch);
  if (unread.length > 0) return { value: 'unknown', arches: unread };
  const skewed = behindNewest(image.arches, target.cadence.expectMs).filter((arch) =>
    arches.some((one) => one.arch === arch),
  );
  return { value: skewed.length > 0 ? 'skewed' : 'all', arches: skewed };
}

function behindNewest(arches: Subject['arches'], toleranceMs: number): Arch[] {
  const newest = Math.max(...arches.map((one) => (one.createdAt ? Date.parse(one.createdAt) : 0)));
  return arches
    .filter((one) => one.createdAt !== null && newest - Date.parse(one.createdAt) > toleranceMs)
    .map((one) => one.arch);
}

function freshFacet(createdAt: string | null, { cadence }: Target, nowMs: number): Facets['fresh'] {
  if (!createdAt) return { value: 'unknown', agingAt: null, staleAt: null };
  const createdMs = Date.parse(createdAt);
  const age = nowMs - createdMs;
  return {
    value: age > cadence.staleMs ? 'stale' : age > cadence.freshMs ? 'aging' : 'fresh',
    agingAt: iso(createdMs + cadence.freshMs),
    staleAt: iso(createdMs + cadence.staleMs),
  };
}

function attemptFacet({ attempts, build }: Evidence): Facets['attempt'] {
  const [newest] = attempts;
  const finished = attempts.filter((one) => one.outcome === 'ok' || one.outcome === 'failed');
  const lastGood = finished.findIndex((one) => one.outcome === 'ok');
  const failed = lastGood === -1 ? finished : finished.slice(0, lastGood);
  // The list of attempts is bounded, and a streak can be longer.
  const since = failed.length > 0 ? (build?.failingSince ?? failed.at(-1)?.startedAt ?? null) : null;
  if (newest?.outcome === 'running') return { value: 'running', failures: failed.length, since };
  if (failed.length > 0) return { value: 'failed', failures: failed.length, since };
  return { value: newest?.outcome ?? 'none', failures: 0, since: null };
}

function promotionFacet({ digest, createdAt, counterpart }: Evidence): Facets['promotion'] {
  if (!digest || !counterpart?.digest) return { value: 'n/a', differenceMs: null };
  if (digest === counterpart.digest) return { value: 'in-sync', differenceMs: 0 };
  if (!createdAt || !counterpart.createdAt) return { value: 'n/a', differenceMs: null };
  const differenceMs = Date.parse(createdAt) - Date.parse(counterpart.createdAt);
  return { value: differenceMs > 0 ? 'behind' : differenceMs < 0 ? 'ahead' : 'in-sync', differenceMs };
}

function trustFacet(image: Evidence, target: Target): Facets['trust'] {
  const found = { signature: image.signature, provenance: image.provenance, sbom: image.sbom };
  const states = Object.values(found).flatMap((one) => (one ? [one.state] : []));
  const absent = Object.entries(found)
    .filter(([name, one]) => target.expect.includes(name) && one?.state === 'absent')
    .map(([name]) => name);
  const rank = ['failed', 'absent', 'not-checked', 'verified', 'present-unverified'] as const;
  const counted = absent.length > 0 ? states : states.filter((state) => state !== 'absent');
  const value = rank.find((state) => counted.includes(state)) ?? (states.length > 0 ? 'absent' : 'not-checked');
  return { value, absent };
}

function confidenceFacet({ lastPoll, checkedAt }: Evidence, target: Target, nowMs: number): Facets['confidence'] {
  if (!lastPoll) return { value: 'unknown', why: 'not polled yet' };
  const ageMs = checkedAt ? nowMs - Date.parse(checkedAt) : 0;
  if (ageMs > target.dataMaxAgeMs) return { value: 'last-known', why: `last looked at ${span(ageMs)} ago` };
  if (GOOD.has(lastPoll.outcome)) return { value: 'observed', why: null };
  return { value: checkedAt ? 'last-known' : 'unknown', why: `the last poll ended with "${lastPoll.outcome}"` };
}
