import { z } from 'zod';
import { Reference } from '#pipeline/walkthrough.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';

/** content/references.yaml: what pages of prose rest on, by the name under which they name it. */
export const References = z.record(Slug, Reference);
export type References = z.infer<typeof References>;

/** references.yaml to its entries; throws a ContentError that lists every fault. */
export function parseReferences(text: string, file: string): References {
  const { value, fail } = readYaml(text, file);
  const read = References.safeParse(value, IN_WORDS);
  return read.success ? read.data : fail(read.error.issues);
}
