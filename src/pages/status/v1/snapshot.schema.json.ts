import { z } from 'zod';
import { Snapshot } from '#status/model.ts';

/** JSON Schema 2020-12 of snapshot.json; its id is relative, so it is right wherever the site lies. */
export function GET(): Response {
  const schema = z.toJSONSchema(Snapshot, { target: 'draft-2020-12' });
  return Response.json({
    ...schema,
    $id: 'snapshot.schema.json',
    title: 'Snapshot of the status of Fedora bootc images',
  });
}
