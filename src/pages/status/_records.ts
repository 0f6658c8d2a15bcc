import { recordStore } from '#host/records.ts';
import type { Recording } from '#pipeline/recording.ts';
import type { Records } from '#sources/records.ts';
import type { Image } from '#status/model.ts';
import type { Attempt } from '#status/run.ts';
import { readStatus } from './_data.ts';

let opened: Promise<Records> | undefined;

/** Package lists and recordings of what the status pages show. */
export function readRecords(): Promise<Records> {
  opened ??= readStatus().then(({ records }) => recordStore(records));
  return opened;
}

/** The build of what the tag points at now; null where no recording of it is kept. */
export async function imageRecording({ digest, provenance, build }: Image): Promise<Recording | null> {
  const records = await readRecords();
  const signed = digest && provenance?.recording ? await records.recording(digest) : null;
  if (signed) return { ...signed, isVerified: signed.isVerified && provenance?.state === 'verified' };
  return build?.of?.recording ? runRecording(build.of) : null;
}

/** The recording of a run that the cluster told of; null where none is kept. */
export async function runRecording({ name, recording }: Attempt): Promise<Recording | null> {
  return recording ? (await readRecords()).runRecording(name) : null;
}
