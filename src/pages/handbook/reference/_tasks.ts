import { link } from '#components/status/link.ts';
import { type TaskTable, type TaskUse, taskTable } from '#handbook/reference/tasks.ts';
import { taskAnchors } from '#pipeline/anchors.ts';
import { wordsOf } from '#pipeline/text/task.ts';
import { knownPipeline } from '../../pipelines/_data.ts';
import { type TaskRow, taskIndex } from '../../pipelines/_lists.ts';
import { readStatus } from '../../status/_data.ts';

/** Every task with its tables, by name. */
export async function readTasks(): Promise<(TaskRow & TaskTable)[]> {
  const { taskWords } = await readStatus();
  const [rows, uses] = await Promise.all([taskIndex(), usesByName()]);
  return rows.map((row) => {
    const words = taskWords.find(({ task }) => task === row.name) ?? null;
    return { ...row, ...taskTable(words, uses.get(row.name) ?? []) };
  });
}

async function usesByName(): Promise<Map<string, TaskUse[]>> {
  const { walkthroughs, taskWords } = await readStatus();
  const found = new Map<string, TaskUse[]>();
  for (const walk of walkthroughs) {
    if (walk.kind !== 'pipeline') continue;
    const { read, tasks } = await knownPipeline(walk);
    const anchors = taskAnchors(read?.definition.tasks ?? []);
    for (const task of read?.definition.tasks ?? []) {
      const name = wordsOf(task, taskWords)?.task ?? task.ref.task ?? task.name;
      const use = {
        title: walk.title,
        href: link(`pipelines/${walk.id}/#${anchors.get(task.name)}`),
        params: [...task.params, ...task.matrix],
        definition: tasks.get(task.name) ?? null,
      };
      found.set(name, [...(found.get(name) ?? []), use]);
    }
  }
  return found;
}
