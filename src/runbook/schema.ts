import { z } from 'zod';
import { Runbook } from './model.ts';

/** JSON Schemas of what people write, for their editors; by the name of the file. */
export const SCHEMAS = {
  runbook: () => schemaOf(Runbook, 'runbook', 'A runbook: content/runbooks/*.yaml'),
} as const;

export type SchemaName = keyof typeof SCHEMAS;

/** What an author may leave out is left out: the schema is that of the input. */
const schemaOf = (schema: z.ZodType, name: string, title: string) => ({
  ...z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }),
  $id: `${name}.schema.json`,
  title,
});

/** The file, as it lies in content/schemas. */
export const schemaText = (name: SchemaName): string => `${JSON.stringify(SCHEMAS[name](), null, 2)}\n`;
