import type { APIRoute, GetStaticPaths } from 'astro';
import { isRunName, type Records } from '#sources/records.ts';
import type { Image } from '#status/model.ts';
import { readStatus } from '../../_data.ts';
import { readRecords } from '../../_records.ts';

export const getStaticPaths = (async () => {
  const { snapshot } = await readStatus();
  const records = await readRecords();
  const files = await Promise.all([...builds(snapshot.images, records), ...runs(snapshot.images, records)]);
  return files.flat();
}) satisfies GetStaticPaths;

/** By the digest of an image; verified only where that still holds. */
function builds(images: readonly Image[], records: Records) {
  const recorded = images.flatMap(({ digest, provenance }) =>
    digest && provenance?.recording ? [{ digest, isVerified: provenance.state === 'verified' }] : [],
  );
  return [...Map.groupBy(recorded, ({ digest }) => digest)].map(async ([digest, ones]) => {
    const recording = await records.recording(digest);
    const isVerified = recording?.isVerified && ones.some((one) => one.isVerified);
    const name = digest.replace('sha256:', '');
    return recording ? [{ params: { name }, props: { recording: { ...recording, isVerified } } }] : [];
  });
}

/** By the name of a run. */
function runs(images: readonly Image[], records: Records) {
  const told = images.flatMap(({ attempts, build }) => [...attempts, ...(build?.of ? [build.of] : [])]);
  const names = told.flatMap(({ name, recording }) => (recording && isRunName(name) ? [name] : []));
  return [...new Set(names)].map(async (run) => {
    const recording = await records.runRecording(run);
    return recording ? [{ params: { name: `run-${run}` }, props: { recording } }] : [];
  });
}

/** The recording of the build of an image, or of a run. */
export const GET: APIRoute = ({ props: { recording } }) => Response.json(recording);
