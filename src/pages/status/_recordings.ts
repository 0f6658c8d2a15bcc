import type { Recording } from '#pipeline/recording.ts';
import { isRunName, type Records } from '#sources/records.ts';
import type { Image } from '#status/model.ts';

/** The recordings that are public, with the name of their file. */

interface Named {
  name: string;
  recording: Recording;
}

type Told = Pick<Image, 'digest' | 'provenance' | 'attempts' | 'build'>;
type Kept = Pick<Records, 'recording' | 'runRecording'>;

/** Of the build of each image, by its digest; and of the runs that it tells of, as `run-<name>`. */
export async function publicRecordings(images: readonly Told[], records: Kept): Promise<Named[]> {
  const found = await Promise.all([...builds(images, records), ...runs(images, records)]);
  return found.flatMap((one) => one ?? []);
}

/** Verified only where that still holds. */
function builds(images: readonly Told[], records: Kept): Promise<Named | null>[] {
  const recorded = images.flatMap(({ digest, provenance }) =>
    digest && provenance?.recording ? [{ digest, isVerified: provenance.state === 'verified' }] : [],
  );
  return [...Map.groupBy(recorded, ({ digest }) => digest)].map(async ([digest, ones]) => {
    const recording = await records.recording(digest);
    if (!recording) return null;
    const isVerified = recording.isVerified && ones.some((one) => one.isVerified);
    return { name: digest.replace('sha256:', ''), recording: { ...recording, isVerified } };
  });
}

function runs(images: readonly Told[], records: Kept): Promise<Named | null>[] {
  const told = images.flatMap(({ attempts, build }) => [...attempts, ...(build?.of ? [build.of] : [])]);
  const names = told.flatMap(({ name, recording }) => (recording && isRunName(name) ? [name] : []));
  return [...new Set(names)].map(async (run) => {
    const recording = await records.runRecording(run);
    return recording && { name: `run-${run}`, recording };
  });
}
