import { z } from 'zod';
import { bundleLink } from '#pipeline/text/task.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';

/** content/systems.yaml: the places where the images are written, built, kept and talked about. */

const Line = z.string().min(1).max(80);
const Sentence = z.string().min(10).max(400);
const Place = z
  .string()
  .max(200)
  .refine(isAddress, 'write an https address, or a plain place such as quay.io/fedora/fedora-bootc')
  .describe('An https address, or a plain place such as quay.io/fedora/fedora-bootc');

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[A-Za-z0-9_.<>-]+)*$/.test(text);
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && !username && !password;
}

const SYSTEM_STATES = ['current', 'superseded', 'planned', 'unverified'] as const;

/** How many the picture can show. */
const MAX_ON_MAP = 16;

export const System = z.strictObject({
  id: Slug.describe('Its anchor on the page: #system-ID'),
  name: Line,
  group: Slug.describe('One of the groups above'),
  address: Place.optional(),
  what: Sentence.describe('What is there, in a sentence'),
  who: Line.optional().describe('Who or what writes there'),
  state: z.enum(SYSTEM_STATES),
  note: Sentence.optional().describe('What surprises, or what is not certain'),
  sources: z.array(Slug).min(1).describe('Names of content/references.yaml'),
  map: z.boolean().default(false).describe(`Shown in the picture: ${MAX_ON_MAP} at most`),
  feeds: z
    .array(z.strictObject({ to: Slug.describe('Id of a system that gets something from it'), what: Line }))
    .default([]),
});
export type System = z.infer<typeof System>;

export const SystemsFile = z
  .strictObject({
    schema: z.literal(1),
    groups: z.record(Slug, Line).describe('Id and heading of each table'),
    systems: z.array(System).min(1).max(300),
  })
  .superRefine(({ groups, systems }, context) => {
    const ids = systems.map(({ id }) => id);
    const fault = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path: ['systems', ...path], message });
    for (const [at, { id, group, feeds }] of systems.entries()) {
      if (ids.indexOf(id) !== at) fault([at, 'id'], `"${id}" is the id of another system already`);
      if (!Object.hasOwn(groups, group)) fault([at, 'group'], `"${group}" is none of the groups of this file`);
      for (const [number, { to }] of feeds.entries())
        if (to === id || !ids.includes(to))
          fault([at, 'feeds', number, 'to'], `"${to}" is no other system of this file`);
    }
    const onMap = systems.filter(({ map }) => map).length;
    if (onMap > MAX_ON_MAP) fault([], `${onMap} systems have "map: true", and the picture has room for ${MAX_ON_MAP}`);
  });
export type SystemsFile = z.infer<typeof SystemsFile>;

/** systems.yaml; `known`: names of content/references.yaml. Throws a ContentError that lists every fault. */
export function parseSystems(text: string, file: string, known: Iterable<string>): SystemsFile {
  const { value, fail } = readYaml(text, file);
  const read = SystemsFile.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults = unknownSources('systems', read.data.systems, known);
  return faults.length > 0 ? fail(faults) : read.data;
}

/** Where an address leads in a browser; null for a place that has no page of its own. */
export function linkOf(address: string): string | null {
  if (address.startsWith('https:')) return address;
  return /^quay\.io\/[^/<>]+\/[^/<>]+$/.test(address) ? bundleLink(address) : null;
}

/** Sources that entries of the list `field` name and nobody has described. */
export function unknownSources(
  field: string,
  entries: readonly { sources: readonly string[] }[],
  known: Iterable<string>,
): { path: PropertyKey[]; message: string }[] {
  const names = new Set(known);
  return entries.flatMap(({ sources }, entry) =>
    sources.flatMap((name, at) =>
      names.has(name)
        ? []
        : [{ path: [field, entry, 'sources', at], message: `"${name}" is no name of content/references.yaml` }],
    ),
  );
}
