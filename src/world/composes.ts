import { z } from 'zod';

/** Fedora's composes and CoreOS's streams. */
export const Composes = z.strictObject({});
export type Composes = z.infer<typeof Composes>;
