import { memoryShelf, type Records, records } from '#sources/records.ts';
import type { Arch } from '#status/arch.ts';
import type { ArchDelta } from '#status/change.ts';
import { inListOrder, type PackageList } from '#status/packages.ts';

/** A package list of an image from words such as `bash-5.2-1.x86_64`. */
export function packageList(image: string, arch: Arch, ...packages: string[]): PackageList {
  const listed = packages.map((text) => {
    const [, name = '', evr = '', of = ''] = /^(.*)-([^-]+-[^-]+)\.([^.]+)$/.exec(text) ?? [];
    return { name, evr, arch: of, source: null };
  });
  return {
    schema: 1,
    image,
    arch,
    origin: { kind: 'sbom', format: 'spdx', blob: image },
    packages: inListOrder(listed),
  };
}

/** Records in memory that tell which package lists were asked for, as `<digest> <arch>`. */
export async function watchedRecords(...lists: PackageList[]): Promise<Records & { asked: string[] }> {
  const asked: string[] = [];
  const kept = records(memoryShelf());
  for (const list of lists) await kept.keepPackages(list);
  const packages: Records['packages'] = (image, arch) => {
    asked.push(`${image} ${arch}`);
    return kept.packages(image, arch);
  };
  return { ...kept, packages, asked };
}

/** What differs on one arch: nothing, but for the figures given. */
export function archDelta(arch: Arch = 'x86_64', change: Partial<ArchDelta> = {}): ArchDelta {
  const { added = 0, removed = 0, upgraded = 0, downgraded = 0 } = change;
  const state = added + removed + upgraded + downgraded === 0 ? 'equal' : 'differs';
  return { arch, state, missing: [], added, removed, upgraded, downgraded, ...change };
}
