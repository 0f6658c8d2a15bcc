import { z } from 'zod';

/** Named sets of packages that pushes hold: `name` to `name-[epoch:]version-release`. */
export const Packages = z.record(z.string(), z.array(z.string()));
export type Packages = z.infer<typeof Packages>;
