import type { Arch } from '#status/model.ts';
import type { Target } from '#status/targets.ts';
import type { Machine } from '../support/layout.ts';

/** What is pushed for a target: four machines that differ in everything, and the exceptions that tests look for. */

export const OCI_NAME: Readonly<Record<Arch, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
};

/** Its index has no s390x. */
export const WITHOUT_S390X = 'development/standard/44';
/** Its aarch64 was built reproducibly: its date is an epoch and tells nothing. */
export const WITH_EPOCH = 'development/standard/45';
/** The one mirror that is not what quay.io has. */
export const OTHER_MIRROR = 'mirror/standard/43';

const HOUR_MS = 3_600_000;
const AGES_HOURS: Readonly<Record<string, number>> = { 'development/minimal/43': 100, 'development/minimal/44': 50 };
const USUAL_HOURS = 5;
const began = Date.now();

/** What makes an image; equal seeds make equal digests. */
export function seedOf({ id, channel }: Target): string {
  return channel === 'mirror' && id !== OTHER_MIRROR ? id.replace('mirror/', 'production/') : id;
}

/** The machines of an image. */
export function machinesOf(target: Target, seed: string): Machine[] {
  const arches: Arch[] = ['x86_64', 'aarch64', 'ppc64le', 's390x'];
  const kept = target.channel === 'community' ? arches.slice(0, 1) : arches;
  return kept
    .filter((arch) => !(target.id === WITHOUT_S390X && arch === 's390x'))
    .map((arch, index) => ({
      architecture: OCI_NAME[arch],
      created: createdOf(target.id, seed, index),
      labels: {
        'containers.bootc': '1',
        'org.opencontainers.image.version': `${target.release}.0`,
        'org.opencontainers.image.title': seed,
      },
      layers: ['shared by all', `${seed} ${arch}`, `${arch} `.repeat(200 + 30 * index) + seed],
    }));
}

/** With nine digits of a second, as build tools write it. */
function createdOf(id: string, seed: string, index: number): string {
  if (id === WITH_EPOCH && index === 1) return '1970-01-01T00:00:00Z';
  const hours = seed.endsWith(' again') ? 1 : (AGES_HOURS[id] ?? USUAL_HOURS);
  return new Date(began - hours * HOUR_MS - index * 61_007).toISOString().replace('Z', '456789Z');
}
