import { z } from 'zod';
import { ARCHES, Arch } from './arch.ts';
import { Attachment } from './attachment.ts';
import type { Package } from './packages.ts';
import { Digest, Instant, Text } from './scalars.ts';

/** What is known of an image's packages: per arch where the list comes from, and the versions that people ask for first. */

/** Packages that a page names before all others. */
export const HEADLINERS = ['kernel', 'systemd', 'bootc', 'ostree', 'rpm-ostree', 'podman', 'selinux-policy'] as const;

export const ArchSbom = z.object({
  arch: Arch,
  state: z
    .enum(['read', 'absent', 'unreadable', 'not-read'])
    .describe('unreadable: it is there, whole, and holds no list that we can use'),
  origin: z.enum(['spdx', 'cyclonedx', 'scan']).nullable().describe('scan: from the RPM database inside the image'),
  digest: Digest.nullable().describe('Of the SBOM, or of the layer that was scanned'),
  bytes: z.int().min(0).nullable(),
  isBound: z.boolean().describe('The attestation names this digest'),
  packages: z.int().min(0).nullable().describe('RPMs in it'),
  why: Text.nullable(),
  problem: z
    .enum(['unreadable', 'too-large', 'digest', 'denied', 'not-found', 'redirect', 'unexpected'])
    .nullable()
    .default(null)
    .describe('What kept it from being read and will not pass by itself'),
  isSkipped: z.boolean().default(false).describe('Not looked for, since another arch of the image has none'),
  tag: Digest.nullable().default(null).describe('Manifest under the tag of its SBOM, as the list of tags told'),
});
export type ArchSbom = z.infer<typeof ArchSbom>;

export const Headline = z.object({
  name: z.string(),
  versions: z.array(z.object({ evr: z.string(), arches: z.array(Arch) })),
});
export type Headline = z.infer<typeof Headline>;

export const Sbom = Attachment.extend({
  image: Digest.nullable().default(null).describe('The image that this was found out about'),
  checkedAt: Instant.nullable().default(null),
  isListed: z.boolean().default(false).describe('The list of tags told of every arch whether it has an SBOM there'),
  arches: z.array(ArchSbom).default([]),
  headline: z.array(Headline).default([]),
});
export type Sbom = z.infer<typeof Sbom>;

/** Whether a package is one of those. */
export const isHeadliner = ({ name }: Package): boolean => HEADLINERS.some((one) => one === name);

/** The versions of the packages that people ask for first, with the arches that hold each. */
export function headlineOf(lists: ReadonlyMap<Arch, readonly Package[]>): Headline[] {
  return HEADLINERS.flatMap((name) => {
    const byEvr = new Map<string, Arch[]>();
    for (const arch of ARCHES) {
      const evrs = new Set(lists.get(arch)?.flatMap((one) => (one.name === name ? [one.evr] : [])));
      for (const evr of evrs) byEvr.set(evr, [...(byEvr.get(evr) ?? []), arch]);
    }
    const versions = [...byEvr].map(([evr, arches]) => ({ evr, arches }));
    return versions.length > 0 ? [{ name, versions }] : [];
  });
}

/** What stays of a headline: the versions on arches whose list is still there. */
export function keptHeadline(headline: readonly Headline[], rows: readonly ArchSbom[]): Headline[] {
  const isRead = (arch: Arch) => rows.some((row) => row.arch === arch && row.state === 'read');
  return headline.flatMap(({ name, versions }) => {
    const kept = versions.map(({ evr, arches }) => ({ evr, arches: arches.filter(isRead) }));
    const some = kept.filter(({ arches }) => arches.length > 0);
    return some.length > 0 ? [{ name, versions: some }] : [];
  });
}

/** An arch of which nothing is known yet. */
export function unreadArch(arch: Arch, tag: string | null = null): ArchSbom {
  return {
    ...{ arch, tag, state: 'not-read', origin: null, digest: null, bytes: null },
    ...{ isBound: false, packages: null, why: null, problem: null, isSkipped: false },
  };
}

/** What there is to show for the packages of an image; `beside` is what lies beside its index. Absent: wherever we looked. */
export function sbomState(
  arches: readonly ArchSbom[],
  beside: string | null,
  isVerified: boolean,
): Attachment['state'] {
  // What the layers told is no SBOM.
  const own = arches.filter(({ origin }) => origin !== 'scan');
  const read = own.filter(({ state }) => state === 'read');
  const isBound = read.length === arches.length && read.length > 0 && read.every((one) => one.isBound);
  if (isBound && isVerified) return 'verified';
  if (beside !== null || read.length > 0 || own.some(({ state }) => state === 'unreadable'))
    return 'present-unverified';
  return own.some(({ state, isSkipped }) => state === 'not-read' && !isSkipped) ? 'not-checked' : 'absent';
}
