import { z } from 'zod';
import { Slug } from '#status/scalars.ts';
import { TOOLS } from './model.ts';

/** What came of running the commands of all runbooks: content/runbooks/record.json, written by `npm run runbooks`. */

/** real: the client itself; double: our stand-in for one that cannot be had; checked: parsed and linted, not run. */
export const CLIENTS = ['real', 'double', 'checked'] as const;
/** none: it asks nobody; loopback: a real server on 127.0.0.1; simulator: our own. Never the real service. */
export const SERVERS = ['none', 'loopback', 'simulator'] as const;

const PARTS = ['access', 'run', 'verify', 'undo'] as const;

const Tool = z.strictObject({
  name: z.enum(TOOLS).or(z.literal('bash')),
  version: z.string().max(80),
  client: z.enum(CLIENTS),
});

/** One command of one test. */
export const Ran = z.strictObject({
  step: Slug.describe('access: the questions before the first step'),
  part: z.enum(PARTS),
  hash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('Of the text of the command: another text was never run'),
  client: z.enum(CLIENTS).describe('The least real of its tools'),
  server: z.enum(SERVERS).describe('The least real of those that it asked'),
  tools: z.array(z.string()),
  ms: z.int().min(0),
  /** Beside it with the older kubectl: ran, or why not. */
  older: z.string().optional(),
});
export type Ran = z.infer<typeof Ran>;

export const RecordOfRuns = z.strictObject({
  schema: z.literal(1),
  at: z.iso.datetime(),
  system: z.string().max(120).describe('Where it ran, as in Debian GNU/Linux 12'),
  tools: z.array(Tool),
  runbooks: z.record(Slug, z.array(Ran)),
  addresses: z.array(Slug).describe('Every runbook that was ever in a record: none may vanish without a redirect'),
});
export type RecordOfRuns = z.infer<typeof RecordOfRuns>;
