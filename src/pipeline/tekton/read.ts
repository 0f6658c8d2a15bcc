import type { PipelineDefinition, RunFile, TaskDefinition } from '#pipeline/definition.ts';

/** Tekton's YAML or JSON, v1 and v1beta1, to what we hold of it; bounded, and never an exception for what a text says. */

export interface Read<T> {
  /** Null where the text holds nothing of this kind that can be read. */
  value: T | null;
  /** What is wrong, in sentences for a page and the build log; empty where all was read. */
  faults: string[];
}

/** The Pipeline of a text: of a Pipeline, or inside a PipelineRun or its status; `name` chooses one of several. */
export function readPipeline(_text: string, _name?: string): Read<PipelineDefinition> {
  return { value: null, faults: [] };
}

/** The Task of a text; `name` chooses one of several. */
export function readTask(_text: string, _name?: string): Read<TaskDefinition> {
  return { value: null, faults: [] };
}

/** The PipelineRun of a text, as a repository keeps it under `.tekton/`. */
export function readRunFile(_text: string): Read<RunFile> {
  return { value: null, faults: [] };
}
