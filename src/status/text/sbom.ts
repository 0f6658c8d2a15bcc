import type { Arch } from '#status/arch.ts';
import { placeOf, unknownWhy } from '#status/detail.ts';
import type { Image, Snapshot } from '#status/model.ts';
import type { Package } from '#status/packages.ts';
import type { ArchSbom } from '#status/sbom.ts';
import { sizeText } from './dates.ts';
import { safeLink, visible } from './words.ts';

/** What an image page says of the packages in the image. */

const FORMATS = { spdx: 'SPDX', cyclonedx: 'CycloneDX' } as const;

export interface SourceRow {
  arch: Arch;
  /** `1,302 RPMs`; null where no list was read. */
  count: string | null;
  says: string;
  /** Of the SBOM as it lies in the registry. */
  blob: { href: string; size: string } | null;
}

/** Per arch how many RPMs and where their list comes from. */
export function sourceRows(image: Image): SourceRow[] {
  const isVerified = image.provenance?.state === 'verified';
  return (image.sbom?.arches ?? []).map((row) => ({
    arch: row.arch,
    count: row.state === 'read' && row.packages !== null ? countText(row.packages) : null,
    says: originText(row, isVerified),
    blob: blobOf(image, row),
  }));
}

/** `1,302 RPMs`. */
export function countText(packages: number): string {
  return `${packages.toLocaleString('en')} RPM${packages === 1 ? '' : 's'}`;
}

function originText(row: ArchSbom, isVerified: boolean): string {
  const why = row.why ? visible(row.why) : null;
  switch (row.state) {
    case 'absent':
      return why ?? 'no SBOM lies beside it';
    case 'unreadable':
      return `${row.origin === 'scan' ? 'its layers were read without a result' : 'an SBOM that cannot be used'}: ${why}`;
    case 'not-read':
      return row.isSkipped && why ? why : `not read: ${why ?? 'no refresh has looked yet'}`;
    default: {
      const from = row.origin === 'scan' ? 'read from the RPM database in the image' : sbomText(row, isVerified);
      return why ? `${from}; ${why}` : from;
    }
  }
}

function sbomText({ origin, isBound }: ArchSbom, isVerified: boolean): string {
  const sbom = `SBOM (${origin && origin !== 'scan' ? FORMATS[origin] : 'unknown format'})`;
  if (!isBound) return `${sbom} that lies beside the image, unsigned`;
  return isVerified
    ? `${sbom}, named by the verified attestation`
    : `${sbom}, named by the attestation, which is not verified`;
}

function blobOf(image: Image, { digest, origin, bytes }: ArchSbom): SourceRow['blob'] {
  if (!digest || origin === 'scan') return null;
  const href = safeLink(`${image.registry}/v2/${image.repository}/blobs/${digest}`);
  return href ? { href, size: bytes === null ? 'size not known' : sizeText(bytes) } : null;
}

/** Why there is no list of packages; null where there is one. */
export function lackText(image: Image, snapshot: Pick<Snapshot, 'sources'>): string | null {
  const { sbom } = image;
  if (sbom?.arches.some(({ state }) => state === 'read')) return null;
  if (!sbom || sbom.arches.length === 0) return `Not known: ${unknownWhy(['sbom', 'quay'], snapshot)}.`;
  const isIndexOnly =
    sbom.digest !== null && sbom.arches.every(({ state, isSkipped }) => state === 'absent' || isSkipped);
  const beside = ` What lies beside ${placeOf(image)} itself names the architectures, not their packages.`;
  return `No list of the packages in this image was read.${isIndexOnly ? beside : ''}`;
}

export interface VersionRow {
  name: string;
  evr: string;
  /** Empty where all arches of the list hold it. */
  arches: Arch[];
}

/** The versions that people ask for first, in one row each. */
export function headlineRows(image: Image): VersionRow[] {
  const read = (image.sbom?.arches ?? []).filter(({ state }) => state === 'read').map(({ arch }) => arch);
  return (image.sbom?.headline ?? []).flatMap(({ name, versions }) =>
    versions.map(({ evr, arches }) => ({
      name,
      evr: visible(evr),
      arches: read.every((arch) => arches.includes(arch)) ? [] : arches,
    })),
  );
}

/** Every package of every arch, one row a name and version; by name. */
export function packageRows(lists: ReadonlyMap<Arch, readonly Package[]>): VersionRow[] {
  const byName = new Map<string, Map<string, Set<Arch>>>();
  for (const [arch, packages] of lists) {
    for (const { name, evr } of packages) {
      const byEvr = byName.get(name) ?? new Map<string, Set<Arch>>();
      byName.set(name, byEvr.set(evr, (byEvr.get(evr) ?? new Set()).add(arch)));
    }
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, byEvr]) =>
      [...byEvr].map(([evr, arches]) => ({
        name: visible(name),
        evr: visible(evr),
        arches: arches.size === lists.size ? [] : [...arches],
      })),
    );
}
