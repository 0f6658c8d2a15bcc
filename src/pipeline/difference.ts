import type { PipelineDefinition } from './definition.ts';

/** What differs between two pipelines, or two versions of one. */

export interface Difference {
  kind: 'added' | 'removed' | 'bumped' | 'params' | 'order' | 'condition' | 'matrix' | 'limits' | 'parameter';
  /** Null where it is about the pipeline itself. */
  task: string | null;
  /** One sentence for people. */
  text: string;
}

/** From `before` to `after`; empty where they do the same, whatever the order of their texts. */
export function differencesOf(_before: PipelineDefinition, _after: PipelineDefinition): Difference[] {
  return [];
}
