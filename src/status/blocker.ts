import { z } from 'zod';
import { Instant, Slug, Text } from './scalars.ts';

/** What stands in the way elsewhere: issues, merge requests and releases of upstream projects. */

const Word = z.string().max(300);

export const Blocker = z.object({
  source: z.enum(['github', 'gitlab']),
  project: Word,
  kind: z.enum(['issue', 'change', 'release']),
  role: z.enum(['blocker', 'query', 'pipeline', 'renovate', 'tracking', 'release']),
  number: z.int().nullable(),
  title: Word,
  url: z.url(),
  state: z.enum(['open', 'closed', 'merged', 'published']),
  pipeline: z.enum(['success', 'failed', 'running', 'canceled', 'none']).nullable(),
  labels: z.array(Word).max(30),
  assignees: z.array(Word).max(20),
  createdAt: Instant,
  updatedAt: Instant,
  blocks: z.array(Word).max(20).describe('Whom it blocks, in the words of content/blockers.yaml'),
  since: Instant.nullable().describe('Since when, where people wrote it down'),
  why: Text.nullable(),
  release: Slug.nullable().describe('The release that a change is for'),
});
export type Blocker = z.infer<typeof Blocker>;
