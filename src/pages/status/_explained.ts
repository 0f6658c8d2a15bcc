import { link } from '#components/status/link.ts';
import { taskAnchors } from '#pipeline/anchors.ts';
import { recordedDefinition } from '#pipeline/recorded-definition.ts';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { wordsOf } from '#pipeline/text/task.ts';
import type { Moment, PipelineWalk, TaskWords } from '#pipeline/walkthrough.ts';
import type { Image } from '#status/model.ts';
import { knownPipeline } from '../pipelines/_data.ts';
import { readStatus } from './_data.ts';
import { imageRecording } from './_records.ts';

/** What content says of a run that is replayed. */

type Walk = PipelineWalk & { id: string };

export interface Explained {
  walk: Walk | null;
  /** Whether the walkthrough is of this pipeline; else the recording only has the same tasks. */
  isNamed: boolean;
  /** Only where the walkthrough is of this kind of image: of another one they may be wrong. */
  moments: readonly Moment[];
  /** Where a task is explained, by its name. */
  about: ReadonlyMap<string, string>;
}

/** The walkthrough of the image's own kind, else that of the pipeline that ran, with the place of each of its tasks. */
export async function explainedBy(recording: Recording, image: Image): Promise<Explained> {
  const { walkthroughs } = await readStatus();
  const walks = walkthroughs.flatMap((one) => (one.kind === 'pipeline' ? [one] : []));
  for (const fits of [isOfKind, isOfName, isAlike, hasItsTasks]) {
    for (const walk of walks) {
      if (!(await fits(walk, recording, image))) continue;
      const moments = fits === isOfKind ? walk.moments : [];
      return { walk, isNamed: fits !== hasItsTasks, moments, about: await placesIn(walk) };
    }
  }
  return { walk: null, isNamed: false, moments: [], about: new Map() };
}

/** Whether a walkthrough explains builds of this variant, in whichever release. */
function isOfKind({ recording, variants }: Walk, _: Recording, { channel, variant }: Image): boolean {
  const [its, shown] = recording?.split('/') ?? [];
  return its === channel && (shown === variant || variants.includes(variant));
}

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
  const anchors = taskAnchors(definition?.tasks ?? []);
  return new Map([...anchors].map(([name, anchor]) => [name, `${page}#${anchor}`]));
}

/** What content says of a task that ran; null where it says nothing. */
export const wordsOfRecorded = ({ name, task }: RecordedTask, words: readonly TaskWords[]): TaskWords | null =>
  wordsOf({ name, ref: { task } }, words);

/** What content says of all tasks that ran. */
export const wordsOfRun = ({ tasks }: Recording, words: readonly TaskWords[]): TaskWords[] => [
  ...new Set(tasks.flatMap((task) => wordsOfRecorded(task, words) ?? [])),
];
