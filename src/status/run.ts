import { z } from 'zod';
import { Arch } from './arch.ts';
import { Digest, Instant, Text } from './scalars.ts';

/** Builds, tests and promotions of an image, as the cluster and its archive tell of them. */

const Word = z.string().max(300);

/** Where a run broke; kept at once, because the cluster forgets in 80 minutes. */
export const Failure = z.object({
  task: Word.nullable().describe('Null where no task is to blame, or none could be read'),
  arch: Arch.nullable(),
  arches: z.array(Arch).default([]).describe('Every arch on which this task broke'),
  step: Word.nullable().default(null),
  reason: Word.nullable(),
  message: Text.nullable(),
  log: z.string().max(2_048).nullable().describe('The end of the failed step, secrets blacked out'),
  noLog: Text.nullable().default(null).describe('Why there is no log'),
});
export type Failure = z.infer<typeof Failure>;

export const CHECKS = ['SUCCESS', 'SKIPPED', 'WARNING', 'FAILURE', 'ERROR'] as const;

export const Attempt = z.object({
  name: Word,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  outcome: z.enum(['running', 'ok', 'failed', 'cancelled']),
  isQueued: z.boolean().default(false).describe('Running in name only: it waits for its turn'),
  failedTask: Word.nullable(),
  url: z.url().nullable(),
  commit: Word.nullable().default(null),
  digest: Digest.nullable().default(null).describe('The image that it gave'),
  failure: Failure.nullable().default(null),
  checks: z
    .enum(CHECKS)
    .nullable()
    .default(null)
    .describe('Worst TEST_OUTPUT of its tasks: a run can succeed while its checks fail'),
  checkTasks: z.array(Word).max(20).default([]).describe('The tasks that gave this worst result'),
  isSigned: z.boolean().nullable().default(null).describe('As Tekton Chains noted; null: not yet, or nobody said'),
  recording: z.boolean().default(false).describe('A recording of it is kept, by its name'),
  tasksReadAt: Instant.nullable().default(null).describe('When its tasks were read; a finished run is read once'),
});
export type Attempt = z.infer<typeof Attempt>;

export const Build = z.object({
  checkedAt: Instant.describe('When the cluster or its archive last told of its runs'),
  current: Attempt.nullable().describe('The newest one'),
  of: Attempt.nullable().describe('The one that gave the image that the tag points at'),
  failingSince: Instant.nullable(),
  isLowerBound: z.boolean().describe('It may have failed longer than can be seen'),
  promoted: z
    .object({ commit: Word.nullable(), digest: Digest.nullable() })
    .nullable()
    .default(null)
    .describe('What the Component says of its last good build; asked where no run is known'),
  archivedAt: Instant.nullable().default(null).describe('Up to when the archive was read'),
  buildSet: z
    .object({ of: Digest, name: Word.nullable(), at: Instant })
    .nullable()
    .default(null)
    .describe('The Snapshot that holds this image, and when its tests and promotion were last asked for'),
});
export type Build = z.infer<typeof Build>;

export const Test = z.object({
  scenario: Word,
  source: z.enum(['konflux', 'gitlab']),
  outcome: z.enum(['passed', 'warning', 'failed', 'running', 'invalid', 'unknown']),
  isOptional: z.boolean(),
  at: Instant.nullable(),
  url: z.url().nullable(),
  detail: Text.nullable(),
});
export type Test = z.infer<typeof Test>;

export const Tests = z.object({
  checkedAt: Instant,
  of: z.array(Test).max(50),
  lastReportAt: Instant.nullable().default(null).describe('Newest public test report of any image'),
});
export type Tests = z.infer<typeof Tests>;

export const Promotion = z.object({
  checkedAt: Instant,
  name: Word,
  state: z.enum(['running', 'succeeded', 'failed', 'skipped', 'unknown']),
  step: Word.nullable().describe('The condition that is not met, or the last task'),
  reason: Text.nullable(),
  attempts: z.int().min(0).describe('Runs of the release pipeline; the service retries by itself'),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  digest: Digest.nullable().describe('What is promoted, where its snapshot was seen'),
  url: z.url().nullable(),
});
export type Promotion = z.infer<typeof Promotion>;
