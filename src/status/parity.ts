import { missingText, partsOf, self } from '#status/text/change.ts';
import type { ArchDelta, Parity } from './change.ts';
import type { Evidence } from './facets.ts';
import type { Image } from './model.ts';
import { span } from './time.ts';

/** Whether a development image equals the production one: how they are compared, and what is said of it. */

const ATTACHED = { signature: 'signature', provenance: 'provenance', sbom: 'SBOM' } as const;
const PRESENT = new Set(['verified', 'present-unverified']);

type Name = keyof typeof ATTACHED;
type Attached = Pick<Evidence, Name>;

/** What of signature, provenance and SBOM only one of the two has; null where none is known of both. */
export function trustDelta(here: Attached, there: Attached): Parity['trust'] {
  const names: Name[] = ['signature', 'provenance', 'sbom'];
  const known = names.filter((name) => isPresent(here, name) !== null && isPresent(there, name) !== null);
  if (known.length === 0) return null;
  const only = (one: Attached, other: Attached) =>
    known.filter((name) => isPresent(one, name) && !isPresent(other, name)).map((name) => ATTACHED[name]);
  return { here: only(here, there), there: only(there, here) };
}

/** Null where nobody looked, or what was found is invalid: that is neither having it nor lacking it. */
function isPresent(all: Attached, name: Name): boolean | null {
  const attached = all[name];
  if (attached === null) return null;
  if (PRESENT.has(attached.state)) return true;
  // What was not looked for on every arch may be there on another.
  const isPartly = name === 'sbom' && all.sbom?.arches.some(({ isSkipped }) => isSkipped);
  return attached.state === 'absent' && !isPartly ? false : null;
}

/** What a cell shows of parity; `equal` is said only where both lists are known, or the digests are the same. */
export interface ParityMark {
  shape: 'equal' | 'differs' | 'question';
  text: string;
}

/** Parity in a few words, the counterpart by its channel. */
export function parityMark({ with: other, sameDigest, arches }: Parity): ParityMark {
  const channel = channelOf(other);
  if (sameDigest === null) return { shape: 'question', text: 'parity not known' };
  if (sameDigest) return { shape: 'equal', text: `same as ${channel}` };
  if (arches.length === 0) return { shape: 'question', text: `packages not compared with ${channel}’s` };
  const read = arches.filter(({ state }) => state !== 'list-missing');
  if (read.length === 0) return { shape: 'question', text: missingText(arches, 'this image', channel) };
  const where = read.length === arches.length ? '' : ` on ${read.map(({ arch }) => arch).join(', ')}`;
  if (read.some(({ state }) => state === 'differs'))
    return { shape: 'differs', text: `${countText(read.map(packagesOf))} from ${channel}${where}` };
  if (where === '') return { shape: 'equal', text: `packages equal ${channel}’s` };
  return { shape: 'question', text: `packages equal ${channel}’s${where}; other lists are missing` };
}

const channelOf = (id: string): string => id.split('/')[0] ?? id;

function packagesOf({ added, removed, upgraded, downgraded }: ArchDelta): number {
  return added + removed + upgraded + downgraded;
}

/** `3 packages differ`, or `up to 3 packages differ` where the arches are not alike. */
function countText(counts: readonly number[]): string {
  const most = Math.max(...counts);
  const isAlike = counts.every((count) => count === most);
  return `${isAlike ? '' : 'up to '}${most} ${most === 1 ? 'package differs' : 'packages differ'}`;
}

/** Parity with the counterpart in sentences: digest, age, packages per architecture, and what only one side has. */
export function parityText(image: Image, other?: Image): string | null {
  const { parity } = image;
  if (!parity) return null;
  if (parity.sameDigest === null) return `Not known: the digest here or that of ${parity.with} is missing.`;
  if (parity.sameDigest) return `Same digest as ${parity.with}.`;
  const parts = partsOf(parity.arches, self(image), { name: channelOf(parity.with), image: other });
  const packages = parts.map(({ arches, says }) => `on ${arches}: ${says}`).join('; ');
  const sentences = [
    `Another digest than ${parity.with}${ageOf(parity.olderByMs)}.`,
    packages && `Packages, from that one to this, ${packages}.`,
    onlyText('this image', parity.trust?.here),
    onlyText(parity.with, parity.trust?.there),
  ];
  return sentences.filter(Boolean).join(' ');
}

function ageOf(olderByMs: number | null): string {
  if (olderByMs === null) return '';
  if (olderByMs === 0) return ', made at the same moment';
  return `, ${span(Math.abs(olderByMs))} ${olderByMs > 0 ? 'older' : 'newer'}`;
}

function onlyText(who: string, what: readonly string[] = []): string {
  return what.length > 0 ? `Only ${who} has: ${what.join(', ')}.` : '';
}
