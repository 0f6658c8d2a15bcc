import { z } from 'zod';
import { Digest, Instant, Text } from './scalars.ts';

/** What an image was built from, and how we know. */

const Word = z.string().max(300);

export const Ancestor = z.object({
  image: Word.describe('As it is named: repository, with a tag where one is'),
  digest: Digest.nullable(),
  target: z.string().nullable().describe('Id of the watched target that it was an image of'),
  createdAt: Instant.nullable(),
  method: z.enum(['provenance', 'annotations', 'layers']),
});
export type Ancestor = z.infer<typeof Ancestor>;

export const Lineage = z.object({
  checkedAt: Instant,
  of: Digest.nullable().default(null).describe('The image that this is about'),
  isSettled: z.boolean().default(false).describe('Whether the image itself was looked at, as far as it was needed'),
  base: Ancestor.nullable(),
  compose: Ancestor.nullable(),
  why: z
    .object({
      attestation: Text.nullable().describe('Why its attestation does not tell'),
      image: Text.nullable().describe('Why its annotations and layers do not tell'),
    })
    .nullable()
    .describe('Why the base cannot be told; null where it can, and where there is none to tell'),
});
export type Lineage = z.infer<typeof Lineage>;

/** Whether a variant is made of packages, for others to be built upon. */
export function isBaseVariant(variant: string): boolean {
  return variant === 'standard' || variant === 'minimal-plus' || variant === 'minimal';
}

/** Whether an image is one of the shared bases; one in a mirror is a copy of it. */
export function isSharedBase({ variant, channel }: { variant: string; channel: string }): boolean {
  return isBaseVariant(variant) && (channel === 'production' || channel === 'development');
}
