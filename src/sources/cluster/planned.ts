import { z } from 'zod';
import { taskMentions } from '#pipeline/graph/references.ts';
import { unique, word } from '#sources/provenance/stated.ts';

/** Of the pipeline that a run carries, what its recording needs: which task waits for which, and its platforms. */

export interface Planned {
  /** Names of tasks, with those that each waits for. */
  after: ReadonlyMap<string, string[]>;
  /** What `build-platforms` is where the run does not say. */
  platforms: string[];
}

/** No task of Konflux has as much. */
const TASK_LETTERS = 100_000;

const Many = z.array(z.unknown()).max(500).catch([]);
const Task = z.object({ name: z.string().min(1), runAfter: z.array(z.string()).catch([]) });
const Parameter = z.object({ name: z.literal('build-platforms'), default: z.array(z.string()) });
const Spec = z.object({ tasks: Many, finally: Many, params: Many });

/** `status.pipelineSpec`; null where there is none. */
export const PlannedSpec = z.unknown().transform((spec): Planned | null => {
  const { data } = Spec.safeParse(spec);
  if (!data || data.tasks.length === 0) return null;
  const tasks = data.tasks.flatMap(waitOf);
  const waitedFor = new Set(tasks.flatMap(([, after]) => after));
  // What comes finally waits for all: for those that no other waits for.
  const last = tasks.flatMap(([name]) => (waitedFor.has(name) ? [] : [name]));
  const ends = data.finally.flatMap(waitOf).map(([name]): [string, string[]] => [name, last]);
  return {
    after: new Map([...tasks, ...ends]),
    platforms: data.params.flatMap(platformsOf).slice(0, 50),
  };
});

/** A task with what it runs after and whose results it takes. */
function waitOf(value: unknown): [string, string[]][] {
  const { data } = Task.safeParse(value);
  const name = word(data?.name);
  if (!data || !name) return [];
  const text = (JSON.stringify(value) ?? '').slice(0, TASK_LETTERS);
  const results = taskMentions(text).flatMap(({ task, what }) => (what === 'result' ? [task] : []));
  const after = [...data.runAfter, ...results].flatMap((one) => word(one) ?? []);
  return [[name, unique(after).filter((one) => one !== name)]];
}

const platformsOf = (value: unknown): string[] =>
  Parameter.safeParse(value).data?.default.flatMap((one) => word(one) ?? []) ?? [];
