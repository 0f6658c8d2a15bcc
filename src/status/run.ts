import { z } from 'zod';
import { Arch } from './arch.ts';
import { Digest, Instant, Text } from './scalars.ts';

/** Builds, tests and promotions of an image, as the cluster and its archive tell of them. */

const Word = z.string().max(300);

/** Where a run broke; kept at once, because the cluster forgets in 80 minutes. */
export const Failure = z.object({
  task: Word,
  arch: Arch.nullable(),
  reason: Word.nullable(),
  message: Text.nullable(),
  log: z.string().max(2_048).nullable().describe('The end of the failed step, secrets blacked out'),
});
export type Failure = z.infer<typeof Failure>;

export const Attempt = z.object({
  name: Word,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  outcome: z.enum(['running', 'ok', 'failed', 'cancelled']),
  failedTask: Word.nullable(),
  url: z.url().nullable(),
  commit: Word.nullable().default(null),
  digest: Digest.nullable().default(null).describe('The image that it gave'),
  failure: Failure.nullable().default(null),
  checks: z
    .enum(['SUCCESS', 'WARNING', 'FAILURE', 'ERROR', 'SKIPPED'])
    .nullable()
    .default(null)
    .describe('Worst TEST_OUTPUT of its tasks: a run can succeed while its checks fail'),
  isSigned: z.boolean().nullable().default(null),
});
export type Attempt = z.infer<typeof Attempt>;

export const Build = z.object({
  checkedAt: Instant,
  current: Attempt.nullable().describe('The newest one'),
  of: Attempt.nullable().describe('The one that gave the image that the tag points at'),
  failingSince: Instant.nullable(),
  isLowerBound: z.boolean().describe('It may have failed longer than can be seen'),
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
  attempts: z.int().min(0),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  digest: Digest.nullable().describe('What is promoted, where its snapshot was seen'),
  url: z.url().nullable(),
});
export type Promotion = z.infer<typeof Promotion>;
