import { z } from 'zod';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';
import { unknownSources } from './systems.ts';

/** content/milestones.yaml: what the initiative set out to reach, and how far each is as far as anybody has read. */

export const MILESTONE_STATES = ['done', 'under-way', 'open', 'not-known'] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

const Milestone = z.strictObject({
  id: Slug.describe('Its anchor on the page: #milestone-ID'),
  when: Slug.describe('One of the stages above'),
  what: z.string().min(5).max(200).describe('What is to be reached'),
  state: z.enum(MILESTONE_STATES),
  why: z.string().min(10).max(500).describe('What is known of it, and what makes the state'),
  asOf: z.iso.date('write a day, as in 2026-09-10').describe('Newest evidence for the state'),
  sources: z.array(Slug).min(1).describe('Names of content/references.yaml'),
});
export type Milestone = z.infer<typeof Milestone>;

export const MilestonesFile = z
  .strictObject({
    schema: z.literal(1),
    stages: z.record(Slug, z.string().min(1).max(80)).describe('Id and title, in their order: Fedora 44, Fedora 45 …'),
    milestones: z.array(Milestone).min(1).max(100),
  })
  .superRefine(({ stages, milestones }, context) => {
    const ids = milestones.map(({ id }) => id);
    for (const [at, { id, when }] of milestones.entries()) {
      const fault = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['milestones', at, field], message });
      if (ids.indexOf(id) !== at) fault('id', `"${id}" is the id of another milestone already`);
      if (!Object.hasOwn(stages, when)) fault('when', `"${when}" is none of the stages of this file`);
    }
  });
export type MilestonesFile = z.infer<typeof MilestonesFile>;

/** milestones.yaml; `known`: names of content/references.yaml. Throws a ContentError that lists every fault. */
export function parseMilestones(text: string, file: string, known: Iterable<string>): MilestonesFile {
  const { value, fail } = readYaml(text, file);
  const read = MilestonesFile.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults = unknownSources('milestones', read.data.milestones, known);
  return faults.length > 0 ? fail(faults) : read.data;
}
