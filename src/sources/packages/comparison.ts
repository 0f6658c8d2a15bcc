import type { Pass } from '#sources/pass.ts';
import type { Records } from '#sources/records.ts';
import type { Arch } from '#status/arch.ts';
import { type Baseline, baselinesOf, releaseBefore } from '#status/baseline.ts';
import { type ArchDelta, type Comparison, figuresOf, type Parity } from '#status/change.ts';
import { deltaOf } from '#status/delta.ts';
import type { Evidence } from '#status/facets.ts';
import type { PackageList } from '#status/packages.ts';
import { trustDelta } from '#status/parity.ts';
import { replacedLists } from './replaced.ts';

/** What changed against earlier images, the release before, and the counterpart; from records alone. */

/** Compares image by image, so that no more than two package lists are in memory; what was compared stays. */
export const compare: Pass = async ({ records, nowMs, previous }, images) => {
  const isReplaced = replacedLists(previous, images);
  const evidences = new Map(images.map(({ target, evidence }) => [target.id, evidence]));
  const targets = images.map(({ target }) => target);
  const compared = [];
  for (const one of images) {
    const before = evidences.get(releaseBefore(one.target, targets)?.id ?? '');
    const counterpart = evidences.get(one.target.parity ?? '');
    const evidence = await compareImage({ records, nowMs, isReplaced }, one.evidence, before, counterpart);
    compared.push({ ...one, evidence });
  }
  return compared;
};

/** Figures per arch by the digest of the other image. */
type Figures = ReadonlyMap<string, readonly ArchDelta[]>;

interface Work {
  records: Records;
  nowMs: number;
  isReplaced: ReturnType<typeof replacedLists>;
}

async function compareImage(
  work: Work,
  image: Evidence,
  before: Evidence | undefined,
  counterpart: Evidence | undefined,
): Promise<Evidence> {
  const { digest } = image;
  if (digest === null) return { ...image, changes: [], parity: null };
  const baselines = baselinesOf(image, before, work.nowMs);
  const others = [...baselines.map((one) => one.digest), ...(counterpart?.digest ? [counterpart.digest] : [])];
  const figures = await allFigures(work, image, digest, new Set(others));
  const changes = baselines.map(
    (one: Baseline): Comparison => ({
      ...one,
      of: digest,
      arches: [...(figures.get(one.digest) ?? [])],
    }),
  );
  return { ...image, changes, parity: counterpart ? parityOf(image, counterpart, figures) : null };
}

async function allFigures(
  { records, isReplaced }: Work,
  image: Evidence,
  digest: string,
  others: ReadonlySet<string>,
): Promise<Figures> {
  const known = knownFigures(image, digest);
  const figures = new Map<string, ArchDelta[]>([...others].map((other) => [other, []]));
  for (const { arch, digest: manifest } of image.arches) {
    // An arch that is not in this image has no packages to compare.
    if (manifest === null) continue;
    const own = once(() => records.packages(digest, arch));
    for (const [other, deltas] of figures) {
      const isOld = isReplaced(digest, arch) || isReplaced(other, arch);
      const before = isOld ? undefined : known.get(other)?.find((one) => one.arch === arch);
      deltas.push(
        other === digest
          ? same(arch)
          : await archDelta(
              arch,
              before,
              own,
              once(() => records.packages(other, arch)),
            ),
      );
    }
  }
  return figures;
}

/** What an earlier refresh has found out about this very image. */
function knownFigures({ changes, parity }: Evidence, digest: string): Figures {
  const ofThis = [...changes, ...(parity?.digest ? [{ ...parity, digest: parity.digest }] : [])];
  return new Map(ofThis.filter(({ of }) => of === digest).map((one) => [one.digest, one.arches]));
}

type Read = () => Promise<PackageList | null>;

/** Digests do not change, and neither does what they hold: only a list that was missing is looked for again. */
async function archDelta(arch: Arch, before: ArchDelta | undefined, here: Read, there: Read): Promise<ArchDelta> {
  if (before && before.state !== 'list-missing') return before;
  if (before && (await isStillMissing(before.missing, { here, there }))) return before;
  const [ours, theirs] = [await here(), await there()];
  if (!ours || !theirs) return unknown(arch, !ours, !theirs);
  const figures = figuresOf(arch, deltaOf(theirs.packages, ours.packages));
  // What could not be read of a list may differ all the same.
  const [isOursPart, isTheirsPart] = [ours, theirs].map(({ unreadable = 0 }) => unreadable > 0);
  return figures.state === 'equal' && (isOursPart || isTheirsPart) ? unknown(arch, isOursPart, isTheirsPart) : figures;
}

function unknown(arch: Arch, isOurs = false, isTheirs = false): ArchDelta {
  const missing: ArchDelta['missing'] = [...(isOurs ? ['here' as const] : []), ...(isTheirs ? ['there' as const] : [])];
  return { ...same(arch), state: 'list-missing', missing };
}

/** Asks for what was missing only: the list on the other side is not read for nothing. */
async function isStillMissing(missing: ArchDelta['missing'], read: Record<'here' | 'there', Read>): Promise<boolean> {
  for (const side of missing) if ((await read[side]()) !== null) return false;
  return true;
}

const same = (arch: Arch): ArchDelta => figuresOf(arch, { added: [], removed: [], upgraded: [], downgraded: [] });

function parityOf(image: Evidence, other: Evidence, figures: Figures): Parity {
  const { digest, createdAt } = other;
  const isDated = digest !== null && createdAt !== null && image.createdAt !== null;
  return {
    with: other.id,
    sameDigest: digest === null ? null : digest === image.digest,
    of: image.digest,
    digest,
    olderByMs: isDated ? Date.parse(createdAt) - Date.parse(image.createdAt ?? createdAt) : null,
    arches: digest === null ? [] : [...(figures.get(digest) ?? [])],
    trust: digest === null ? null : trustDelta(image, other),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
