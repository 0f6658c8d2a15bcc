import { missingLegs } from '#pipeline/gaps.ts';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import type { Span } from './clock.ts';

/** From when on nothing on record kept a task from beginning. */

type Run = Pick<Recording, 'tasks' | 'params'>;
type Placed = readonly { task: RecordedTask; span: Span }[];

/** Milliseconds since the epoch; null where an end that a task waited for is not on record, or where nobody knows what waited. */
export function readiness({ tasks, params }: Run, placed: Placed, run: Span): (task: RecordedTask) => number | null {
  const isOrdered = tasks.length === 1 || tasks.some(({ after }) => after.length > 0);
  const ends = new Map<string, number | null>();
  for (const { task, span } of placed) {
    const known = ends.get(task.name);
    ends.set(task.name, known === null || span.to === null ? null : Math.max(known ?? span.to, span.to));
  }
  // The leg that is not there may have been the last to end.
  for (const { name } of missingLegs(tasks, platformsOf(tasks, params))) ends.set(name, null);
  return ({ after }) => {
    if (!isOrdered) return null;
    const waited = after.map((name) => ends.get(name) ?? null);
    return waited.length === 0 ? run.from : waited.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)));
  };
}

/** What the run was to build for, as it says itself; else all that its legs name. */
function platformsOf(tasks: Run['tasks'], params: Run['params']): string[] {
  const given = (params['build-platforms'] ?? '').split(',').flatMap((one) => one.trim() || []);
  return given.length > 0 ? given : [...new Set(tasks.flatMap(({ platform }) => platform ?? []))];
}
