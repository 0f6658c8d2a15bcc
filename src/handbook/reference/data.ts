import { z } from 'zod';
import { Recording } from '#pipeline/recording.ts';
import { Snapshot } from '#status/model.ts';
import { PackageFile } from '#status/packages.ts';
import { Instant, Slug } from '#status/scalars.ts';
import { endsNowhere, type FieldRow, fieldRows, sentence, wordsOf } from './fields.ts';
import { parseFile } from './file.ts';

/** The files below /status/v1/: where each lies, its fields as its schema has them, and what one does with it. */

const Sentence = z.string().min(3).max(400);
export const FILES = ['snapshot', 'image', 'packages', 'recording'] as const;

export const DataWords = z.strictObject({
  schema: z.literal(1),
  files: z.record(
    z.enum(FILES),
    z.strictObject({
      title: z.string().min(3).max(80),
      address: z.string().regex(/^status\/v1\//, 'write an address below status/v1/'),
      says: Sentence,
    }),
  ),
  fields: z
    .record(z.string().min(1), Sentence)
    .default({})
    .describe('Words for fields whose schema has none, by the end of their paths'),
  examples: z
    .array(
      z.strictObject({
        id: Slug,
        title: Sentence,
        run: z.string().min(10).max(600).describe('bash; $SITE is the address of this site, with a slash at its end'),
        prints: z.string().max(200).describe('A regular expression for all that it prints'),
      }),
    )
    .min(1)
    .describe('Each is run over the built site by a test'),
});
export type DataWords = z.infer<typeof DataWords>;

/** What the file of an image has beside an entry of `images` in the snapshot. */
const OwnOfImage = Snapshot.pick({ schema: true, generatedAt: true, mode: true });

const SCHEMAS: Record<(typeof FILES)[number], z.ZodType> = {
  snapshot: Snapshot,
  image: OwnOfImage,
  packages: PackageFile,
  recording: Recording,
};

/** Parts that have the same fields as another part, which tells of them. */
const ALIKE: Readonly<Record<string, string>> = {
  'images[].arches[].verdict': 'images[].verdict',
  'images[].build.of': 'images[].build.current',
  'images[].attempts': 'images[].build.current',
};

export interface FieldOfFile extends FieldRow {
  /** The part that tells of its fields; null where they follow. */
  alike: string | null;
}

/** data.yaml to its words; throws a ContentError that lists every fault. */
export const parseDataWords = (text: string, file: string): DataWords =>
  parseFile(DataWords, text, file, ({ fields }) =>
    endsNowhere(
      fields,
      FILES.flatMap((name) => rowsOf(name).map(({ path }) => path)),
    ).map((end) => ({ path: ['fields', end], message: 'no path of any file ends so' })),
  );

const rowsOf = (file: (typeof FILES)[number]): FieldRow[] =>
  fieldRows(z.toJSONSchema(SCHEMAS[file], { target: 'draft-2020-12', io: 'input' }));

/** Fields of a public file, their ids unique on a page that shows all files. */
export const fieldsOf = (file: (typeof FILES)[number], { fields }: DataWords): FieldOfFile[] =>
  rowsOf(file)
    .filter(
      ({ path }) => !Object.keys(ALIKE).some((part) => path.startsWith(`${part}.`) || path.startsWith(`${part}[].`)),
    )
    .map((row) => ({
      ...row,
      anchor: `${file}.${row.anchor}`,
      description: (isPlainTime(row) ? null : row.description) ?? wordsOf(row.path, fields) ?? row.description,
      alike: ALIKE[row.path] ?? null,
    }));

/** That a time is written as such says nothing of which time it is. */
const isPlainTime = ({ description }: FieldRow): boolean => description === sentence(Instant.description ?? '');
