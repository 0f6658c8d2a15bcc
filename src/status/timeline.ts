import type { Evidence, Subject } from './facets.ts';
import type { Release } from './model.ts';
import { reasonOf } from './reasons.ts';
import { type Case, caseAt, headline } from './rules.ts';
import type { State } from './states.ts';
import type { Target } from './targets.ts';
import { endOfDayMs, iso } from './time.ts';

/** How a headline changes by itself when nothing is observed any more. */

export interface Transition {
  at: string;
  state: State;
  reason: string;
}

/** The headlines to come if nothing is observed any more, at most `limit`, soonest first. */
export function timeline(image: Evidence, target: Target, release: Release, now: string, limit = 4): Transition[] {
  const subject: Subject = { createdAt: image.createdAt, arches: image.arches };
  const coming: Transition[] = [];
  let nowMs = Date.parse(now);
  while (coming.length < limit) {
    const at = nextTransition(caseAt(image, subject, target, release, nowMs));
    if (at === null) break;
    nowMs = at + 1;
    const after = caseAt(image, subject, target, release, nowMs);
    coming.push({ at: iso(at), state: headline(after), reason: reasonOf(after) });
  }
  return coming;
}

/** The next moment (milliseconds) at which the headline changes, null when it never does. */
export function nextTransition(c: Case): number | null {
  const { plan, freeze, dataMaxAgeMs } = c.target;
  const { fresh, lifecycle } = c.facets;
  const boundaries = [
    fresh.agingAt,
    fresh.staleAt,
    ...freeze.flatMap(({ from, to }) => [from, to]),
    typeof plan === 'object' && 'exempt' in plan ? iso(endOfDayMs(plan.exempt.until)) : null,
    typeof plan === 'object' && 'retired' in plan ? plan.retired : null,
    lifecycle.eolAt ? iso(endOfDayMs(lifecycle.eolAt)) : null,
    c.image.checkedAt ? iso(Date.parse(c.image.checkedAt) + dataMaxAgeMs) : null,
  ];
  const state = headline(c);
  const coming = boundaries.flatMap((at) => (at ? [Date.parse(at)] : [])).filter((at) => at >= c.nowMs);
  return (
    coming
      .sort((a, b) => a - b)
      .find((at) => headline(caseAt(c.image, c.subject, c.target, c.release, at + 1)) !== state) ?? null
  );
}
