import { mkdir, writeFile } from 'node:fs/promises';
import { SCHEMA_NAMES, schemaText } from '#editing/schemas.ts';

/** npm run schemas: writes content/schemas, which editors of YAML read, after the schemas of the code. */

const FOLDER = new URL('../content/schemas/', import.meta.url);

await mkdir(FOLDER, { recursive: true });
for (const name of SCHEMA_NAMES) {
  await writeFile(new URL(`${name}.schema.json`, FOLDER), schemaText(name));
  console.log(`content/schemas/${name}.schema.json`);
}
