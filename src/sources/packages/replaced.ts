import type { Watched } from '#sources/registry/repository.ts';
import type { Arch } from '#status/arch.ts';
import type { Snapshot } from '#status/model.ts';

/** Package lists that are others than at the last refresh, though their image is the same: what was found out with them is to be found out anew. */
export function replacedLists(
  previous: Snapshot | null,
  images: readonly Watched[],
): (image: string, arch: Arch) => boolean {
  const before = new Map(previous?.images.map(({ id, sbom }) => [id, sbom]));
  const replaced = new Set<string>();
  for (const { target, evidence } of images) {
    const [was, is] = [before.get(target.id), evidence.sbom];
    if (!was || !is || was.image !== is.image) continue;
    for (const { arch, digest } of is.arches) {
      const isOther = was.arches.some((row) => row.arch === arch && row.digest !== digest);
      if (isOther) replaced.add(`${is.image} ${arch}`);
    }
  }
  return (image, arch) => replaced.has(`${image} ${arch}`);
}
