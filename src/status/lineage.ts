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
  base: Ancestor.nullable(),
  compose: Ancestor.nullable(),
  why: Text.nullable().describe('Why the base cannot be told'),
});
export type Lineage = z.infer<typeof Lineage>;
