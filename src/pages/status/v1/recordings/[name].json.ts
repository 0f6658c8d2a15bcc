import type { APIRoute, GetStaticPaths } from 'astro';
import { readStatus } from '../../_data.ts';
import { publicRecordings } from '../../_recordings.ts';
import { readRecords } from '../../_records.ts';

export const getStaticPaths = (async () => {
  const { snapshot } = await readStatus();
  const found = await publicRecordings(snapshot.images, await readRecords());
  return found.map(({ name, recording }) => ({ params: { name }, props: { recording } }));
}) satisfies GetStaticPaths;

/** The recording of the build of an image, by the image's digest, or of a run, by its name. */
export const GET: APIRoute = ({ props: { recording } }) => Response.json(recording);
