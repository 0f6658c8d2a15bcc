import { link } from '#components/status/link.ts';
import { shelfIn } from '#host/records.ts';
import type { PipelineDefinition, TaskDefinition } from '#pipeline/definition.ts';
import type { Recording } from '#pipeline/recording.ts';
import { readPipeline, readTask } from '#pipeline/tekton/read.ts';
import type { PipelineWalk, Walkthrough } from '#pipeline/walkthrough.ts';
import { leadTo, type RunbookLink } from '#runbook/lead.ts';
import { parseReference } from '#sources/pipelines/reference.ts';
import { parseDefinition, pipelineName, yamlName } from '#sources/records.ts';
import type { Image, Snapshot } from '#status/model.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { imageName } from '#status/text/words.ts';
import { readRunbooks } from '../runbooks/_data.ts';
import { readStatus } from '../status/_data.ts';
import { imageRecording, readRecords } from '../status/_records.ts';

/** What is known of the pipelines of the walkthroughs, from the records and from the shelf of upstream's texts. */

/** A pipeline as it was read; without its text where that was not kept here. */
export interface Read {
  definition: PipelineDefinition;
  text: string | null;
  faults: string[];
}

export interface KnownPipeline {
  walk: PipelineWalk & { id: string };
  seen: SeenPipeline | null;
  read: Read | null;
  tasks: ReadonlyMap<string, TaskDefinition>;
  recorded: { image: Image; name: string; recording: Recording } | null;
}

/** By walkthrough and snapshot: half a dozen pages ask for the same one. */
const found = new Map<string, Promise<KnownPipeline>>();

/** All that is known of one pipeline; what is not known is null, and never made up. */
export async function knownPipeline(walk: PipelineWalk & { id: string }): Promise<KnownPipeline> {
  const { snapshot } = await readStatus();
  const key = `${walk.id} ${snapshot.generatedAt}`;
  const known = found.get(key) ?? findPipeline(walk, snapshot);
  found.set(key, known);
  return known;
}

async function findPipeline(walk: PipelineWalk & { id: string }, snapshot: Snapshot): Promise<KnownPipeline> {
  const seen = snapshot.pipelines.find(({ id }) => id === walk.id) ?? null;
  const name = walk.reads && 'bundle' in walk.reads ? walk.reads.name : undefined;
  const read = seen?.digest ? await readVersion(seen.digest, name) : null;
  return {
    walk,
    seen,
    read,
    tasks: read ? await readTasks(read.definition) : new Map(),
    recorded: await recordedBuild(walk, snapshot),
  };
}

/** A version of a pipeline by its digest: from its text, which knows its lines, else from its record. */
export async function readVersion(digest: string, name?: string): Promise<Read | null> {
  const text = await (await upstreamShelf()).read(yamlName(digest));
  const fresh = text === null ? null : readPipeline(text, name);
  if (fresh?.value) return { definition: fresh.value, text, faults: fresh.faults };
  const record = await (await readRecords()).read(pipelineName(digest));
  const kept = record === null ? null : parseDefinition(record);
  return kept && { definition: kept, text: null, faults: [] };
}

async function readTasks({ tasks }: PipelineDefinition): Promise<Map<string, TaskDefinition>> {
  const shelf = await upstreamShelf();
  const found = new Map<string, TaskDefinition>();
  for (const { name, ref } of tasks) {
    const digest = parseReference(ref.bundle ?? '')?.digest;
    const text = digest ? await shelf.read(yamlName(digest)) : null;
    const task = text === null ? null : readTask(text, ref.task ?? undefined).value;
    if (task) found.set(name, task);
  }
  return found;
}

const upstreamShelf = async () => shelfIn((await readStatus()).upstream);

async function recordedBuild(
  { recording: id }: PipelineWalk,
  { images, releases }: Snapshot,
): Promise<KnownPipeline['recorded']> {
  const image = images.find((one) => one.id === id);
  const recording = image ? await imageRecording(image) : null;
  return image && recording ? { image, name: imageName(image, releases), recording } : null;
}

/** The walkthrough of an id; throws where there is none, so that the build names the page that asks for it. */
export async function walkthroughOf(id: string): Promise<Walkthrough> {
  const { walkthroughs } = await readStatus();
  const found = walkthroughs.find((one) => one.id === id);
  if (!found)
    throw new Error(
      `There is no pipeline "${id}": content/pipelines holds ${walkthroughs.map((one) => one.id).join(', ') || 'none'}.`,
    );
  return found;
}

/** Title of a runbook, and its address with the values that are known, by its id; null where it is not written. */
export async function runbookLinks(
  values: Readonly<Record<string, string>> = {},
): Promise<(id: string) => RunbookLink | null> {
  const { runbooks, variables } = await readRunbooks();
  return (id) => {
    const found = runbooks.find((one) => one.id === id);
    if (!found) return null;
    return { title: found.title, href: link(`runbooks/${id}/`) + leadTo(found, values, variables).fragment };
  };
}
