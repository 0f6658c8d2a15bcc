import { z } from 'zod';
import { Blocker, FORGES, type ForgeId } from './blocker.ts';
import { Instant, Text } from './scalars.ts';

/** Issues that a newcomer may take, as a forge told of them last: a record beside the snapshot, one for each forge. */

export const Newcomer = Blocker.pick({
  number: true,
  title: true,
  url: true,
  labels: true,
  assignees: true,
  createdAt: true,
  updatedAt: true,
});
export type Newcomer = z.infer<typeof Newcomer>;

export const NewcomerProject = z.object({
  source: z.enum(FORGES),
  project: z.string().max(300),
  label: z.string().max(100).nullable(),
  about: Text,
  askedAt: Instant.nullable().describe('When the forge last told; null: it never did'),
  failed: z.object({ at: Instant, why: Text }).nullable().describe('Why the last try gave no answer'),
  isCut: z.boolean().describe('The forge has more than was read'),
  issues: z.array(Newcomer).max(400),
  bots: z.int().describe('Issues that programs have opened, which are left out'),
});
export type NewcomerProject = z.infer<typeof NewcomerProject>;

export const NewcomersRecord = z.object({ schema: z.literal(1), projects: z.array(NewcomerProject) });
export type NewcomersRecord = z.infer<typeof NewcomersRecord>;

/** Name of the record of a forge. */
export const newcomersName = (source: ForgeId): string => `forges/newcomers-${source}.json`;

/** A record; null where there is none, or a damaged one, so that it is found out anew. */
export function parseNewcomersRecord(text: string | null): NewcomersRecord | null {
  try {
    return text === null ? null : NewcomersRecord.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
