import { z } from 'zod';

/** What the pretend cluster runs: builds, tests, promotions. */
export const Cluster = z.strictObject({});
export type Cluster = z.infer<typeof Cluster>;
