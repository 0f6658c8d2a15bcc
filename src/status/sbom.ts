import { z } from 'zod';
import { Arch } from './arch.ts';
import { Attachment } from './attachment.ts';
import type { PackageList } from './packages.ts';
import { Digest, Instant, Text } from './scalars.ts';

/** What is known of an image's packages: per arch where the list comes from, and the versions that people ask for first. */

/** Packages that a page names before all others. */
export const HEADLINERS = ['kernel', 'systemd', 'bootc', 'ostree', 'rpm-ostree', 'podman', 'selinux-policy'] as const;

export const ArchSbom = z.object({
  arch: Arch,
  state: z.enum(['read', 'absent', 'unreadable', 'not-read']),
  origin: z.enum(['spdx', 'cyclonedx', 'scan']).nullable().describe('scan: from the RPM database inside the image'),
  digest: Digest.nullable().describe('Of the SBOM, or of the layer that was scanned'),
  bytes: z.int().min(0).nullable(),
  isBound: z.boolean().describe('The attestation names this digest'),
  packages: z.int().min(0).nullable().describe('RPMs in it'),
  why: Text.nullable(),
});
export type ArchSbom = z.infer<typeof ArchSbom>;

export const Sbom = Attachment.extend({
  image: Digest.nullable().default(null).describe('The image that this was found out about'),
  checkedAt: Instant.nullable().default(null),
  arches: z.array(ArchSbom).default([]),
  headline: z
    .array(z.object({ name: z.string(), versions: z.array(z.object({ evr: z.string(), arches: z.array(Arch) })) }))
    .default([]),
});
export type Sbom = z.infer<typeof Sbom>;

/** The versions of the packages that people ask for first, each with the arches whose list has it. */
export function headlineOf(lists: readonly Pick<PackageList, 'arch' | 'packages'>[]): Sbom['headline'] {
  return HEADLINERS.flatMap((name) => {
    const arches = new Map<string, Set<Arch>>();
    for (const { arch, packages } of lists)
      for (const { evr } of packages.filter((one) => one.name === name))
        arches.set(evr, (arches.get(evr) ?? new Set()).add(arch));
    const versions = Array.from(arches, ([evr, on]) => ({ evr, arches: [...on] }));
    return versions.length > 0 ? [{ name, versions }] : [];
  });
}
