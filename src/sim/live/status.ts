import { secondAt } from '#sim/clock.ts';
import { childrenOf } from '#sim/cluster/children.ts';
import { spanOf } from '#sim/cluster/objects.ts';
import { specOf } from '#sim/pipeline/values.ts';
import { bundleOf } from '#sim/registry/build-run.ts';
import type { LiveRun } from './live.ts';

/** The status of a live PipelineRun at a moment. */

const FALSE = 'When Expressions evaluated to false';
const STOPPING = 'PipelineRun was stopping';

/** Without what its end brings: the image, and what follows from it. */
export function statusAt(run: LiveRun, nowMs: number) {
  const { startMs, endMs, legs, tasks, told, refused } = run;
  const isOver = nowMs >= endMs;
  const begun = new Set(legs.filter(({ createdMs }) => createdMs <= nowMs).map(({ of }) => of.name));
  const skipped = tasks.filter(({ name, when }) =>
    when?.[0] === 'build-source-image' ? isOver || begun.size > 1 : isOver && !begun.has(name),
  );
  const at = secondAt(endMs);
  return {
    startTime: secondAt(startMs),
    ...(isOver ? { completionTime: at } : {}),
    conditions: [
      {
        ...{ type: 'Succeeded', ...conditionAt(run, isOver, nowMs, skipped.length) },
        lastTransitionTime: isOver ? at : secondAt(startMs),
      },
    ],
    childReferences: childrenOf(run, legs, nowMs),
    ...(told.made && !refused
      ? {
          pipelineSpec: specOf(
            (task) => bundleOf(task, told.pins),
            (task) => tasks.includes(task),
          ),
        }
      : {}),
    ...(skipped.length === 0 || refused
      ? {}
      : {
          skippedTasks: skipped.map(({ name, when }) => ({
            ...{ name, reason: when?.[0] === 'build-source-image' ? FALSE : STOPPING },
          })),
        }),
  };
}

function conditionAt(run: LiveRun, isOver: boolean, nowMs: number, skipped: number) {
  const { name, ends, refused, startMs, endMs, legs, tasks } = run;
  const byTask = [...Map.groupBy(legs, ({ of }) => of.name).values()];
  const over = byTask.filter((all) => all.every((leg) => leg.endMs <= nowMs));
  const cutShort = over.filter((all) => all.some((leg) => leg.endMs < leg.plannedMs)).length;
  const counts = (failed: number, cancelled: number, incomplete: string) =>
    `Tasks Completed: ${over.length} (Failed: ${failed}, Cancelled ${cancelled}), ${incomplete}Skipped: ${skipped}`;
  if (!isOver) {
    const left = tasks.length - over.length - skipped;
    return { status: 'Unknown', reason: 'Running', message: counts(cutShort, 0, `Incomplete: ${left}, `) };
  }
  if (refused) return { status: 'False', ...refused };
  if (ends === 'cancelled') return { status: 'False', reason: 'Cancelled', message: 'PipelineRun was cancelled' };
  if (ends === 'timeout') {
    const message = `PipelineRun ${name} failed to finish within "${spanOf(endMs - startMs)}"`;
    return { status: 'False', reason: 'PipelineRunTimeout', message };
  }
  if (ends === 'failed') return { status: 'False', reason: 'Failed', message: counts(1, 0, '') };
  return { status: 'True', reason: 'Succeeded', message: counts(0, 0, '') };
}
