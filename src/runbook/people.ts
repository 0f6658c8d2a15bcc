import { z } from 'zod';
import { Reference } from '#pipeline/walkthrough.ts';
import { Slug } from '#status/scalars.ts';

/** Who can be asked about a runbook, and who has followed one. */

const Sentence = z.string().min(1).max(300);

/** content/owners.yaml: whom to ask, by id. */
export const Owners = z.record(
  Slug,
  z.strictObject({
    name: z.string().min(1).max(80),
    asks: Sentence.describe('What they can help with'),
    places: z.array(z.strictObject({ title: Sentence, url: z.url().optional() })).min(1),
    sources: z.array(Reference).min(1),
  }),
);
export type Owners = z.infer<typeof Owners>;

/** content/reviews.yaml: who has followed a runbook on the real cluster. Lines are added, never changed. */
export const Review = z.strictObject({
  runbook: Slug,
  by: z.string().min(1).max(80),
  at: z.iso.date(),
  commit: z.string().regex(/^[0-9a-f]{7,40}$/, 'write the commit whose text was followed'),
  cluster: z.string().min(1).max(80),
  note: Sentence.optional(),
});
export type Review = z.infer<typeof Review>;
