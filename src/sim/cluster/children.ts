import { taskRunNamed } from '#sim/pipeline/names.ts';
import type { Leg } from '#sim/pipeline/timeline.ts';

/** As a run names those of its task runs that have been made. */
export const childrenOf = ({ name }: { name: string }, legs: readonly Leg[], nowMs: number) =>
  legs
    .filter(({ createdMs }) => createdMs <= nowMs)
    .map(({ of, nth }) => ({
      ...{ apiVersion: 'tekton.dev/v1', kind: 'TaskRun', name: taskRunNamed(name, of.name, nth) },
      pipelineTaskName: of.name,
    }));
