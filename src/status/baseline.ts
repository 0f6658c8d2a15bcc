import type { Comparison } from './change.ts';
import type { Evidence } from './facets.ts';
import type { TagMove } from './model.ts';
import type { Target } from './targets.ts';

/** What an image is held against to say what changed. */

export type Baseline = Pick<Comparison, 'since' | 'with' | 'digest' | 'at'>;

const DAY_MS = 86_400_000;

/** Earlier images of the tag, and that of the release before; without those that nobody remembers. */
export function baselinesOf(
  { digest, history }: Pick<Evidence, 'digest' | 'history'>,
  before: Evidence | undefined,
  nowMs: number,
): Baseline[] {
  const earlier: [Comparison['since'], TagMove | undefined][] = [
    ['previous', history.find((move) => move.digest !== digest)],
    ['yesterday', heldAt(history, nowMs - DAY_MS)],
    ['week', heldAt(history, nowMs - 7 * DAY_MS)],
  ];
  const ofTag = earlier.flatMap(([since, move]) =>
    move ? [{ since, with: null, digest: move.digest, at: move.from }] : [],
  );
  if (!before?.digest) return ofTag;
  return [...ofTag, { since: 'release', with: before.id, digest: before.digest, at: before.taggedAt }];
}

/** What the tag pointed at then; nothing where it pointed nowhere, or its history begins later. */
function heldAt(history: readonly TagMove[], ms: number): TagMove | undefined {
  return history.find(({ from, to }) => Date.parse(from) <= ms && (to === null || Date.parse(to) > ms));
}

/** The same variant of the same channel in the nearest lower release, by number. */
export function releaseBefore(target: Target, targets: readonly Target[]): Target | undefined {
  const number = numberOf(target.release);
  if (number === null) return undefined;
  const older = targets.filter(({ channel, variant, release }) => {
    const other = numberOf(release);
    return channel === target.channel && variant === target.variant && other !== null && other < number;
  });
  return older.toSorted((a, b) => Number(b.release) - Number(a.release))[0];
}

function numberOf(release: string): number | null {
  return /^\d+$/.test(release) ? Number(release) : null;
}
