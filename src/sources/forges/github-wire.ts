import { z } from 'zod';
import { Line, Lines, Moment, Tag } from './forge.ts';

/** What GitHub sends: exactly the fields that are read. */

const Named = z.object({ name: z.string() });
export const WireThing = z.object({
  number: z.int(),
  title: Line,
  state: z.enum(['open', 'closed']),
  labels: z.array(z.union([z.string(), Named.transform(({ name }) => name)])).pipe(Lines(30)),
  assignees: z
    .array(z.object({ login: z.string() }).transform(({ login }) => login))
    .nullish()
    .transform((all) => all ?? [])
    .pipe(Lines(20)),
  user: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  created_at: Moment,
  updated_at: Moment,
  closed_at: Moment.nullish(),
  merged_at: Moment.nullish(),
  pull_request: z.unknown().optional(),
  head: z.object({ ref: z.string().max(300), sha: z.string().max(64) }).nullish(),
});
export const WireRelease = z.object({
  tag_name: Tag,
  name: Line.nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  created_at: Moment,
  published_at: Moment.nullish(),
});
export const WireChecks = z.object({
  total_count: z.int(),
  check_runs: z.array(z.object({ status: z.string(), conclusion: z.string().nullable() })),
});

export const WireFailure = z.object({
  status: z.int(),
  message: z.string().optional(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});
