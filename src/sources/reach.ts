/** Whether a host can be reached at all: found out with one request, and given up after a handful. */

const GIVE_UP_CLOSED = 3;
const GIVE_UP_OPEN = 6;

interface Origin {
  open: boolean;
  failures: number;
  lost: unknown;
  probe: Promise<void> | null;
  inFlight: number;
  waiting: (() => void)[];
}

export interface Reach {
  /** Runs one try of a request; rejects at once when the origin was given up. */
  attempt<T>(origin: string, run: () => Promise<T>): Promise<T>;
  isLost(origin: string): boolean;
}

/** Until an origin has answered, one try at a time goes out to it; then at most `limit(origin)`. */
export function reach(limit: (origin: string) => number): Reach {
  const origins = new Map<string, Origin>();
  const find = (name: string): Origin => {
    const origin = origins.get(name) ?? { open: false, failures: 0, lost: null, probe: null, inFlight: 0, waiting: [] };
    origins.set(name, origin);
    return origin;
  };

  async function observed<T>(origin: Origin, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      origin.open = true;
      origin.failures = 0;
      return result;
    } catch (error) {
      origin.failures += 1;
      if (origin.failures >= (origin.open ? GIVE_UP_OPEN : GIVE_UP_CLOSED)) origin.lost = error;
      throw error;
    }
  }

  async function attempt<T>(name: string, run: () => Promise<T>): Promise<T> {
    const origin = find(name);
    while (!origin.open && origin.probe) await origin.probe;
    if (origin.lost) throw origin.lost;
    if (!origin.open) {
      const probe = observed(origin, run);
      origin.probe = probe.then(settle, settle).finally(() => {
        origin.probe = null;
      });
      return probe;
    }
    while (origin.inFlight >= limit(name)) await new Promise<void>((resolve) => origin.waiting.push(resolve));
    if (origin.lost) throw origin.lost;
    origin.inFlight += 1;
    try {
      return await observed(origin, run);
    } finally {
      origin.inFlight -= 1;
      origin.waiting.shift()?.();
    }
  }

  return { attempt, isLost: (name) => Boolean(find(name).lost) };
}

const settle = (): void => undefined;
