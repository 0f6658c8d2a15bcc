import { z } from 'zod';
import { Digest, Instant, Text } from './scalars.ts';

/** What lies beside an image in the registry: signature, provenance, SBOM; and what a look at it has shown. */

const Word = z.string().max(200);

export const Attachment = z.object({
  state: z.enum(['verified', 'present-unverified', 'absent', 'failed', 'not-checked']),
  digest: Digest.nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** An attachment that is signed. A snapshot that was kept from before these fields reads them as never checked. */
export const Signature = Attachment.extend({
  found: z.enum(['tag', 'referrer']).nullable().default(null).describe('How the registry names it'),
  keyId: Word.nullable().default(null).describe('SSH SHA256 fingerprint: of the key that verified it, else as it says'),
  keySince: Instant.nullable().default(null).describe('Since when images of this target carry this key id'),
  checkedAt: Instant.nullable().default(null).describe('When it was read; null where only its presence is known'),
  against: z.array(Word).default([]).describe('Fingerprints of the keys that it was held against'),
  why: Text.nullable().default(null).describe('What was found wrong, or why it could not be read'),
});
export type Signature = z.infer<typeof Signature>;

export const Task = z.object({
  name: Word,
  status: Word.nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type Task = z.infer<typeof Task>;

/** An attestation, and what it says of the build; everything else in it is left where it is. */
export const Provenance = Signature.extend({
  predicateType: Word.nullable().default(null),
  builder: Word.nullable().default(null),
  source: z.object({ repository: Word, commit: Word.nullable() }).nullable().default(null),
  startedAt: Instant.nullable().default(null),
  finishedAt: Instant.nullable().default(null),
  compose: z
    .object({ id: Word.nullable(), image: Word })
    .nullable()
    .default(null)
    .describe('The image of packages that it was built from'),
  bundles: z.array(Word).max(200).nullable().default(null).describe('Task bundles, pinned by digest'),
  sboms: z
    .array(z.object({ image: Digest.nullable(), repository: Word, blob: Digest }))
    .max(50)
    .default([])
    .describe('SBOMs that tasks wrote, each of the image that the same task gave'),
  inputs: z
    .array(z.object({ image: Word, digest: Digest }))
    .max(50)
    .default([])
    .describe('Images that went in by digest, without those that only ran a step'),
  tasks: z.array(Task).max(200).nullable().default(null).describe('Tasks on record; null where none are recorded'),
  recording: z.boolean().default(false).describe('Whether a recording of the run is kept beside the snapshot'),
});
export type Provenance = z.infer<typeof Provenance>;

/** What is read out of a statement. */
export type Build = Omit<Provenance, keyof Signature | 'recording'>;
