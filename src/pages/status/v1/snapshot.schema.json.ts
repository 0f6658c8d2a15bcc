import type { APIContext } from 'astro';
import { z } from 'zod';
import { Snapshot } from '#status/model.ts';

/** JSON Schema 2020-12 of snapshot.json, open for further fields; its relative id is right wherever the site lies. */
export function GET({ locals }: APIContext): Response {
  const schema = z.toJSONSchema(Snapshot, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Response.json({
    ...schema,
    $id: 'snapshot.schema.json',
    title: locals.t('status.snapshotSchema'),
  });
}
