import type { z } from 'zod';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';

/** What is wrong with a value that its schema allows, and where. */
export interface Fault {
  path: PropertyKey[];
  message: string;
}

/** A file of YAML to what its schema gives; throws a ContentError that lists every fault with its line. */
export function parseFile<T>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
  check: (value: T) => Fault[] = () => [],
): T {
  const { value, fail } = readYaml(text, file);
  const read = schema.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults = check(read.data);
  return faults.length > 0 ? fail(faults) : read.data;
}
