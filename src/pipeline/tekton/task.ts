import type { TaskDefinition } from '#pipeline/definition.ts';
import type { Faults } from './faults.ts';
import { listAt, mapAt, namedAt, shortOf, textOf, upTo, wordOf } from './fields.ts';
import { parametersOf, workspacesOf } from './parameters.ts';
import { isMap, type PlainMap } from './values.ts';

/** `spec` of a Task, or `taskSpec` of a pipeline's task; `metadata` holds its version. */
export function taskOf(spec: PlainMap, metadata: PlainMap | null, name: string, faults: Faults): TaskDefinition {
  const where = 'In the task';
  const steps = upTo(100, listAt(spec, 'steps').filter(isMap), `${where} “steps”`, faults);
  if (steps.length === 0) faults.add('The task has no steps that can be read.');
  return {
    schema: 1,
    name,
    version: shortOf(mapAt(metadata, 'labels')?.['app.kubernetes.io/version']),
    description: textOf(spec['description']),
    params: parametersOf(spec, where, faults),
    results: namedAt(spec, 'results', 200, where, faults).map((one) => ({
      name: one.name,
      description: textOf(one.map['description']),
    })),
    workspaces: workspacesOf(spec, where, faults),
    // Tekton itself numbers the steps that have no name.
    steps: steps.map((step, index) => ({
      name: wordOf(step['name']) ?? `unnamed-${index}`,
      image: textOf(step['image']),
    })),
  };
}
