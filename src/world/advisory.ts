import { z } from 'zod';
import { Arch } from '#status/arch.ts';
import { GRADES, SCAN_STATES, SEVERITIES } from '#status/vulnerability.ts';
import { Offset } from './offset.ts';

/** What Bodhi and Quay's scanner say of packages. */

const Text = z.string().min(1).max(200);
const BUILD = /^[A-Za-z0-9][\w.+-]*-(\d+:)?[^-:\s]+-[^-:\s]+$/;

/** One of Bodhi's updates. */
export const Advisory = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'write letters, digits and hyphens'),
  release: Text.describe("Bodhi's name: F45"),
  severity: z.enum(GRADES).default('unspecified'),
  type: z.enum(['security', 'bugfix', 'enhancement', 'newpackage', 'unspecified']).default('security'),
  pushed: Offset.describe('When it became stable; before that Bodhi lists it as testing'),
  builds: z.array(z.string().regex(BUILD, 'write name-[epoch:]version-release')).min(1).describe('Of source packages'),
  comments: z.int().min(0).max(5_000).default(1).describe('Bodhi sends all of them along'),
});
export type Advisory = z.infer<typeof Advisory>;

/** What the scanner says of images; the first that fits counts, and without one it has found nothing. */
export const Scan = z.strictObject({
  repository: Text.optional().describe('namespace/name; left out: all'),
  arches: z.array(Arch).min(1).optional(),
  state: z.enum(SCAN_STATES).default('scanned'),
  findings: z
    .array(
      z.strictObject({
        id: Text,
        severity: z.enum(SEVERITIES).default('unknown'),
        package: Text,
        version: Text,
        fixedBy: z.string().max(100).default(''),
        link: z.string().max(500).default(''),
      }),
    )
    .default([]),
});
export type Scan = z.infer<typeof Scan>;
