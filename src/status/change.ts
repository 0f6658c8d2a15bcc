import { z } from 'zod';
import { Arch } from './arch.ts';
import type { Delta } from './delta.ts';
import { Digest, Instant } from './scalars.ts';

/** What differs between the packages of two images, in figures; the lists themselves are records. */

const Count = z.int().min(0);

export const ArchDelta = z.object({
  arch: Arch,
  state: z.enum(['equal', 'differs', 'list-missing']).describe('equal: the same packages in the same versions'),
  missing: z.array(z.enum(['here', 'there'])).describe('Which list is not known'),
  added: Count,
  removed: Count,
  upgraded: Count,
  downgraded: Count,
});
export type ArchDelta = z.infer<typeof ArchDelta>;

/** What differs on one arch, in figures. */
export function figuresOf(arch: Arch, { added, removed, upgraded, downgraded }: Delta): ArchDelta {
  const [plus, minus, up, down] = [added.length, removed.length, upgraded.length, downgraded.length];
  const state = plus + minus + up + down === 0 ? 'equal' : 'differs';
  return { arch, state, missing: [], added: plus, removed: minus, upgraded: up, downgraded: down };
}

/** Against an earlier image of the same tag, or the same variant of the release before. */
export const Comparison = z.object({
  since: z.enum(['previous', 'yesterday', 'week', 'release']),
  with: z.string().nullable().describe('Id of the target, where it is another one'),
  of: Digest.nullable().default(null).describe('The image that was compared; null where that was not recorded'),
  digest: Digest.describe('The image that it was compared with'),
  at: Instant.nullable().describe('When the tag began to point at that digest'),
  arches: z.array(ArchDelta),
});
export type Comparison = z.infer<typeof Comparison>;

export const Parity = z.object({
  with: z.string(),
  sameDigest: z.boolean().nullable(),
  of: Digest.nullable().default(null).describe('The image whose packages were compared'),
  digest: Digest.nullable().default(null).describe('The image that they were compared with'),
  olderByMs: z.int().nullable().default(null).describe('How much older this image is; negative where it is newer'),
  arches: z.array(ArchDelta).default([]).describe('What it takes to get from the other image to this one'),
  trust: z
    .object({ here: z.array(z.string()), there: z.array(z.string()) })
    .nullable()
    .default(null)
    .describe('What of signature, provenance and SBOM only one side has'),
});
export type Parity = z.infer<typeof Parity>;
