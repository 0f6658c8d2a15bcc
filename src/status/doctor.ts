import { z } from 'zod';

/** What `npm run doctor` found out: the assumptions of the simulator held against the real services. */
export const DoctorReport = z.strictObject({
  at: z.iso.datetime(),
  results: z.array(
    z.strictObject({
      id: z.string(),
      what: z.string(),
      outcome: z.enum(['holds', 'differs', 'could-not-ask']),
      detail: z.string().max(2_000),
      pages: z.array(z.string()).describe('Pages that a difference affects'),
    }),
  ),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
