import { z } from 'zod';

export const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'] as const;
export const Arch = z.enum(ARCHES).describe("Fedora's name of an architecture");
export type Arch = z.infer<typeof Arch>;
