import { PipelineDefinition } from '#pipeline/definition.ts';
import { readPipeline } from '#pipeline/tekton/read.ts';
import { SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { parseDefinition, pipelineName, yamlName } from '#sources/records.ts';
import type { SourceId } from '#status/model.ts';

/** Definitions by digest: a record each, and the text that they were read from on the upstream shelf. */

type Shelves = Pick<Context, 'records' | 'upstream'>;

/** What is known of a digest; null where nothing is, or the record is damaged. */
export async function definitionAt({ records }: Shelves, digest: string): Promise<PipelineDefinition | null> {
  const text = await records.read(pipelineName(digest));
  return text === null ? null : parseDefinition(text);
}

/** Whether both the definition and its text are there, so that nothing need be asked. */
export async function isWhole(shelves: Shelves, digest: string): Promise<boolean> {
  return (await shelves.upstream.has(yamlName(digest))) && (await definitionAt(shelves, digest)) !== null;
}

/** Keeps a definition and its text; a record that says the same is left as it is. */
export async function keep(shelves: Shelves, digest: string, definition: PipelineDefinition, text: string) {
  const record = `${JSON.stringify(definition)}\n`;
  const name = pipelineName(digest);
  if ((await shelves.records.read(name)) !== record) await shelves.records.write(name, record);
  await shelves.upstream.write(yamlName(digest), text);
}

/** The pipeline of a text, with its faults; a SourceError where there is none. */
export function parsePipeline(text: string, name: string | undefined, source: SourceId, from: string) {
  const { value, faults } = readPipeline(text, name);
  if (!value) throw new SourceError(source, 'unreadable', `${from}: ${faults.join(' ') || 'it holds no pipeline'}`);
  const all = [...new Set([...value.faults, ...faults])].slice(0, 100);
  return PipelineDefinition.parse({ ...value, faults: all });
}
