import { blank, polled } from '#sources/evidence.ts';
import type { Evidence } from '#status/facets.ts';
import type { Image } from '#status/model.ts';
import { Attempt } from '#status/run.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import { digest, hoursAgo, NOW, target } from './snapshot.ts';

export const HOUR_MS = 3_600_000;
export const ID = 'development/standard/45';

/** A whole, observed image whose arches were all built so many hours before NOW. */
export function evidence(ageHours = 5, change: Partial<Evidence> = {}, of: Target = target(ID)): Evidence {
  const createdAt = hoursAgo(ageHours);
  const known = digest(of.id);
  return {
    ...polled(blank(of), 'quay', 'ok', NOW),
    digest: known,
    createdAt,
    taggedAt: createdAt,
    platforms: ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
    arches: of.arches.map((arch) => ({ arch, digest: digest(`${of.id} ${arch}`), size: 1_000, createdAt })),
    history: [{ digest: known, from: createdAt, to: null }],
    lastSeen: { digest: known, at: NOW },
    ...change,
  };
}

/** The evidence after a poll that ended like this, so many hours before NOW. */
export function ended(before: Evidence, outcome: NonNullable<Image['lastPoll']>['outcome'], hours = 0): Evidence {
  return polled(before, 'quay', outcome, hoursAgo(hours));
}

/** Attempts from newest to oldest, an hour apart. */
export function attempts(...outcomes: Attempt['outcome'][]): Attempt[] {
  return outcomes.map((outcome, index) =>
    Attempt.parse({
      name: `run-${index}`,
      startedAt: hoursAgo(index + 1),
      endedAt: hoursAgo(index + 0.5),
      outcome,
      failedTask: outcome === 'failed' ? 'build-images' : null,
      url: null,
    }),
  );
}

/** NOW plus milliseconds. */
export function later(ms: number): string {
  return iso(Date.parse(NOW) + ms);
}
