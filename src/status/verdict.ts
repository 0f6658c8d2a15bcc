import type { Evidence, Subject } from './facets.ts';
import type { Arch, ArchImage, Image, Release, Verdict } from './model.ts';
import { reasonOf, sinceOf } from './reasons.ts';
import { caseAt, firstMatch, headline } from './rules.ts';
import { bucketOf } from './states.ts';
import type { Target } from './targets.ts';
import { iso } from './time.ts';
import { nextTransition } from './timeline.ts';

/** The judgement of a cell: a pure function of what was seen, what was asked for, and a moment. */

/** The verdict of a whole image at `now` (ISO 8601). */
export function verdict(image: Evidence, target: Target, release: Release, now: string): Verdict {
  return judge(image, { createdAt: image.createdAt, arches: image.arches }, target, release, Date.parse(now));
}

/** The verdict of one arch of it, by the same rules. */
export function archVerdict(image: Evidence, arch: Arch, target: Target, release: Release, now: string): Verdict {
  const arches = image.arches.filter((one) => one.arch === arch);
  const createdAt = arches[0]?.createdAt ?? image.createdAt;
  return judge(image, { createdAt, arches }, target, release, Date.parse(now));
}

/** An image with its own verdict and one for each arch. */
export function judged(image: Evidence, target: Target, release: Release, now: string): Image {
  const arches: ArchImage[] = image.arches.map((one) => ({
    ...one,
    verdict: archVerdict(image, one.arch, target, release, now),
  }));
  return { ...image, arches, verdict: verdict(image, target, release, now) };
}

function judge(image: Evidence, subject: Subject, target: Target, release: Release, nowMs: number): Verdict {
  const c = caseAt(image, subject, target, release, nowMs);
  const state = headline(c);
  const next = nextTransition(c);
  return {
    state,
    bucket: bucketOf(state),
    reason: reasonOf(c),
    ...sinceOf(firstMatch(c), c),
    nextTransitionAt: next === null ? null : iso(next),
    facets: c.facets,
  };
}
