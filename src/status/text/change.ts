import type { Arch } from '#status/arch.ts';
import type { ArchDelta, Comparison } from '#status/change.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { dayText } from './dates.ts';
import { imageName, visible } from './words.ts';

/** What changed between two images in words: against what, on which architectures, how many packages. */

/** Architectures on which the same holds. */
export interface ChangePart {
  arches: string;
  delta: ArchDelta;
  /** `14 upgraded, 1 downgraded`, or why nothing is known. */
  says: string;
}

export interface ChangeRow {
  /** Of its heading on the page of changes. */
  id: string;
  against: string;
  /** Id of the target whose image it is, where it is another one. */
  with: string | null;
  digest: string;
  at: string | null;
  /** Whether it is the very image that the page is about. */
  isSame: boolean;
  parts: ChangePart[];
}

/** One side of a comparison: what it is called, and what is known of it. */
export interface Side {
  name: string;
  image?: Image | undefined;
}

/** An image on its own page. */
export const self = (image: Image): Side => ({ name: 'this image', image });

/** What a tag pointed at before and after a move. */
export const EARLIER: Side = { name: 'the earlier image' };
export const NEWER: Side = { name: 'the newer image' };

const SINCE: Record<Exclude<Comparison['since'], 'release'>, string> = {
  previous: 'the image before',
  yesterday: 'the image of 24 hours ago',
  week: 'the image of 7 days ago',
};

/** All that an image was held against; an earlier image that is asked for twice has one row. */
export function changeRows(image: Image, snapshot: Pick<Snapshot, 'images' | 'releases'>): ChangeRow[] {
  const earlier = image.changes.filter(({ since }) => since !== 'release');
  const rows = [...Map.groupBy(earlier, ({ digest }) => digest).values()].flatMap((same) => earlierRows(image, same));
  const release = image.changes.find(({ since }) => since === 'release');
  if (release?.with) rows.push(otherRow(image, { ...release, with: release.with }, 'release', snapshot));
  const { parity } = image;
  if (parity?.digest) rows.push(otherRow(image, { ...parity, digest: parity.digest }, 'parity', snapshot));
  return rows;
}

function earlierRows(image: Image, same: readonly Comparison[]): ChangeRow[] {
  const names = same.flatMap(({ since }) => (since === 'release' ? [] : [SINCE[since]]));
  return same.slice(0, 1).map(({ since, digest, at, arches }) => ({
    id: since,
    against: names.join(' and '),
    with: null,
    digest,
    at,
    isSame: digest === image.digest,
    parts: partsOf(arches, self(image), EARLIER),
  }));
}

function otherRow(
  image: Image,
  { with: id, digest, arches }: Pick<Comparison, 'digest' | 'arches'> & { with: string },
  kind: 'release' | 'parity',
  { images, releases }: Pick<Snapshot, 'images' | 'releases'>,
): ChangeRow {
  const target = images.find((one) => one.id === id);
  const other = target?.digest === digest ? target : undefined;
  const name = target ? imageName(target, releases) : id;
  const short = kind === 'parity' ? (id.split('/')[0] ?? id) : 'the release before';
  return {
    id: kind,
    against: `${kind === 'release' ? 'the release before' : 'its counterpart'}: ${name}`,
    with: id,
    digest,
    at: other?.taggedAt ?? null,
    isSame: digest === image.digest,
    parts: partsOf(arches, self(image), { name: short, image: other }),
  };
}

/** Architectures that are alike in one part. */
export function partsOf(arches: readonly ArchDelta[], here: Side, there: Side): ChangePart[] {
  const said = arches.map((delta) => ({ delta, says: deltaText(delta, here, there) }));
  return [...Map.groupBy(said, ({ says }) => says).values()].flatMap((group) =>
    group.slice(0, 1).map((one) => ({
      ...one,
      arches: archesWords(
        group.map(({ delta }) => delta.arch),
        arches.length,
      ),
    })),
  );
}

/** `all 4 architectures`, or their names. */
export function archesWords(arches: readonly Arch[], of: number): string {
  return arches.length === of && of > 1 ? `all ${of} architectures` : arches.join(', ');
}

function deltaText(delta: ArchDelta, here: Side, there: Side): string {
  if (delta.state === 'equal') return 'the same packages';
  if (delta.state === 'list-missing') {
    const reasons = delta.missing.map((side) => whyMissing(side === 'here' ? here : there, delta.arch));
    return `not known: ${missingText([delta], here.name, there.name)}: ${[...new Set(reasons)].join('; ')}`;
  }
  // Downgrades first, for nobody expects them.
  const words = ['downgraded', 'upgraded', 'added', 'removed'] as const;
  return words.flatMap((word) => (delta[word] > 0 ? [`${delta[word]} ${word}`] : [])).join(', ');
}

/** Which package list is not there: `production’s list is missing`. */
export function missingText(arches: readonly ArchDelta[], here: string, there: string): string {
  const sides = new Set(arches.flatMap(({ missing }) => missing));
  if (sides.size === 2) return `the lists of ${here} and ${there} are missing`;
  return `${sides.has('there') ? there : here}’s list is missing`;
}

function whyMissing({ image }: Side, arch: Arch): string {
  return image ? whyNoList(image, arch) : 'it was not read while the tag pointed there';
}

/** Why there is no package list of an image's arch. */
export function whyNoList({ sbom, digest }: Pick<Image, 'sbom' | 'digest'>, arch: Arch): string {
  const known = sbom && (sbom.image === null || sbom.image === digest) ? sbom : null;
  const row = known?.arches.find((one) => one.arch === arch);
  if ((row ?? known)?.state === 'absent') return 'it carries no SBOM';
  if (row?.why) return visible(row.why);
  return row?.state === 'unreadable' ? 'its SBOM could not be read' : 'its SBOM was not read';
}

/** Whether production's list is missing, which the deep scan could read. */
export function isForScan(rows: readonly ChangeRow[]): boolean {
  return rows.some(
    ({ with: id, parts }) =>
      id?.startsWith('production/') && parts.some(({ delta }) => delta.missing.includes('there')),
  );
}

/** How far back the tag is known, where that is less than people ask for; null where it is enough. */
export function memoryText({ changes, history }: Pick<Image, 'changes' | 'history'>): string | null {
  if (changes.some(({ since }) => since === 'week')) return null;
  const begin = history.at(-1);
  return `What the tag pointed at ${begin ? `before ${dayText(begin.from)}` : 'before this image'} is not known.`;
}
