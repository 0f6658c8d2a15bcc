import { z } from 'zod';
import { Arch } from '#status/arch.ts';

/** Named sets of packages that pushes hold. */

const NEVR = /^[A-Za-z0-9][\w.+-]*-(\d+:)?[\w.+~^]+-[\w.+~^]+?(\.noarch)?( from [A-Za-z0-9][\w.+-]*)?$/;

const Nevr = z
  .string()
  .max(200)
  .regex(
    NEVR,
    'write name-[epoch:]version-release, then .noarch where it is, then "from SOURCE" where it has another name',
  );
const Change = z.strictObject({
  set: z.array(Nevr).default([]).describe('Added, or put in the place of all of that name'),
  drop: z.array(z.string()).default([]).describe('Names'),
});

const Based = Change.extend({
  from: z.string().nullable().default(null).describe('The set that this one changes'),
  on: z.partialRecord(Arch, Change).default({}).describe('What differs on single arches'),
});

const PackageSet = z.union([
  z.array(Nevr).transform((set): z.infer<typeof Based> => ({ from: null, set, drop: [], on: {} })),
  Based,
]);

export const Packages = z.record(z.string(), PackageSet);
export type Packages = z.infer<typeof Packages>;

/** What is wrong with the sets themselves: bases that do not exist, or that rest on each other. */
export function packageFaults(packages: Packages): { path: PropertyKey[]; message: string }[] {
  return Object.entries(packages).flatMap(([name, { from }]) => {
    const path = ['packages', name, 'from'];
    if (from === null) return [];
    if (!packages[from]) return [{ path, message: `no set of packages is called ${from}` }];
    const above = new Set([name]);
    for (let next: string | null = from; next !== null; next = packages[next]?.from ?? null) {
      if (above.has(next)) return [{ path, message: `${name} rests on itself` }];
      above.add(next);
    }
    return [];
  });
}
