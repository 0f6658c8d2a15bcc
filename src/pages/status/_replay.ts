import { link } from '#components/status/link.ts';
import type { Recording } from '#pipeline/recording.ts';
import { isRunName, recordingName, runRecordingName } from '#sources/records.ts';
import type { Image } from '#status/model.ts';
import type { Attempt } from '#status/run.ts';
import { imageRecording, readRecords, runRecording } from './_records.ts';

/** Recordings of builds, and the pages on which they are replayed. */

/** Runs of an image that have a page of their own: recorded, and not ended well. */
export function replayedRuns({ attempts }: Image): Attempt[] {
  return attempts.filter(
    ({ name, recording, outcome }) => recording && (outcome === 'failed' || outcome === 'cancelled') && isRunName(name),
  );
}

/** Address of the replay of an image's build, or of a run; ends with a slash. */
export const replayLink = (id: string, run?: string): string =>
  link(`status/images/${id}/replay/${run ? `${run}/` : ''}`);

/** Address of the recording itself, as JSON. */
export const recordingLink = ({ origin, image, run }: Recording): string =>
  link(`status/v1/${origin === 'attestation' && image ? recordingName(image) : runRecordingName(run ?? '')}`);

/** Recorded builds that gave an image, in no order: of today's, of the earlier ones of its tag, and of runs that ended well. */
export async function goodRuns(image: Image): Promise<Recording[]> {
  const records = await readRecords();
  const digests = image.history.flatMap(({ digest }) => (digest === image.digest ? [] : [digest]));
  const found = await Promise.all([
    imageRecording(image),
    ...[...new Set(digests)].map((digest) => records.recording(digest)),
    ...image.attempts.filter(({ outcome }) => outcome === 'ok').map(runRecording),
  ]);
  return found.flatMap((one) => one ?? []);
}

/** A page of an image on which a run is replayed. */
export interface ReplayPage {
  href: string;
  run: string | null;
  startedAt: string | null;
  /** Null for the build of today's image. */
  attempt: Attempt | null;
}

const pages = new Map<string, Promise<ReplayPage[]>>();

/** All replays of an image: of today's build, then of the runs that did not end well, newest first. */
export function replaysOf(image: Image): Promise<ReplayPage[]> {
  const found = pages.get(image.id) ?? findReplays(image);
  pages.set(image.id, found);
  return found;
}

async function findReplays(image: Image): Promise<ReplayPage[]> {
  const today = await imageRecording(image);
  const runs = replayedRuns(image).map(async (attempt): Promise<ReplayPage[]> => {
    const { name: run, startedAt } = attempt;
    return (await runRecording(attempt)) ? [{ href: replayLink(image.id, run), run, startedAt, attempt }] : [];
  });
  return [
    ...(today ? [{ href: replayLink(image.id), run: today.run, startedAt: today.startedAt, attempt: null }] : []),
    ...(await Promise.all(runs)).flat(),
  ];
}
