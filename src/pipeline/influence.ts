import type { Parameter, PipelineDefinition } from './definition.ts';

/** What a parameter of a pipeline reaches, and what it turns on and off. */

export interface Influence {
  parameter: Parameter;
  /** Tasks that are handed it, with the name under which they know it. */
  handed: { task: string; as: string }[];
  /** Tasks that run only where a condition on it holds. */
  switches: {
    task: string;
    operator: 'in' | 'notin' | 'cel';
    values: string[];
    input: string;
    runsByDefault: boolean | null;
  }[];
  /** Tasks that run once per value of it. */
  repeats: string[];
  /** Tasks that it reaches through results of others, nearest first; none of those above. */
  reaches: string[];
}

/** Per parameter, in the order of the definition. */
export function influencesOf(_definition: PipelineDefinition): Influence[] {
  return [];
}
