import { z } from 'zod';
import type { Records } from '#sources/records.ts';
import type { Manifest } from '#sources/registry/oci.ts';
import { Arch } from '#status/arch.ts';
import type { Evidence } from '#status/facets.ts';
import { Digest, Instant } from '#status/scalars.ts';

/** The layers of base images, kept so that an image can be compared with bases that their tags have left. */

const Layer = z.object({ digest: Digest, size: z.int().min(0) });
export const BaseLayers = z.object({
  image: Digest,
  target: z.string(),
  createdAt: Instant.nullable(),
  arch: Arch,
  manifest: Digest.describe('Of that arch'),
  layers: z.array(Layer).max(500),
});
export type BaseLayers = z.infer<typeof BaseLayers>;

/** Less than this in common says nothing: an empty layer is in every second image. */
const TELLING_BYTES = 1_000_000;

const nameOf = (image: string): string => `bases/${image.replace('sha256:', '')}.json`;

/** The arch whose layers stand for an image: the same for all that have it. */
export function comparedArch({ arches }: Pick<Evidence, 'arches'>): { arch: Arch; digest: string } | null {
  const there = arches.flatMap(({ arch, digest }) => (digest ? [{ arch, digest }] : []));
  return there.find(({ arch }) => arch === 'x86_64') ?? there[0] ?? null;
}

export function layersIn({ layers = [] }: Manifest): BaseLayers['layers'] {
  return layers.map(({ digest, size }) => ({ digest, size }));
}

export async function keepLayers(records: Records, base: BaseLayers): Promise<void> {
  await records.write(nameOf(base.image), JSON.stringify(base));
}

/** What is kept of a base; null where nothing is, or nothing that can be read. */
export async function readLayers(records: Records, image: string): Promise<BaseLayers | null> {
  const text = await records.read(nameOf(image));
  if (text === null) return null;
  try {
    return BaseLayers.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The base whose layers all come first in an image; of several the one that shares most, then the newest. */
export function beginsWith(layers: BaseLayers['layers'], arch: Arch, bases: readonly BaseLayers[]): BaseLayers | null {
  const found = bases.filter((base) => {
    const size = base.layers.reduce((sum, layer) => sum + layer.size, 0);
    const isFirst = base.layers.every(({ digest }, index) => layers[index]?.digest === digest);
    return base.arch === arch && size >= TELLING_BYTES && isFirst;
  });
  const [best = null] = found.sort(
    (a, b) => b.layers.length - a.layers.length || (b.createdAt ?? '').localeCompare(a.createdAt ?? ''),
  );
  return best;
}
