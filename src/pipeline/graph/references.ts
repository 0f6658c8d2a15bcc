import type { PipelineTask } from '#pipeline/definition.ts';

/** What the texts of a task refer to: `$(tasks.build.results.IMAGE_URL)`, `$(params.skip-checks)`. */

/** Another task that a text names, and whether it is for a result or for how that task ended. */
export interface TaskMention {
  task: string;
  what: 'result' | 'outcome';
  /** The name of the result; null where it is for how the task ended, or not told. */
  result: string | null;
}

const TASK = /\$\(tasks\.([^()[\]\s]+?)\.(results|status|reason)(?![\w-])(?:(?:\.|\[['"])([^.()[\]'"\s]+))?/g;
const PARAMETER = /\$\(params(?:\.([^()[\]\s]+)|\[(["'])([^"'()[\]]+)\2\])/g;

export function taskMentions(text: string): TaskMention[] {
  return [...text.matchAll(TASK)].map(([, task = '', what, result = null]) =>
    what === 'results' ? { task, what: 'result', result } : { task, what: 'outcome', result: null },
  );
}

/** Names of the parameters in a text; of `$(params.a.b)` it is `a.b` where there is one of that name, else `a`. */
export function parameterMentions(text: string, known: ReadonlySet<string>): string[] {
  const names = [...text.matchAll(PARAMETER)].map(([, dotted, , quoted]) => {
    const name = dotted ?? quoted ?? '';
    return known.has(name) || !dotted ? name : (name.split('.')[0] ?? name);
  });
  return [...new Set(names)].filter((name) => known.has(name));
}

/** Every text by which a task may wait for another. */
export function textsOf({ params, when, matrix }: Pick<PipelineTask, 'params' | 'when' | 'matrix'>): string[] {
  const given = [...params, ...matrix].flatMap(({ value }) => value);
  return [...given, ...when.flatMap(({ input, values }) => [input, ...values])];
}
