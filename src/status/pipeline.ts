import { z } from 'zod';
import { Digest, Instant, Slug, Text } from './scalars.ts';

/** A pipeline of a walkthrough as the last refresh saw it; its definition is a record by its digest. */

/** A name with what it is given; lists of one text each. */
export const Binding = z.object({ name: z.string().max(200), value: z.union([Text, z.array(Text).max(200)]) });
export type Binding = z.infer<typeof Binding>;

export const Version = z.object({
  digest: Digest,
  firstSeenAt: Instant,
  lastSeenAt: Instant,
});
export type Version = z.infer<typeof Version>;

export const SeenPipeline = z.object({
  id: Slug.describe('Of the walkthrough'),
  state: z.enum(['read', 'not-seen']).describe('read: its definition is known, now or from before'),
  why: Text.nullable().describe('Why it could not be read the last time; null where it was'),
  kind: z.enum(['bundle', 'file', 'run']).nullable().describe('What the definition came from'),
  place: Text.nullable().describe('The bundle without its digest, the address of the file, or the name of the run'),
  digest: Digest.nullable().describe('Of the bundle, of the bytes of the file, or of the text of the specification'),
  readAt: Instant.nullable().describe('When it was last seen to be the current one'),
  commit: z.string().max(64).nullable().default(null).describe('That changed the file last'),
  changedAt: Instant.nullable().default(null).describe('When that commit was made'),
  namedBy: z
    .object({ url: z.url(), commit: z.string().max(64).nullable(), changedAt: Instant.nullable() })
    .nullable()
    .describe('The PipelineRun in a repository that names it'),
  given: z.array(Binding).max(200).describe('Parameters that this PipelineRun passes'),
  versions: z.array(Version).max(30).describe('Newest first'),
});
export type SeenPipeline = z.infer<typeof SeenPipeline>;
