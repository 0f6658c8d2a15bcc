import { z } from 'zod';
import { Arch } from '#status/arch.ts';
import { PIPELINES } from '#status/blocker.ts';
import { BlockersFile } from '#status/blockers-file.ts';
import { NewcomersFile } from '#status/newcomers-file.ts';
import { Offset } from './offset.ts';

/** Issues, changes, releases and test reports on the pretend forges, and what is watched of them. */

const Words = z.array(z.string()).default([]);
const Count = z.int().min(1);

const Issue = z.strictObject({
  number: Count,
  title: z.string(),
  labels: Words,
  assignees: Words,
  author: z.string().default('sample-user'),
  created: Offset,
  updated: Offset.optional().describe('Left out: as it was created'),
  closed: Offset.optional(),
});
export type Issue = z.infer<typeof Issue>;

const Change = Issue.extend({
  branch: z.string(),
  merged: Offset.optional(),
  pipeline: z.enum(PIPELINES).default('success'),
});
export type Change = z.infer<typeof Change>;

const Release = z.strictObject({ tag: z.string(), name: z.string().optional(), at: Offset });
export type Release = z.infer<typeof Release>;

const Report = z.strictObject({
  number: Count,
  at: Offset,
  image: z.string().describe('[host/]repository:tag; the report names the digest that it had at that moment'),
  tests: z
    .record(z.string(), z.partialRecord(Arch, z.enum(['passed', 'failed', 'unknown'])))
    .describe('Per test its result on each arch'),
});
export type Report = z.infer<typeof Report>;

const Project = z.strictObject({
  issues: z.array(Issue).default([]),
  changes: z.array(Change).default([]),
  releases: z.array(Release).default([]),
  reports: z.array(Report).default([]).describe('Issues that are test reports; GitLab only'),
});
export type Project = z.infer<typeof Project>;

export const Forges = z.strictObject({
  watch: BlockersFile.describe('What content/blockers.yaml is for the real ones'),
  newcomers: NewcomersFile.optional().describe('What content/newcomers.yaml is for the real ones'),
  token: z.string().optional().describe('The one that both accept; any other is refused'),
  anonymousPerHour: z.int().min(0).default(60).describe('How often GitHub answers in an hour without a token'),
  github: z.record(z.string(), Project).default({}).describe('By owner/name'),
  gitlab: z.record(z.string(), Project).default({}).describe('By the path of groups and name'),
});
export type Forges = z.infer<typeof Forges>;
