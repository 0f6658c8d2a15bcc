import type { APIRoute, GetStaticPaths } from 'astro';
import { readStatus } from '../../../../_data.ts';

export const getStaticPaths = (async () => {
  const { snapshot } = await readStatus();
  return snapshot.images.map((image) => ({
    params: { channel: image.channel, variant: image.variant, release: image.release },
    props: { generatedAt: snapshot.generatedAt, mode: snapshot.mode, image },
  }));
}) satisfies GetStaticPaths;

/** One image of the snapshot with its history; it says when it was seen and whether it is sample data. */
export const GET: APIRoute = ({ props: { generatedAt, mode, image } }) =>
  Response.json({ schema: 1, generatedAt, mode, ...image });
