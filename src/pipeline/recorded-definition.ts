import type { PipelineDefinition, PipelineTask } from './definition.ts';
import type { RecordedTask, Recording } from './recording.ts';

/** The pipeline behind a recording, as far as the tasks that ran show it: no conditions, no tasks that were skipped. */
export function recordedDefinition({ pipeline, tasks }: Recording): PipelineDefinition {
  const byName = [...Map.groupBy(tasks, ({ name }) => name)];
  return {
    schema: 1,
    name: pipeline ?? 'not recorded',
    description: null,
    params: [],
    workspaces: [],
    results: [],
    tasks: byName.flatMap(([name, legs]) => (legs[0] ? [taskOf(name, legs[0], legs)] : [])),
    faults: [],
  };
}

function taskOf(name: string, first: RecordedTask, legs: readonly RecordedTask[]): PipelineTask {
  const same = Object.entries(first.params).filter(([key, value]) => legs.every(({ params }) => params[key] === value));
  const platforms = legs.flatMap(({ platform }) => platform ?? []);
  return {
    name,
    isFinally: false,
    ref: {
      resolver: first.bundle ? 'bundles' : 'unknown',
      task: first.task,
      bundle: first.bundle,
      url: null,
      revision: null,
      path: null,
    },
    runAfter: first.after,
    params: same.map(([key, value]) => ({ name: key, value })),
    when: [],
    matrix: legs.length > 1 ? [{ name: 'platform', value: platforms }] : [],
    retries: 0,
    timeout: null,
    onError: null,
    workspaces: [],
    description: null,
    lines: null,
  };
}
