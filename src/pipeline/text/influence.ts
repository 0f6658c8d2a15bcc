import type { Influence } from '../influence.ts';
import { coded, conditionText, joined, subjectOf } from './condition.ts';

/** What a parameter does, in sentences whose names are marked as code. */

const SHOWN = 20;

/** One thing that it does, without and with the tasks to which it does it. */
interface Saying {
  short: string;
  /** What stands before the names of the tasks; with `short` after its name where it is left out. */
  long?: string;
  tasks: string[];
}

/** One sentence for each way in which it reaches tasks; never empty. */
export function influenceTexts(influence: Influence): string[] {
  const name = coded(influence.parameter.name);
  const texts = sayingsOf(influence).map(({ short, long = `${name} ${short}`, tasks }) => `${long}: ${listed(tasks)}.`);
  return texts.length > 0 ? texts : [`No task uses ${name}.`];
}

/** `turns off 8 tasks when it is true`: the same without naming tasks. */
export function influenceSummary(influence: Influence): string {
  const own = sayingsOf({ ...influence, reaches: [] });
  const text = joined(own.map(({ short }) => short)) || 'no task uses it';
  return [text, ...reachesOf(influence).map(({ short }) => short)].join('; ');
}

function sayingsOf(influence: Influence): Saying[] {
  const { parameter, switches, repeats, handed } = influence;
  const alike = Map.groupBy(switches, ({ task: _, ...condition }) => JSON.stringify(condition));
  const switching = [...alike.values()].flatMap((group) => (group[0] ? [switchingOf(group[0], group, parameter)] : []));
  const given = [...Map.groupBy(handed, ({ task }) => task)].map(([task, ways]) => {
    const isRenamed = ways.some(({ as }) => as !== parameter.name);
    return coded(task) + (isRenamed ? ` as ${joined(ways.map(({ as }) => coded(as)))}` : '');
  });
  return [
    ...switching,
    { short: `repeats ${counted(repeats)}, once per value`, tasks: repeats.map(coded) },
    { short: `is handed to ${counted(given)}`, tasks: given },
    ...reachesOf(influence),
  ].filter(({ tasks }) => tasks.length > 0);
}

function reachesOf({ reaches }: Influence): Saying[] {
  if (reaches.length === 0) return [];
  const short = `${reaches.length} more may get other input through results`;
  return [{ short, long: `${short} of these`, tasks: reaches.map(coded) }];
}

type Switch = Influence['switches'][number];

function switchingOf(condition: Switch, group: readonly Switch[], parameter: Influence['parameter']): Saying {
  return { short: switchText(condition, counted(group), parameter), tasks: group.map(({ task }) => coded(task)) };
}

function switchText(condition: Switch, tasks: string, parameter: Influence['parameter']): string {
  const { operator, values, input, runsByDefault } = condition;
  const isAlone = subjectOf(input) === parameter.name && !values.some((one) => one.includes('$('));
  if (operator === 'cel' || !isAlone)
    return `decides with others about ${tasks}, run only when ${conditionText(condition)}`;
  if (runsByDefault === null) return `lets ${tasks} run only when ${conditionText(condition)}`;
  return `turns ${runsByDefault ? 'off' : 'on'} ${tasks} ${whenText(condition, parameter.default)}`;
}

/** When it is no longer as by default: `when it is true`, `unless it is docker`. */
function whenText({ operator, values, runsByDefault }: Switch, byDefault: string | null): string {
  const wanted = joined(
    values.map((value) => (value === '' ? 'empty' : coded(value))),
    'or',
  );
  // It is `in` that turns on, and `notin` that turns off, by these values.
  if ((operator === 'in') !== runsByDefault) return `when it is ${wanted || 'anything'}`;
  const [only] = values;
  const isBoolean = values.length === 1 && only === byDefault && (only === 'true' || only === 'false');
  return isBoolean ? `when it is ${coded(only === 'true' ? 'false' : 'true')}` : `unless it is ${wanted || 'anything'}`;
}

const counted = ({ length }: readonly unknown[]): string => `${length} ${length === 1 ? 'task' : 'tasks'}`;

function listed(parts: readonly string[]): string {
  return parts.length > SHOWN + 1 ? joined([...parts.slice(0, SHOWN), `${parts.length - SHOWN} more`]) : joined(parts);
}
