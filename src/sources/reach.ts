/** Whether a place (an origin, as one source uses it) can be reached at all: found out with one request, and given up after a handful. */

const GIVE_UP_CLOSED = 3;
const GIVE_UP_OPEN = 6;

interface Place {
  open: boolean;
  failures: number;
  lost: unknown;
  probe: Promise<void> | null;
  inFlight: number;
  waiting: (() => void)[];
}

export interface Reach {
  /** Runs one try of a request; rejects at once when the place was given up. */
  attempt<T>(place: string, run: () => Promise<T>): Promise<T>;
  isLost(place: string): boolean;
}

/** Until a place has answered, one try at a time goes out to it; then at most `limit(place)`. */
export function reach(limit: (place: string) => number, isLoss: (error: unknown) => boolean): Reach {
  const places = new Map<string, Place>();
  // A host that has answered one source needs no probe by the next; it can still be lost to that one alone.
  const reached = new Set<string>();
  const originOf = (name: string): string => name.split(' ')[0] ?? name;
  const find = (name: string): Place => {
    const place = places.get(name) ?? { open: false, failures: 0, lost: null, probe: null, inFlight: 0, waiting: [] };
    places.set(name, place);
    return place;
  };

  async function observed<T>(name: string, place: Place, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      place.open = true;
      reached.add(originOf(name));
      place.failures = 0;
      return result;
    } catch (error) {
      // Whatever else went wrong, the place was there to answer.
      place.open ||= !isLoss(error);
      place.failures = isLoss(error) ? place.failures + 1 : 0;
      if (isLoss(error) && place.failures >= (place.open ? GIVE_UP_OPEN : GIVE_UP_CLOSED)) place.lost = error;
      throw error;
    }
  }

  async function attempt<T>(name: string, run: () => Promise<T>): Promise<T> {
    const place = find(name);
    const isClosed = () => !place.open && !reached.has(originOf(name));
    while (isClosed() && place.probe) await place.probe;
    if (place.lost) throw place.lost;
    if (isClosed()) {
      const probe = observed(name, place, run);
      place.probe = probe.then(settle, settle).finally(() => {
        place.probe = null;
      });
      return probe;
    }
    while (place.inFlight >= limit(name)) await new Promise<void>((resolve) => place.waiting.push(resolve));
    if (place.lost) throw place.lost;
    place.inFlight += 1;
    try {
      return await observed(name, place, run);
    } finally {
      place.inFlight -= 1;
      place.waiting.shift()?.();
    }
  }

  return { attempt, isLost: (name) => Boolean(find(name).lost) };
}

const settle = (): void => undefined;
