import type { APIContext } from 'astro';
import { SCHEMA_NAMES, type SchemaName, schemaOf } from '#editing/schemas.ts';

/** The JSON Schemas that editors of YAML read, at /schemas/NAME.schema.json. */
export const getStaticPaths = () =>
  SCHEMA_NAMES.map((name) => ({ params: { name: `${name}.schema` }, props: { name } }));

export const GET = ({ props, site }: APIContext<{ name: SchemaName }>): Response => {
  const base = site && new URL(`${import.meta.env.BASE_URL}/`.replace('//', '/'), site).href;
  return Response.json(schemaOf(props.name, base));
};
