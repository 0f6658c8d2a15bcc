import { z } from 'zod';
import { FOLDERS, SINGLES } from './kinds.ts';
import { PageFields, PageHead } from './page.ts';

/** JSON Schemas of what people write, for their editors and for the forms; by the name of the kind, and `page`. */

const KINDS = { ...FOLDERS, ...SINGLES };
type Kind = keyof typeof KINDS;
export type SchemaName = Kind | 'page';

export const SCHEMA_NAMES: readonly SchemaName[] = [...(Object.keys(KINDS) as Kind[]), 'page'];

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** With what an editor says to a writer whose text does not have the right form. */
export interface Explained extends JsonSchema {
  patternErrorMessage?: string;
}

/** The schema; `site` is the address of the published site, of which its `$id` is then a part. */
export function schemaOf(name: SchemaName, site?: string): JsonSchema {
  const $id = site ? new URL(`schemas/${name}.schema.json`, site).href : `${name}.schema.json`;
  return { ...(name === 'page' ? pageSchema() : kindSchema(KINDS[name])), $id };
}

/** The file, as it lies in content/schemas. */
export const schemaText = (name: SchemaName): string => `${JSON.stringify(schemaOf(name), null, 2)}\n`;

/** Where the files of a kind lie, as a pattern of paths from the root of the repository. */
export function filesOf(name: Exclude<SchemaName, 'page'>): string {
  const kind = KINDS[name];
  return 'file' in kind ? kind.file : `${kind.folder}/*.yaml`;
}

const kindSchema = (kind: (typeof KINDS)[Kind]): JsonSchema => ({
  ...inputOf(kind.schema),
  title: 'file' in kind ? `${kind.title}: ${kind.file}` : `${kind.title}: ${kind.folder}/*.yaml`,
});

/** What an author may leave out is left out: the schema is that of the input. */
const inputOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input', override: explain });

/** The words that the schema has for a text of the wrong form are kept beside its pattern. */
function explain({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Explained }): void {
  if (jsonSchema.type !== 'string' || !jsonSchema.pattern || !('check' in zodSchema)) return;
  const read = z.safeParse(zodSchema, '\u0000 ');
  const issue = read.error?.issues.find(({ code }) => code === 'invalid_format');
  if (issue) jsonSchema.patternErrorMessage = issue.message;
}

/** Front matter of a page; other fields of Starlight may stand beside these. */
function pageSchema(): JsonSchema {
  const own = inputOf(PageFields);
  // A day may be read as a date there; what is written is a text all the same.
  const day = z.toJSONSchema(z.object({ review: z.iso.date().describe(PageFields.shape.review.description ?? '') }));
  const head = inputOf(PageHead);
  return {
    ...head,
    properties: { ...head.properties, ...own.properties, ...day.properties },
    required: ['title', 'kind'],
    title: 'Front matter of a page: content/docs/**/*.md',
  };
}
