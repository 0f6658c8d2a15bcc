import { link } from '#components/status/link.ts';
import type { FILES } from '#handbook/reference/data.ts';
import { readStatus } from '../../status/_data.ts';
import { publishedLists } from '../../status/_packages.ts';
import { publicRecordings } from '../../status/_recordings.ts';
import { readRecords } from '../../status/_records.ts';

/** How many files of each kind this site publishes now, and the address of the first. */
export interface Published {
  count: number;
  href: string | null;
}

export async function publishedFiles(): Promise<Record<(typeof FILES)[number], Published>> {
  const { snapshot } = await readStatus();
  const recordings = await publicRecordings(snapshot.images, await readRecords());
  const lists = [...(await publishedLists())].flatMap(([digest, arches]) =>
    arches.map((arch) => `packages/${digest.replace('sha256:', '')}/${arch}`),
  );
  const told = (paths: readonly string[]): Published => ({
    count: paths.length,
    href: paths[0] === undefined ? null : link(`status/v1/${paths[0]}.json`),
  });
  return {
    snapshot: told(['snapshot']),
    image: told(snapshot.images.map(({ id }) => `images/${id}`)),
    packages: told(lists),
    recording: told(recordings.map(({ name }) => `recordings/${name}`)),
  };
}
