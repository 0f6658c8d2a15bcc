import { stringify } from 'yaml';
import type { World } from '#world/model.ts';
import { parseWorld } from '#world/parse.ts';

/** A pretend Fedora of any size, healthy, with a signature, an attestation and an SBOM beside each image. */

/** As many as an image holds, about. */
const RPMS = 1_300;
const RELEASES = ['45', '44', '43', '42', 'rawhide'];

/** A world of so many targets in one namespace, and its targets file. */
export function largeWorld(targets: number): { world: World; targets: string } {
  const variant = Array.from({ length: Math.ceil(targets / RELEASES.length) }, (_, index) => `v${index}`);
  const release = RELEASES.slice(0, Math.ceil(targets / variant.length));
  const watch = {
    schema: 1,
    services: {
      quay: { api: 'https://quay.io/api/v1', registry: 'https://quay.io' },
      bodhi: { api: 'https://bodhi.fedoraproject.org' },
      endoflife: { api: 'https://endoflife.date/api' },
    },
    targets: [
      {
        channel: 'development',
        variant,
        release,
        repository: 'bootc-devel/fedora-bootc-{release}-{variant}',
        tag: 'latest',
        arches: ['x86_64', 'aarch64', 'ppc64le', 's390x'],
        cadence: { expect: '24h', fresh: '36h', stale: '72h' },
      },
    ],
  };
  const world = {
    schema: 1,
    id: 'large',
    title: `${targets} targets`,
    now: '2026-11-20T14:07:00Z',
    watch,
    releases: release.map((version) => ({
      ...{ name: `F${version}`, version, branch: `f${version}` },
      ...{ bodhi: { state: 'current', eol: '2027-11-24' } },
      ...(/\d/.test(version) ? { endoflife: { releaseDate: '2026-10-20', eol: '2027-11-24' } } : {}),
    })),
    packages: { all: Array.from({ length: RPMS }, (_, index) => `package-${index}-1.${index}-1.sample`) },
    repositories: [
      {
        ...{ repository: 'bootc-devel/fedora-bootc-{release}-{variant}', release, variant },
        defaults: { attach: ['signature', 'provenance', 'sbom'] },
        // A thousand images with four SBOMs each would fill the memory of the machine that pretends them.
        tags: { latest: ['-53h', '-29h', targets > 100 ? '-5h' : { at: '-5h', packages: 'all' }] },
      },
    ],
  };
  return { world: parseWorld(stringify(world), 'large.yaml'), targets: stringify(watch) };
}
