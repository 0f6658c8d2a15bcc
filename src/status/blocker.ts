import { z } from 'zod';
import { Instant, Slug, Text } from './scalars.ts';

/** What stands in the way elsewhere: issues, merge requests and releases of upstream projects. */

const Word = z.string().max(300);

export const FORGES = ['github', 'gitlab'] as const;
export type ForgeId = (typeof FORGES)[number];

export const PIPELINES = ['success', 'failed', 'running', 'canceled', 'skipped', 'none'] as const;

export const Blocker = z.object({
  source: z.enum(FORGES),
  project: Word.describe('owner/name, or the path of groups and name'),
  kind: z.enum(['issue', 'change', 'release']),
  role: z
    .enum(['blocker', 'query', 'pipeline', 'renovate', 'tracking', 'release'])
    .describe('Why it is here: named by hand, found by a query, a change to a pipeline or by Renovate, a release'),
  number: z.int().nullable(),
  title: Word,
  url: z.url({ protocol: /^https?$/ }),
  state: z.enum(['open', 'closed', 'merged', 'published', 'unknown']),
  pipeline: z
    .enum([...PIPELINES, 'unasked'])
    .nullable()
    .describe('Of the newest commit of a change; none: there is none; unasked: it needs a token; null: not known'),
  labels: z.array(Word).max(30),
  assignees: z.array(Word).max(20),
  createdAt: Instant.nullable(),
  updatedAt: Instant.nullable(),
  closedAt: Instant.nullable().default(null),
  blocks: z.array(Word).max(20).describe('Whom it blocks, in the words of content/blockers.yaml'),
  since: z.iso.date().nullable().describe('Since when, where people wrote it down'),
  why: Text.nullable(),
  release: Slug.nullable().describe('The release that a change is for'),
  checkedAt: Instant.nullable().default(null).describe('When the forge last told; null where it never did'),
});
export type Blocker = z.infer<typeof Blocker>;
