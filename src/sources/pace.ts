/** How fast a host may be asked: Quay's own limits (facts: its nginx configuration), so far below each that some 40 ms of jitter do no harm. */
export type PaceClass = 'api' | 'tags' | 'manifests' | 'blobs' | 'registry' | 'free';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Limit {
  perSecond: number;
  burst: number;
}

/** Over HTTP/1.1 a host counts by our address, over HTTP/2 by connection, ten times more generously. */
const LIMITS: Record<PaceClass, { single: Limit; multiplexed: Limit }> = {
  api: { single: { perSecond: 4, burst: 20 }, multiplexed: { perSecond: 45, burst: 90 } },
  tags: { single: { perSecond: 4, burst: 1 }, multiplexed: { perSecond: 45, burst: 1 } },
  manifests: { single: { perSecond: 45, burst: 8 }, multiplexed: { perSecond: 450, burst: 30 } },
  blobs: { single: { perSecond: 45, burst: 45 }, multiplexed: { perSecond: 450, burst: 80 } },
  registry: { single: { perSecond: 50, burst: 15 }, multiplexed: { perSecond: 500, burst: 60 } },
  free: { single: { perSecond: 1_000, burst: 1_000 }, multiplexed: { perSecond: 1_000, burst: 1_000 } },
};

/** Waits until a request of this class to this origin is within the limits. */
export function pacer(clock: Clock, isMultiplexed: (origin: string) => boolean) {
  // Per bucket, when it would be empty again: a leaky bucket needs no other memory.
  const emptyAt = new Map<string, number>();
  return async (origin: string, pace: PaceClass): Promise<void> => {
    const { perSecond, burst } = LIMITS[pace][isMultiplexed(origin) ? 'multiplexed' : 'single'];
    const key = `${pace} ${origin}`;
    const now = clock.now();
    const level = Math.max(emptyAt.get(key) ?? 0, now);
    emptyAt.set(key, level + 1_000 / perSecond);
    const wait = level - now - (burst * 1_000) / perSecond;
    if (wait > 0) await clock.sleep(wait);
  };
}
