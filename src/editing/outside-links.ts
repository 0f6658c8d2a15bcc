import { z } from 'zod';

/** outside-links.json, beside the snapshot: what the nightly look at links to other sites found. */
export const OutsideLinks = z.strictObject({
  schema: z.literal(1),
  at: z.iso.datetime(),
  /** Addresses that were asked. */
  asked: z.int().min(0),
  broken: z.array(
    z.strictObject({
      url: z.url(),
      /** HTTP status; null where nobody answered. */
      status: z.int().nullable(),
      /** What happened, in a sentence. */
      why: z.string().max(300),
      /** Pages of this site that link to it. */
      pages: z.array(z.string().max(300)).min(1),
    }),
  ),
});
export type OutsideLinks = z.infer<typeof OutsideLinks>;
