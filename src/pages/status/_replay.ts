import { link } from '#components/status/link.ts';
import { taskAnchor } from '#pipeline/anchors.ts';
import { recordedDefinition } from '#pipeline/recorded.ts';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { wordsOf } from '#pipeline/text/task.ts';
import type { TaskWords, Walkthrough } from '#pipeline/walkthrough.ts';
import { isRunName, recordingName, runRecordingName } from '#sources/records.ts';
import type { Image } from '#status/model.ts';
import type { Attempt } from '#status/run.ts';
import { knownPipeline } from '../pipelines/_data.ts';
import { readStatus } from './_data.ts';
import { imageRecording, readRecords, runRecording } from './_records.ts';

export { imageRecording, runRecording };

/** Recordings of builds, and what the pages need to replay them. */

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

/** The newest earlier image of the tag whose build is recorded. */
export async function recordingBefore({ history, digest }: Image): Promise<Recording | null> {
  const records = await readRecords();
  for (const entry of history) {
    const found = entry.digest === digest ? null : await records.recording(entry.digest);
    if (found) return found;
  }
  return null;
}

export interface Explained {
  walk: Walkthrough | null;
  /** Whether the recording names that pipeline; else it only has the same tasks. */
  isNamed: boolean;
  /** Where a task is explained, by its name. */
  about: ReadonlyMap<string, string>;
}

/** The walkthrough of the pipeline that ran, with the place of each of its tasks. */
export async function explainedBy(recording: Recording, image: Image): Promise<Explained> {
  const { walkthroughs } = await readStatus();
  const walks = walkthroughs.filter((one) => one.kind === 'pipeline');
  for (const fits of [isOfImage, isOfName, isAlike, hasItsTasks]) {
    for (const walk of walks) {
      if (!(await fits(walk, recording, image))) continue;
      return { walk, isNamed: fits !== hasItsTasks, about: await placesIn(walk) };
    }
  }
  return { walk: null, isNamed: false, about: new Map() };
}

type Walk = Extract<Walkthrough, { kind: 'pipeline' }>;

const isOfImage = (walk: Walk, _: Recording, { id }: Image): boolean => walk.recording === id;

const isOfName = ({ reads }: Walk, { pipeline }: Recording): boolean =>
  reads !== undefined && 'bundle' in reads && reads.name === pipeline;

/** Whether the build that a walkthrough shows ran the same pipeline. */
async function isAlike(walk: Walk, { pipeline }: Recording): Promise<boolean> {
  if (!pipeline || !walk.recording) return false;
  const { snapshot } = await readStatus();
  const image = snapshot.images.find(({ id }) => id === walk.recording);
  return image ? (await imageRecording(image))?.pipeline === pipeline : false;
}

/** Where nobody told the name of the pipeline: whether all its tasks are in the one of a walkthrough, of the same channel. */
async function hasItsTasks(walk: Walk, { pipeline, tasks }: Recording, { channel }: Image): Promise<boolean> {
  if (pipeline || tasks.length === 0 || !walk.recording?.startsWith(`${channel}/`)) return false;
  const there = await placesIn(walk);
  return tasks.every(({ name }) => there.has(name));
}

const places = new Map<string, Promise<ReadonlyMap<string, string>>>();

function placesIn(walk: Walk): Promise<ReadonlyMap<string, string>> {
  const found = places.get(walk.id) ?? findPlaces(walk);
  places.set(walk.id, found);
  return found;
}

async function findPlaces(walk: Walk): Promise<ReadonlyMap<string, string>> {
  const { read, recorded } = await knownPipeline(walk);
  const definition = read?.definition ?? (recorded && recordedDefinition(recorded.recording));
  const page = link(`pipelines/${walk.id}/`);
  return new Map(definition?.tasks.map(({ name }) => [name, `${page}#${taskAnchor(name)}`]));
}

/** What content says of a task that ran; null where it says nothing. */
export const wordsOfRecorded = ({ name, task }: RecordedTask, words: readonly TaskWords[]): TaskWords | null =>
  wordsOf({ name, ref: { task } }, words);
