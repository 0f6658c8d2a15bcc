import { existsSync, readFileSync } from 'node:fs';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import { readPipeline } from '#pipeline/tekton/read.ts';

/** Definitions of pipelines out of few lines, or as upstream writes them. */

const NEW = { tasks: '', finally: '', params: '', more: '' };

/** A pipeline of tasks in YAML, one a line: `{ name: b, runAfter: [a] }`. */
export function definition(parts: Partial<typeof NEW> | string): PipelineDefinition {
  const { tasks, finally: last, params, more } = { ...NEW, ...(typeof parts === 'string' ? { tasks: parts } : parts) };
  const list = (text: string) => `[${text.trim().replaceAll('\n', ',')}]`;
  const { value, faults } = readPipeline(`kind: Pipeline
apiVersion: tekton.dev/v1
metadata: { name: p }
spec: { tasks: ${list(tasks)}, finally: ${list(last)}, params: ${list(params)}, ${more} }
`);
  if (!value) throw new Error(faults.join('\n'));
  return value;
}

const DERIVED = new URL('../../../shared/data/konflux/derived/', import.meta.url);

/** Why upstream's pipelines cannot be read here; null where they can. */
export const lackingUpstream = existsSync(DERIVED) ? null : 'the recorded YAML is not beside this checkout';

export function upstream(name: 'docker-build-oci-ta' | 'docker-build-multi-platform-oci-ta'): PipelineDefinition {
  const { value, faults } = readPipeline(readFileSync(new URL(`${name}.rendered.yaml`, DERIVED), 'utf8'));
  if (!value) throw new Error(faults.join('\n'));
  return value;
}
