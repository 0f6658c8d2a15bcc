import type { PipelineDefinition } from './definition.ts';
import { taskMentions, textsOf } from './graph/references.ts';

/** Per task and result, the tasks that are handed it. */
export function resultUses({ tasks }: Pick<PipelineDefinition, 'tasks'>): Map<string, Map<string, string[]>> {
  const uses = new Map<string, Map<string, string[]>>();
  for (const task of tasks) {
    for (const { task: from, result } of textsOf(task).flatMap(taskMentions)) {
      if (result === null) continue;
      const results = uses.get(from) ?? new Map<string, string[]>();
      const users = results.get(result) ?? [];
      if (!users.includes(task.name)) users.push(task.name);
      uses.set(from, results.set(result, users));
    }
  }
  return uses;
}
