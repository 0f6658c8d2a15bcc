import { replacedLists } from '#sources/packages/replaced.ts';
import type { Context, Pass } from '#sources/pass.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { compareUpdates, type UpdateList } from '#status/advisory.ts';
import type { Image } from '#status/model.ts';
import type { PackageList } from '#status/packages.ts';
import type { Vulnerabilities } from '#status/vulnerability.ts';
import { fedoraOf, readLists } from './update-lists.ts';

/** What scanners and Fedora's updates say of the packages of every image. */

type Found = Pick<Vulnerabilities, 'updates' | 'why'>;

/** Asks Quay's scanner and Bodhi, and holds Fedora's security updates against the package lists that are on record. */
export const assess: Pass = async (context, images) => {
  const [scans, lists] = await Promise.all([context.begun.scans, readLists(context, images)]);
  const isReplaced = replacedLists(context.previous, images);
  const assessed: Watched[] = [];
  // One after the other: the lists of one image at a time are in memory.
  for (const one of images) {
    const { target, evidence } = one;
    const scanned = scans.get(target.id);
    const isDue = scanned !== undefined || context.isDue(one, 'bodhi');
    const vulnerabilities = isDue
      ? { image: evidence.digest, ...(scanned ?? keptScans(one)), ...(await compared(context, one, lists, isReplaced)) }
      : about(one);
    assessed.push({ target, evidence: { ...evidence, vulnerabilities } });
  }
  return assessed;
};

/** What is known already, if it is about the digest that the tag points at now. */
function about({ evidence: { vulnerabilities, digest } }: Watched): Image['vulnerabilities'] {
  return digest !== null && vulnerabilities?.image === digest ? vulnerabilities : null;
}

function keptScans(one: Watched): Pick<Vulnerabilities, 'scans' | 'scansWhy'> {
  const { scans, scansWhy } = about(one) ?? { scans: [], scansWhy: 'The scanner has not been asked yet.' };
  return { scans, scansWhy };
}

async function compared(
  { records, releases }: Context,
  one: Watched,
  lists: ReadonlyMap<string, UpdateList>,
  isReplaced: ReturnType<typeof replacedLists>,
): Promise<Found> {
  const known = about(one)?.updates ?? null;
  const fedora = fedoraOf(one, releases);
  if (fedora.release === null) return { updates: null, why: fedora.why };
  const list = lists.get(fedora.release);
  const isSame = one.evidence.arches.every(({ arch }) => !isReplaced(one.evidence.digest ?? '', arch));
  if (known && list && isSame && isSettled(one, known, list))
    return { updates: { ...known, checkedAt: list.askedAt }, why: null };
  const machines = await machinesOf(records, one);
  if (known && (!list || machines.length === 0)) return { updates: known, why: null };
  if (machines.length === 0)
    return { updates: null, why: 'No package list of this image is known, so nothing can be compared.' };
  if (!list) return { updates: null, why: 'Bodhi has not told which security updates are out.' };
  const updates = compareUpdates(list, machines);
  return {
    updates,
    why: updates ? null : 'The package list names no source packages, and updates are told by source.',
  };
}

async function machinesOf(records: Context['records'], { evidence }: Watched): Promise<PackageList[]> {
  const machines: PackageList[] = [];
  for (const { arch, digest } of evidence.arches) {
    const found = digest && evidence.digest ? await records.packages(evidence.digest, arch) : null;
    if (found) machines.push(found);
  }
  return machines;
}

/** Whether the comparison would come out as before: the same updates against the same lists. */
function isSettled(
  { evidence: { sbom, digest } }: Watched,
  known: NonNullable<Vulnerabilities['updates']>,
  list: UpdateList,
): boolean {
  const read = sbom?.image === digest ? sbom?.arches.filter(({ state }) => state === 'read') : [];
  const isSameLists =
    read
      ?.map(({ arch }) => arch)
      .sort()
      .join() === [...known.arches].sort().join();
  return isSameLists && list.release === known.release && list.changedAt <= known.checkedAt;
}
