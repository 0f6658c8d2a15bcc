import type { ArchDelta, Parity } from './change.ts';
import type { Evidence } from './facets.ts';

/** Whether a development image equals the production one: how they are compared, and what a cell says of it. */

const ATTACHED = { signature: 'signature', provenance: 'provenance', sbom: 'SBOM' } as const;
const PRESENT = new Set(['verified', 'present-unverified']);

type Attached = Pick<Evidence, keyof typeof ATTACHED>;

/** What of signature, provenance and SBOM only one of the two has; null where none is known of both. */
export function trustDelta(here: Attached, there: Attached): Parity['trust'] {
  const names = ['signature', 'provenance', 'sbom'] as const;
  const known = names.filter((name) => isPresent(here[name]) !== null && isPresent(there[name]) !== null);
  if (known.length === 0) return null;
  const only = (one: Attached, other: Attached) =>
    known.filter((name) => isPresent(one[name]) && !isPresent(other[name])).map((name) => ATTACHED[name]);
  return { here: only(here, there), there: only(there, here) };
}

/** Null where nobody looked, or what was found is invalid: that is neither having it nor lacking it. */
function isPresent(attached: { state: string } | null): boolean | null {
  if (attached === null) return null;
  if (PRESENT.has(attached.state)) return true;
  return attached.state === 'absent' ? false : null;
}

/** What a cell shows of parity; `equal` is said only where both lists are known, or the digests are the same. */
export interface ParityMark {
  shape: 'equal' | 'differs' | 'question';
  text: string;
}

/** Parity in a few words, the counterpart by its channel. */
export function parityMark({ with: other, sameDigest, arches }: Parity): ParityMark {
  const channel = other.split('/')[0] ?? other;
  if (sameDigest === null) return { shape: 'question', text: 'parity not known' };
  if (sameDigest) return { shape: 'equal', text: `same as ${channel}` };
  const read = arches.filter(({ state }) => state !== 'list-missing');
  if (read.length === 0) return unread(channel, arches);
  const most = Math.max(...read.map(packagesOf));
  const where = read.length === arches.length ? '' : ` on ${read.map(({ arch }) => arch).join(', ')}`;
  if (most > 0) return { shape: 'differs', text: `${countText(read.map(packagesOf))} from ${channel}${where}` };
  if (where === '') return { shape: 'equal', text: `packages equal ${channel}’s` };
  return { shape: 'question', text: `packages equal ${channel}’s${where}, other lists are missing` };
}

function unread(channel: string, arches: readonly ArchDelta[]): ParityMark {
  if (arches.length === 0) return { shape: 'differs', text: `differs from ${channel}` };
  return { shape: 'question', text: `${missingText(arches, channel)}` };
}

/** Which package list is not there: `production’s list is missing`. */
export function missingText(arches: readonly ArchDelta[], there: string): string {
  const sides = new Set(arches.flatMap(({ missing }) => missing));
  if (sides.size === 2) return `its own list and ${there}’s are missing`;
  return sides.has('there') ? `${there}’s list is missing` : 'its own list is missing';
}

/** How many packages differ on one arch. */
export function packagesOf({ added, removed, upgraded, downgraded }: ArchDelta): number {
  return added + removed + upgraded + downgraded;
}

/** `3 packages differ`, or `up to 3 packages differ` where the arches are not alike. */
function countText(counts: readonly number[]): string {
  const most = Math.max(...counts);
  const isAlike = counts.every((count) => count === most);
  return `${isAlike ? '' : 'up to '}${most} ${most === 1 ? 'package differs' : 'packages differ'}`;
}
