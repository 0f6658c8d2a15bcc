/** What a reader has done, as it is kept in the browser, exported and brought back. No zod: it is loaded on every page of a track. */

export interface Progress {
  schema: 1;
  /** When it was done, ISO 8601, by Ref. */
  done: Record<string, string>;
  /** Steps of labs and questions of quizzes that are done, with when, by Ref. */
  steps: Record<string, Record<string, string>>;
}

export const nothingDone = (): Progress => ({ schema: 1, done: {}, steps: {} });

export const isDone = ({ done }: Progress, ref: string): boolean => Object.hasOwn(done, ref);

/** Ids of the steps of a lab or the questions of a quiz that are done. */
export const stepsOf = ({ steps }: Progress, ref: string): string[] =>
  Object.hasOwn(steps, ref) ? Object.keys(steps[ref] ?? {}) : [];

/** With this done; what was done before keeps its date. */
export const withDone = (progress: Progress, ref: string, at: string): Progress =>
  merged(progress, { schema: 1, done: { [ref]: at }, steps: {} });

export const withStep = (progress: Progress, ref: string, step: string, at: string): Progress =>
  merged(progress, { schema: 1, done: {}, steps: { [ref]: { [step]: at } } });

/** Without these, and without their steps. */
export function without({ done, steps }: Progress, refs: readonly string[]): Progress {
  const stays = ([ref]: [string, unknown]) => !refs.includes(ref);
  return {
    schema: 1,
    done: Object.fromEntries(Object.entries(done).filter(stays)),
    steps: Object.fromEntries(Object.entries(steps).filter(stays)),
  };
}

/** All that either knows; of two dates the earlier. */
export function merged(one: Progress, other: Progress): Progress {
  const steps = Object.entries(other.steps).map(([ref, own]): [string, Record<string, string>] => [
    ref,
    earliest(Object.hasOwn(one.steps, ref) ? (one.steps[ref] ?? {}) : {}, own),
  ]);
  return { schema: 1, done: earliest(one.done, other.done), steps: { ...one.steps, ...Object.fromEntries(steps) } };
}

function earliest(one: Record<string, string>, other: Record<string, string>): Record<string, string> {
  const sooner = Object.entries(other).filter(([name, at]) => !Object.hasOwn(one, name) || at < (one[name] ?? ''));
  return { ...one, ...Object.fromEntries(sooner) };
}

/** Old Ref to new one. */
export type Moved = Readonly<Record<string, string>>;

/** Under the names of today; where both an old and a new name are known, their union. */
export function renamed(progress: Progress, moved: Moved): Progress {
  const old = [...Object.keys(progress.done), ...Object.keys(progress.steps)].filter(
    (ref) => today(ref, moved) !== ref,
  );
  if (old.length === 0) return progress;
  const under = <T>(own: Record<string, T>): [string, T][] =>
    Object.entries(own)
      .filter(([ref]) => old.includes(ref))
      .map(([ref, value]) => [today(ref, moved), value]);
  let now = without(progress, old);
  for (const [ref, at] of under(progress.done)) now = withDone(now, ref, at);
  for (const [ref, own] of under(progress.steps)) now = merged(now, { schema: 1, done: {}, steps: { [ref]: own } });
  return now;
}

/** What is called so today; a name that was given twice over ends after as many steps as there are names. */
function today(ref: string, moved: Moved): string {
  let name = ref;
  for (let left = Object.keys(moved).length; left > 0 && Object.hasOwn(moved, name); left--) name = moved[name] ?? name;
  return name;
}
