import { z } from 'zod';

/** One of Bodhi's security updates. */
export const Advisory = z.strictObject({});
export type Advisory = z.infer<typeof Advisory>;
