import type { Parameter, TaskDefinition } from '#pipeline/definition.ts';
import { valueText } from '#pipeline/text/condition.ts';
import type { TaskWords } from '#pipeline/walkthrough.ts';
import type { Binding } from '#status/pipeline.ts';
import { visible } from '#status/text/words.ts';

/** What each task takes and gives, from our words, its own definition, and the pipelines that run it. */

/** One place in a pipeline where a task runs. */
export interface TaskUse {
  /** Of the pipeline. */
  title: string;
  href: string;
  params: readonly Binding[];
  definition: TaskDefinition | null;
}

export interface ParameterRow {
  name: string;
  text: string | null;
  /** Null where no definition of the task was read. */
  type: Parameter['type'] | null;
  /** Null where it must be given, or no definition was read. */
  byDefault: string | null;
  /** Who passes what. */
  given: { title: string; href: string; value: string }[];
}

export interface TaskTable {
  parameters: ParameterRow[];
  results: { name: string; text: string | null }[];
  /** Whether a definition of the task was read. */
  isRead: boolean;
}

/** Our words before those of the definition; parameters in its order, those that only we or a pipeline name last. */
export function taskTable(words: TaskWords | null, uses: readonly TaskUse[]): TaskTable {
  const definition = uses.find((use) => use.definition !== null)?.definition ?? null;
  const declared = new Map((definition?.params ?? []).map((param) => [param.name, param]));
  const told = new Map((words?.takes ?? []).map(({ name, text }) => [name, text]));
  const passed = uses.flatMap(({ params }) => params.map(({ name }) => name));
  const results = new Map((definition?.results ?? []).map(({ name, description }) => [name, description]));
  const ours = new Map((words?.gives ?? []).map(({ name, text }) => [name, text]));
  return {
    isRead: definition !== null,
    parameters: [...new Set([...declared.keys(), ...told.keys(), ...passed])].map((name) => {
      const param = declared.get(name);
      return {
        name: visible(name),
        text: told.get(name) ?? own(param?.description),
        type: param?.type ?? null,
        byDefault: param?.default == null ? null : visible(param.default),
        given: uses.flatMap(({ title, href, params }) =>
          params
            .filter((one) => one.name === name)
            .map(({ value }) => ({ title, href, value: visible(valueText(value)) })),
        ),
      };
    }),
    results: [...new Set([...results.keys(), ...ours.keys()])].map((name) => ({
      name: visible(name),
      text: ours.get(name) ?? own(results.get(name)),
    })),
  };
}

const own = (text: string | null | undefined): string | null => (text ? visible(text.trim()) : null);
