import type { Condition, Parameter, PipelineDefinition, PipelineTask, TaskReference } from './definition.ts';
import { type Edge, graphOfDefinition } from './graph/graph.ts';
import { parameterMentions } from './graph/references.ts';

/** What a parameter of a pipeline reaches, and what it turns on and off. */

export interface Influence {
  parameter: Parameter;
  /** Tasks that are handed it, with the name under which they know it. */
  handed: { task: string; as: string }[];
  /** Tasks that run only where a condition on it holds. */
  switches: {
    task: string;
    operator: 'in' | 'notin' | 'cel';
    values: string[];
    input: string;
    /** Null where it depends on more than the defaults of parameters. */
    runsByDefault: boolean | null;
  }[];
  /** Tasks that run once per value of it. */
  repeats: string[];
  /** Tasks that it reaches through results of others, nearest first; none of those above. */
  reaches: string[];
}

interface Known {
  tasks: readonly PipelineTask[];
  /** Default of each parameter; null where it must be given. */
  defaults: ReadonlyMap<string, string | null>;
  /** Per task, those that use a result of it. */
  uses: ReadonlyMap<string, readonly Edge[]>;
}

/** Per parameter, in the order of the definition. */
export function influencesOf(definition: PipelineDefinition): Influence[] {
  const { nodes, edges } = graphOfDefinition(definition);
  const byName = Map.groupBy(definition.tasks, ({ name }) => name);
  const known = {
    tasks: nodes.flatMap(({ id }) => byName.get(id)?.[0] ?? []),
    defaults: new Map(definition.params.map((one) => [one.name, one.default])),
    uses: Map.groupBy(
      edges.filter(({ kind }) => kind === 'data'),
      ({ from }) => from,
    ),
  };
  return definition.params.map((parameter) => influenceOf(parameter, known));
}

function influenceOf(parameter: Parameter, { tasks, defaults, uses }: Known): Influence {
  const names = new Set(defaults.keys());
  const isIn = (text: string) => parameterMentions(text, names).includes(parameter.name);
  const handed = tasks.flatMap(({ name, params, ref }) =>
    [...params, ...placeOf(ref)]
      .filter(({ value }) => [value].flat().some(isIn))
      .map((one) => ({ task: name, as: one.name })),
  );
  const switches = tasks.flatMap(({ name, when }) =>
    when
      .filter(({ input, values }) => [input, ...values].some(isIn))
      .map((one) => ({ task: name, ...one, runsByDefault: holdsByDefault(one, defaults) })),
  );
  const repeats = tasks
    .filter(({ matrix }) => matrix.some(({ value }) => [value].flat().some(isIn)))
    .map(({ name }) => name);
  const direct = [...repeats, ...handed.map(({ task }) => task), ...switches.map(({ task }) => task)];
  return { parameter, handed, switches, repeats, reaches: beyond(direct, uses) };
}

/** What of a reference may hold a parameter: release pipelines take address and revision of their tasks from some. */
function placeOf({ bundle, url, revision, path }: TaskReference): { name: string; value: string }[] {
  const fields = { bundle, url, revision, path };
  return Object.entries(fields).flatMap(([name, value]) => (value ? [{ name: `taskRef.${name}`, value }] : []));
}

/** Tasks behind these along results, nearest first. */
function beyond(direct: readonly string[], uses: Known['uses']): string[] {
  const found = new Set(direct);
  for (const name of found) for (const { to } of uses.get(name) ?? []) found.add(to);
  return [...found].slice(new Set(direct).size);
}

/** Whether a condition holds while every parameter has its default; null where that does not tell. */
function holdsByDefault({ input, operator, values }: Condition, defaults: Known['defaults']): boolean | null {
  if (operator === 'cel') return null;
  const [subject, ...wanted] = [input, ...values].map((text) => filled(text, defaults));
  if (subject === null || subject === undefined || wanted.includes(null)) return null;
  return wanted.includes(subject) === (operator === 'in');
}

/** A text with the defaults in the place of parameters; null where something else than these is in it. */
function filled(text: string, defaults: Known['defaults']): string | null {
  let isKnown = true;
  const full = text.replace(/\$\(([^()]*)\)/g, (expression) => {
    const [name] = parameterMentions(expression, new Set(defaults.keys()));
    const value = name === undefined ? null : defaults.get(name);
    // A part of a list or of an object is not its default as one text.
    const isWhole = name !== undefined && /^\$\(params(\.[^[\]]+|\[[^[\]]+\])\)$/.test(expression);
    if (value === null || value === undefined || !isWhole) isKnown = false;
    return value ?? '';
  });
  return isKnown && !full.includes('$(') ? full : null;
}
