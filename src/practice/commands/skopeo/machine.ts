import type { Arguments } from '#practice/arguments.ts';

/** For which machine an image is chosen from an index. */

export interface Machine {
  arch: string;
  os: string;
}

/** Flags that stand before or after a verb. */
export const GLOBAL = {
  values: ['override-arch', 'override-os', 'command-timeout'],
  switches: ['insecure-policy'],
};

export const machineOf = (given: Arguments, { arch, os }: Machine): Machine => ({
  arch: given.one('override-arch') ?? arch,
  os: given.one('override-os') ?? os,
});
