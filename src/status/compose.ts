import { z } from 'zod';
import { Instant, Slug } from './scalars.ts';

/** Fedora's composes and CoreOS's streams: what an image could be built from, or should be by now. */

const Word = z.string().max(120);

export const Compose = z.object({
  release: Slug,
  kind: z.enum(['main', 'updates', 'iot', 'eln']),
  id: Word.describe('As in Fedora-45-20260903.n.0'),
  at: Instant.describe('The day in its id, UTC'),
  state: z.enum(['finished', 'incomplete', 'failed', 'running', 'unknown']),
  url: z.url(),
});
export type Compose = z.infer<typeof Compose>;

export const Stream = z.object({
  stream: Slug,
  version: Word.nullable().describe('The newest of the arches'),
  updatedAt: Instant.nullable(),
  arches: z.record(z.string().max(40), Word).describe('Version by arch'),
});
export type Stream = z.infer<typeof Stream>;
