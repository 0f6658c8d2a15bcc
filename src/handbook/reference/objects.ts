import { z } from 'zod';
import { Slug } from '#status/scalars.ts';
import { endsNowhere, type FieldRow, fieldRows, wordsOf } from './fields.ts';
import { type Fault, parseFile } from './file.ts';

/** content/objects.yaml: what the kinds of the cluster and their fields mean; types and limits stand in the tables. */

const Sentence = z.string().min(3).max(400);
const Words = z.record(z.string().min(1), Sentence);

const KindWords = z.strictObject({
  is: Sentence.describe('What an object of this kind is'),
  sources: z.array(Slug).min(1).describe('Names of content/references.yaml'),
  fields: Words.default({}).describe('By path, as `spec.source.git.url`; a list has [] behind its name'),
});

const OtherKind = z.strictObject({ kind: z.string(), at: z.string().describe('group/version'), is: Sentence });

export const ObjectWords = z.strictObject({
  schema: z.literal(1),
  kinds: z.record(z.string(), KindWords).describe('By the name for kubectl: plural.group'),
  everywhere: Words.describe('Parts that several kinds share, by the end of their paths'),
  others: z.array(OtherKind).default([]).describe('Kinds of which this site has no table'),
});
export type ObjectWords = z.infer<typeof ObjectWords>;

/** What this site knows of a kind by itself: a row of the tables of the pretend cluster. */
export interface KindFacts {
  group: string;
  version: string;
  kind: string;
  plural: string;
  shortNames: readonly string[];
  isNamespaced: boolean;
  columns: readonly { name: string; jsonPath: string; priority?: 0 | 1 }[];
  schema: unknown;
}

export interface KindView extends Omit<KindFacts, 'schema'> {
  /** `components.appstudio.redhat.com`: as kubectl takes it. */
  resource: string;
  /** Of its page, below handbook/reference/objects/. */
  address: string;
  is: string;
  sources: string[];
  fields: FieldRow[];
  described: number;
}

/** objects.yaml to its words; throws a ContentError that lists every fault, also what no table of the kinds has. */
export const parseObjectWords = (text: string, file: string, kinds: readonly KindFacts[]): ObjectWords =>
  parseFile(ObjectWords, text, file, (words) => strangers(kinds, words));

/** Every kind with its words. */
export function kindViews(kinds: readonly KindFacts[], words: ObjectWords): KindView[] {
  return kinds.map(({ schema, ...facts }, at) => {
    const resource = resourceOf(facts);
    const own = words.kinds[resource];
    const fields = fieldRows(schema)
      .filter(({ path }) => !ENVELOPE.includes(path))
      .map((row) => ({
        ...row,
        description: own?.fields[row.path] ?? row.description ?? wordsOf(row.path, words.everywhere),
      }));
    const isSecond = kinds.findIndex(({ kind }) => kind === facts.kind) < at;
    return {
      ...facts,
      resource,
      address: `${facts.kind.toLowerCase()}${isSecond ? `-${facts.group.replaceAll('.', '-')}` : ''}`,
      is: own?.is ?? '',
      sources: own?.sources ?? [],
      fields,
      described: fields.filter(({ description }) => description !== null).length,
    };
  });
}

/** Every object has these. */
const ENVELOPE = ['apiVersion', 'kind', 'metadata'];

const resourceOf = ({ plural, group }: Pick<KindFacts, 'plural' | 'group'>): string => `${plural}.${group}`;

/** Kinds and paths that no table has, kinds without words, words that no field uses. */
function strangers(kinds: readonly KindFacts[], words: ObjectWords): Fault[] {
  const paths = new Map(
    kinds.map((kind) => [resourceOf(kind), new Set(fieldRows(kind.schema).map(({ path }) => path))]),
  );
  const all = [...paths.values()].flatMap((some) => [...some]);
  return [
    ...[...paths.keys()].flatMap((name) =>
      words.kinds[name] ? [] : [{ path: ['kinds'], message: `"${name}" is lacking: say what it is` }],
    ),
    ...Object.entries(words.kinds).flatMap(([name, { fields }]): Fault[] => {
      const known = paths.get(name);
      if (!known) return [{ path: ['kinds', name], message: 'no table of src/sim/kube/kinds has this plural.group' }];
      return Object.keys(fields).flatMap((path) =>
        known.has(path) ? [] : [{ path: ['kinds', name, 'fields', path], message: 'the kind has no such field' }],
      );
    }),
    ...endsNowhere(words.everywhere, all).map((end) => ({
      path: ['everywhere', end],
      message: 'no path of any kind ends so',
    })),
  ];
}
