import { z } from 'zod';
import { Slug } from '#status/scalars.ts';

/** What stands above a page of prose in content/docs, beside Starlight's own fields. */

const Sentence = z.string().min(10).max(300);

/** YAML makes a date of a plain day. */
const Day = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.iso.date('write a day, as 2027-05-01'),
);

/** What each kind of page is for; `site` tells of this site itself, and needs no sources. */
export const PAGE_KINDS = ['explanation', 'guide', 'reference', 'site'] as const;

export const PageFields = z.object({
  kind: z.enum(PAGE_KINDS).optional().describe('Every file in content/docs says it'),
  for: Sentence.optional().describe('Who reads it, in a few words'),
  gain: Sentence.optional().describe('What one knows after it, in one sentence'),
  sources: z.array(Slug).default([]).describe('Names of content/references.yaml, the weightiest first'),
  review: Day.optional().describe('By when somebody compares it with its sources again'),
});
export type PageFields = z.infer<typeof PageFields>;

/** Of Starlight's own fields the two that every page has. */
export const PageHead = z.looseObject({
  title: z
    .string('write the title of the page')
    .min(1)
    .max(90, 'write at most 90 characters')
    .describe('The heading of the page, and its name in the sidebar'),
  description: z
    .string()
    .max(300, 'write at most 300 characters')
    .optional()
    .describe('One sentence for searches and previews'),
});

interface Fault {
  field: keyof PageFields;
  message: string;
}

/** What a page of content/docs lacks; empty where it is as it must be. */
export function lacking({ kind, for: reader, gain, sources, review }: PageFields): Fault[] {
  if (kind === undefined)
    return [{ field: 'kind', message: `write one of ${PAGE_KINDS.join(', ')}: what the page is for` }];
  if (kind === 'site') return [];
  const faults: (Fault | null)[] = [
    reader ? null : { field: 'for', message: 'write who reads the page' },
    gain ? null : { field: 'gain', message: 'write what one knows after it' },
    sources.length > 0 ? null : { field: 'sources', message: 'name at least one source of content/references.yaml' },
    review ? null : { field: 'review', message: 'write by when it is compared with its sources again, as 2027-05-01' },
  ];
  return faults.filter((fault) => fault !== null);
}
