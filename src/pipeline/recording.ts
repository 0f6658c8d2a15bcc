import { z } from 'zod';
import { Digest, Instant } from '#status/scalars.ts';

/** The tasks of one finished pipeline run, by an allow-list of fields, ready to be replayed. */

const Word = z.string().max(200);
const Value = z.string().max(2_000);

export const RecordedTask = z.object({
  name: Word.describe('In its pipeline; legs of a matrix share it'),
  after: z.array(Word).max(50),
  status: Word.nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  bundle: Word.nullable(),
  task: Word.nullable().describe('The name of the task in its bundle'),
  platform: Word.nullable(),
  params: z.record(Word, Value),
  results: z.record(Word, Value),
  steps: z
    .array(
      z.object({
        name: Word,
        image: Word.nullable(),
        startedAt: Instant.nullable(),
        finishedAt: Instant.nullable(),
        reason: Word.nullable().default(null).describe('How it ended, as Completed, Error, OOMKilled'),
      }),
    )
    .max(50),
  createdAt: Instant.nullable().default(null).describe('When the TaskRun was made; only the cluster tells'),
  message: Value.nullable().default(null).describe('Why it failed, secrets blacked out'),
  log: z.string().max(2_048).nullable().default(null).describe('The end of the failed step, secrets blacked out'),
});
export type RecordedTask = z.infer<typeof RecordedTask>;

export const Recording = z.object({
  schema: z.literal(1),
  origin: z
    .enum(['attestation', 'cluster'])
    .default('attestation')
    .describe('Signed statement, or PipelineRun and TaskRuns'),
  image: Digest.nullable().describe('Null for a run that gave none'),
  predicateType: Word.nullable().describe('Null where the cluster told'),
  isVerified: z.boolean(),
  pipeline: Word.nullable(),
  run: Word.nullable().describe('Name of the PipelineRun'),
  namespace: Word.nullable(),
  logUrl: z.url().nullable(),
  createdAt: Instant.nullable()
    .default(null)
    .describe('When the PipelineRun was made: until `startedAt` it was queued'),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  outcome: z.enum(['succeeded', 'failed', 'cancelled']).nullable().default(null).describe('Null where it is not told'),
  message: Value.nullable().default(null).describe('Why the run failed, secrets blacked out'),
  params: z.record(Word, Value),
  tasks: z.array(RecordedTask).max(200),
  notRecorded: z.array(Word).describe('What this kind of statement, or this one, does not hold, in words'),
});
export type Recording = z.infer<typeof Recording>;
