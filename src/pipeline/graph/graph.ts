import type { PipelineDefinition } from '#pipeline/definition.ts';
import type { Recording } from '#pipeline/recording.ts';
import type { Stage } from '#pipeline/walkthrough.ts';

/** What waits for what: of a definition, of a recording, of a path. */

export interface Edge {
  from: string;
  to: string;
  /** order: runAfter, or one stage after another; data: a result is handed on. */
  kind: 'order' | 'data';
  /** What links the two, where content says so. */
  label: string | null;
}

export interface Node {
  id: string;
  isFinally: boolean;
}

export interface Graph {
  /** Each once, in an order in which each comes after all that it waits for. */
  nodes: Node[];
  /** All that is stated; without what dangles, and without what would close a circle. */
  edges: Edge[];
  /** Those that are drawn: what follows from others is left out. */
  drawn: Edge[];
  /** What was wrong, in sentences: circles, names that are nowhere, names given twice. */
  faults: string[];
}

export function graphOfDefinition(_definition: PipelineDefinition): Graph {
  return { nodes: [], edges: [], drawn: [], faults: [] };
}

/** Of what was recorded: a node per task, whatever its legs; tasks that left no trace are not in it. */
export function graphOfRecording(_recording: Pick<Recording, 'tasks'>): Graph {
  return { nodes: [], edges: [], drawn: [], faults: [] };
}

export function graphOfPath(_stages: readonly Stage[]): Graph {
  return { nodes: [], edges: [], drawn: [], faults: [] };
}
