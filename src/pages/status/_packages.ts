import { ARCHES, type Arch } from '#status/arch.ts';
import { namedImages } from '#status/moves.ts';
import type { PackageList } from '#status/packages.ts';
import { readStatus } from './_data.ts';
import { readRecords } from './_records.ts';

/** Package lists that the pages name, and that are therefore published. */

let known: Promise<ReadonlyMap<string, readonly Arch[]>> | undefined;

/** The architectures of every named image of which there is a list, by its digest. */
export function publishedLists(): Promise<ReadonlyMap<string, readonly Arch[]>> {
  known ??= findLists();
  return known;
}

async function findLists(): Promise<ReadonlyMap<string, readonly Arch[]>> {
  const [{ snapshot }, records] = await Promise.all([readStatus(), readRecords()]);
  const digests = new Set(snapshot.images.flatMap((image) => namedImages(image).map(({ digest }) => digest)));
  const found = new Map<string, readonly Arch[]>();
  for (const digest of digests) {
    const arches: Arch[] = [];
    for (const arch of ARCHES) if (await records.packages(digest, arch)) arches.push(arch);
    if (arches.length > 0) found.set(digest, arches);
  }
  return found;
}

/** Reads a list, each once a page. */
export function listReader(): (digest: string, arch: Arch) => Promise<PackageList | null> {
  const read = new Map<string, Promise<PackageList | null>>();
  return (digest, arch) => {
    const key = `${digest} ${arch}`;
    const list = read.get(key) ?? readRecords().then((records) => records.packages(digest, arch));
    read.set(key, list);
    return list;
  };
}
