import { z } from 'zod';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';

/** content/pictures/*.yaml: what a picture shows. Where it stands is found while the site is built. */

/** Each has a shape of its own, so that it is told without colour. */
export const NODE_KINDS = ['place', 'file', 'object', 'program', 'person', 'image'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

const Label = z.string().min(1).max(40);
const Words = z.string().min(1).max(70);
const Sentence = z.string().min(10).max(300);
const Address = z
  .string()
  .max(200)
  .regex(/^(\/(?!\/)|https:\/\/|#)[^\s"'<>\\]*$/, 'write /an/address/ of this site, #an-anchor, or an https address');

export const PictureNode = z.strictObject({
  id: Slug,
  label: Label.describe('Its name, as the text has it'),
  sub: Words.optional().describe('A few words under the name'),
  kind: z.enum(NODE_KINDS),
  group: Slug.optional().describe('One of the groups above: stands over the name'),
  href: Address.optional().describe('Where one reads on'),
  note: Sentence.optional().describe('Stands in the list under the picture'),
  unverified: z.boolean().default(false).describe('Nobody has seen it: drawn dashed, and said in words'),
});
export type PictureNode = z.infer<typeof PictureNode>;

export const PictureEdge = z.strictObject({
  from: Slug,
  to: Slug,
  label: Words.optional().describe('What the one does to the other, or hands on'),
  unverified: z.boolean().default(false),
});
export type PictureEdge = z.infer<typeof PictureEdge>;

const Head = {
  schema: z.literal(1),
  title: z.string().min(5).max(80),
  description: z.string().min(20).max(400).describe('What the picture shows, in a sentence or two'),
  kinds: z.partialRecord(z.enum(NODE_KINDS), Words).default({}).describe('What each shape stands for here'),
};

const Drawn = z
  .strictObject({
    ...Head,
    groups: z.record(Slug, Label).default({}),
    nodes: z.array(PictureNode).min(2).max(30),
    edges: z.array(PictureEdge).min(1).max(60),
  })
  .superRefine(({ groups, nodes, edges }, context) => {
    const fault = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const ids = nodes.map(({ id }) => id);
    for (const [at, { id, group }] of nodes.entries()) {
      if (ids.indexOf(id) !== at) fault(['nodes', at, 'id'], `"${id}" is the id of another node already`);
      if (group && !Object.hasOwn(groups, group))
        fault(['nodes', at, 'group'], `"${group}" is none of the groups of this file`);
    }
    const pairs = edges.map(({ from, to }) => [from, to].sort().join(' '));
    for (const [at, { from, to }] of edges.entries()) {
      for (const [field, id] of Object.entries({ from, to }))
        if (!ids.includes(id)) fault(['edges', at, field], `"${id}" is no node of this file`);
      if (from === to) fault(['edges', at], 'a line leads from one node to another one');
      else if (pairs.indexOf(pairs[at] ?? '') !== at)
        fault(['edges', at], `a line joins "${from}" and "${to}" already: say both in its label`);
    }
  });
export type Drawn = z.infer<typeof Drawn>;

/** Drawn from content/systems.yaml: what stands there with `map: true`. */
const OfSystems = z.strictObject({
  ...Head,
  draws: z.literal('systems'),
  shapes: z
    .record(Slug, z.strictObject({ kind: z.enum(NODE_KINDS), name: Label }))
    .describe('Of each group of that file: its shape, and what stands over the name of a node'),
});
export type OfSystems = z.infer<typeof OfSystems>;

export const Picture = z.union([Drawn, OfSystems]);
export type Picture = z.infer<typeof Picture>;

/** A file of content/pictures; throws a ContentError that lists every fault. */
export function parsePicture(text: string, file: string): Picture {
  const { value, fail } = readYaml(text, file);
  const isOfSystems = typeof value === 'object' && value !== null && 'draws' in value;
  const read = (isOfSystems ? OfSystems : Drawn).safeParse(value, IN_WORDS);
  return read.success ? read.data : fail(read.error.issues);
}
