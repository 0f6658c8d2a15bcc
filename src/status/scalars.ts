import { z } from 'zod';

/** The smallest shapes of the snapshot, from which the others are made. */

export const Text = z.string().max(2_000);
export const Instant = z.iso.datetime().describe('UTC, ISO 8601');
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'write sha256: and 64 hexadecimal digits');
export const Slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'write lower-case letters, digits and hyphens');
