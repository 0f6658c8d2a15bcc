import { z } from 'zod';
import { Reference } from '#pipeline/walkthrough.ts';
import { Slug } from '#status/scalars.ts';

/** content/glossary.yaml: the words of this site, each with what it means here. */

const Entry = z.strictObject({
  term: z.string().min(2).max(60).describe('As it stands in a text'),
  also: z.array(z.string().min(2).max(60)).default([]).describe('Other names of the same, and what it is short for'),
  is: z.string().min(20).max(400).describe('What it is, in one to three plain sentences; `code` is set as code'),
  see: z.array(Slug).default([]).describe('Ids of other terms'),
  more: z
    .string()
    .regex(/^\/([a-z0-9.-]+\/)*(#[a-z0-9.-]+)?$/, 'write an address of this site, as /runbooks/stale-image/')
    .optional()
    .describe('Where to read on'),
  sources: z.array(Slug).default([]).describe('Names of `sources`; left out where it is plain'),
  ours: z.boolean().optional().describe('True for a word whose meaning this site has set itself: it needs no source'),
  unsure: z.string().min(10).max(300).optional().describe('What the sources do not settle; said on the page'),
});

export const GlossaryFile = z.strictObject({
  sources: z.record(Slug, Reference),
  terms: z.record(Slug, Entry),
});

export interface Term extends Omit<z.infer<typeof Entry>, 'sources'> {
  /** The anchor: /glossary/#ID. */
  id: string;
  sources: Reference[];
}
