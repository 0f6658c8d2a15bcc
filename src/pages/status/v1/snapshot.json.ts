import { readStatus } from '../_data.ts';

/** The snapshot for other programs, from the same object as the pages. */
export async function GET(): Promise<Response> {
  const { snapshot } = await readStatus();
  return Response.json(snapshot);
}
