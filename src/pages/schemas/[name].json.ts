import type { APIContext } from 'astro';
import { SCHEMAS, type SchemaName } from '#runbook/schema.ts';

/** The JSON Schemas that editors of YAML read, at /schemas/NAME.schema.json. */
export const getStaticPaths = () =>
  (Object.keys(SCHEMAS) as SchemaName[]).map((name) => ({ params: { name: `${name}.schema` }, props: { name } }));

export const GET = ({ props }: APIContext<{ name: SchemaName }>): Response => Response.json(SCHEMAS[props.name]());
