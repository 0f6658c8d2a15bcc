import type { APIRoute, GetStaticPaths } from 'astro';
import { readStatus } from '../../_data.ts';
import { readRecords } from '../../_records.ts';

export const getStaticPaths = (async () => {
  const { snapshot } = await readStatus();
  const records = await readRecords();
  const recorded = snapshot.images.flatMap(({ digest, provenance }) =>
    digest && provenance?.recording ? [{ digest, isVerified: provenance.state === 'verified' }] : [],
  );
  const files = await Promise.all(
    [...Map.groupBy(recorded, ({ digest }) => digest)].map(async ([digest, ones]) => {
      const recording = await records.recording(digest);
      const isVerified = recording?.isVerified && ones.some((one) => one.isVerified);
      return recording
        ? [{ params: { hex: digest.replace('sha256:', '') }, props: { recording: { ...recording, isVerified } } }]
        : [];
    }),
  );
  return files.flat();
}) satisfies GetStaticPaths;

/** The recording of the build of an image, by the image's digest; verified only where that still holds. */
export const GET: APIRoute = ({ props: { recording } }) => Response.json(recording);
