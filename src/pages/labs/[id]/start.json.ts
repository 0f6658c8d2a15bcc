import type { APIRoute } from 'astro';
import type { LabStart } from '#practice/protocol.ts';
import { readLabs } from '../_data.ts';

/** A lab and the world in which it begins, for the practice shell. */

export async function getStaticPaths() {
  const { labs } = await readLabs();
  return labs.map(({ id }) => ({ params: { id } }));
}

export const GET: APIRoute = async ({ params: { id } }) => {
  const { labs, worlds } = await readLabs();
  const lab = labs.find((one) => one.id === id);
  const world = worlds[id ?? ''];
  if (!lab || !world) throw new Error(`There is no lab "${id}".`);
  const start: LabStart = { lab, world };
  return new Response(JSON.stringify(start), { headers: { 'content-type': 'application/json' } });
};
