import type { Event } from './history.ts';
import type { Image } from './model.ts';
import { isCounted } from './readiness.ts';

/** How long tags stood still: the longest time between two moves, from the registry's memory and our own. */

export interface Gap {
  /** Id of the image. */
  id: string;
  variant: string;
  channel: Image['channel'];
  ms: number;
  from: string;
  /** The move that ended it; null: it lasts still. */
  to: string | null;
  /** Moves on record, and the first of them. */
  moves: number;
  since: string;
  /** How often the tag is expected to move. */
  expectMs: number;
}

/** Whether a tag stood still for so long that somebody should have asked why. */
export const isLong = ({ ms, expectMs }: Pick<Gap, 'ms' | 'expectMs'>): boolean => ms > 1.5 * expectMs;

type Watched = Pick<Image, 'id' | 'variant' | 'channel' | 'history' | 'digest' | 'verdict'>;
type Cadence = { id: string; cadence: { expectMs: number } };

/** The longest gap of each kind of image, by channel, variant and expected cadence; the longest against what is expected first. */
export function longestGaps(
  images: readonly Watched[],
  targets: readonly Cadence[],
  events: readonly Event[],
  asOf: string,
): Gap[] {
  const expected = new Map(targets.map(({ id, cadence }) => [id, cadence.expectMs]));
  const told = Map.groupBy(
    events.filter(({ type }) => type === 'tag.moved'),
    ({ target }) => target,
  );
  const gaps = images
    .filter((image) => isCounted(image) && image.digest !== null)
    .flatMap((image) => {
      const expectMs = expected.get(image.id);
      const gap = longestOf(movesOf(image, told.get(image.id) ?? [], asOf), asOf);
      const { id, variant, channel } = image;
      return gap && expectMs ? [{ id, variant, channel, expectMs, ...gap }] : [];
    });
  return [...Map.groupBy(gaps, ({ channel, variant, expectMs }) => `${channel} ${variant} ${expectMs}`).values()]
    .flatMap((alike) => alike.toSorted((a, b) => b.ms - a.ms).slice(0, 1))
    .sort((a, b) => b.ms / b.expectMs - a.ms / a.expectMs);
}

/** Moments at which the tag moved, each once, oldest first; what lies after `asOf` is a wrong clock. */
function movesOf({ history }: Watched, told: readonly Event[], asOf: string): string[] {
  const moments = [...history.map(({ from }) => from), ...told.map(({ at }) => at)];
  return [...new Set(moments.map((at) => new Date(at).toISOString()))].filter((at) => at <= asOf).toSorted();
}

function longestOf(moves: readonly string[], asOf: string): Pick<Gap, 'ms' | 'from' | 'to' | 'moves' | 'since'> | null {
  const [since] = moves;
  if (!since) return null;
  const spans = moves.map((from, index) => {
    const to = moves[index + 1] ?? null;
    return { from, to, ms: Date.parse(to ?? asOf) - Date.parse(from) };
  });
  const [longest] = spans.toSorted((a, b) => b.ms - a.ms);
  return longest ? { ...longest, moves: moves.length, since } : null;
}
