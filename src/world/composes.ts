import { z } from 'zod';
import { Duration } from '#status/model.ts';
import { Offset } from './offset.ts';

/** Fedora's composes and CoreOS's streams. */

const Name = z.string().max(120);

const Run = z.strictObject({
  in: z.enum(['rawhide', 'branched', 'updates', 'iot', 'eln']).describe('Its directory'),
  id: Name.describe('{date} is the day on which it began'),
  at: Offset.describe('When it began'),
  every: Duration.optional().describe('Repeated back in time at this distance …'),
  count: z.int().min(2).max(60).optional().describe('… so many times in all'),
  took: Duration.default('4h'),
  ended: z.enum(['FINISHED', 'FINISHED_INCOMPLETE', 'DOOMED', 'TERMINATED']).default('FINISHED'),
});
export type Run = z.infer<typeof Run>;

const Published = z.strictObject({
  stream: Name,
  version: Name.describe('{date} is the day of its release'),
  at: Offset.describe('When it was released'),
  behind: z
    .record(Name, Name)
    .default({})
    .describe('Arches with another version than the rest, as in `s390x: 44.20261101.3.0`'),
});
export type Published = z.infer<typeof Published>;

export const Composes = z.strictObject({
  runs: z.array(Run).default([]),
  streams: z.array(Published).default([]),
});
export type Composes = z.infer<typeof Composes>;
