import { lifecycleAt } from './lifecycle.ts';
import type { Image, Release, Snapshot } from './model.ts';
import { endOfDayMs } from './time.ts';

/** The releases of the board with how long each has, as of the snapshot. */

export interface LifeCycle {
  release: Release;
  /** Whole days to the last one, 0 on it, negative after it; null where no end is known. */
  daysLeft: number | null;
  /** Images of it that are watched and counted. */
  counted: number;
  /** Images of it that are watched and not counted: not planned, retired, ended. */
  uncounted: number;
}

type Seen = Pick<Snapshot, 'releases' | 'generatedAt'> & {
  images: readonly Pick<Image, 'release' | 'variant' | 'verdict'>[];
};

/** Releases of Fedora, the newest first, each with what is watched of it; streams, which have no end of their own, are left out. */
export function lifeCycles({ releases, images, generatedAt }: Seen): LifeCycle[] {
  const nowMs = Date.parse(generatedAt);
  const watched = Map.groupBy(
    images.filter(({ variant }) => variant !== 'coreos'),
    ({ release }) => release,
  );
  return releases
    .flatMap((release) => {
      const some = watched.get(release.id);
      if (!some) return [];
      const uncounted = some.filter(({ verdict }) => verdict.bucket === 'none').length;
      const daysLeft = release.eolAt ? Math.floor((endOfDayMs(release.eolAt) - nowMs) / DAY_MS) : null;
      const state = lifecycleAt(release, nowMs);
      return [{ release: { ...release, state }, daysLeft, counted: some.length - uncounted, uncounted }];
    })
    .sort((a, b) => rank(b.release.id) - rank(a.release.id));
}

const DAY_MS = 86_400_000;

/** Rawhide is newer than any number; what has a name only comes last. */
function rank(id: string): number {
  if (id === 'rawhide') return Number.MAX_SAFE_INTEGER;
  return /^\d+$/.test(id) ? Number(id) : -1;
}
