import { z } from 'zod';

/** Issues, merge requests and releases on the pretend forges. */
export const Forges = z.strictObject({});
export type Forges = z.infer<typeof Forges>;
