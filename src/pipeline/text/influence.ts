import type { Influence } from '../influence.ts';
import { coded, conditionText, joined, subjectOf } from './condition.ts';

/** What a parameter does, in sentences whose names are marked as code. */

const SHOWN = 12;

/** One sentence for each way in which it reaches tasks; never empty. */
export function influenceTexts({ parameter, switches, repeats, handed, reaches }: Influence): string[] {
  const name = coded(parameter.name);
  const alike = Map.groupBy(switches, ({ task: _, ...condition }) => JSON.stringify(condition));
  const switching = [...alike.values()].flatMap((group) => (group[0] ? [switchText(group[0], group, parameter)] : []));
  const takers = [...Map.groupBy(handed, ({ task }) => task)];
  const given = takers.map(
    ([task, ways]) =>
      `${coded(task)}${ways.some(({ as }) => as !== parameter.name) ? ` as ${joined(ways.map(({ as }) => coded(as)))}` : ''}`,
  );
  const texts = [
    ...switching,
    repeats.length > 0 ? `${name} repeats ${counted(repeats)}, once per value: ${listed(repeats.map(coded))}.` : null,
    given.length > 0 ? `${name} is handed to ${counted(given)}: ${listed(given)}.` : null,
    reaches.length > 0
      ? `${name} reaches ${counted(reaches)} through results of others: ${listed(reaches.map(coded))}.`
      : null,
  ].filter((text) => text !== null);
  return texts.length > 0 ? texts : [`No task uses ${name}.`];
}

type Switch = Influence['switches'][number];

function switchText(condition: Switch, group: readonly Switch[], parameter: Influence['parameter']): string {
  const [name, tasks] = [coded(parameter.name), counted(group)];
  const names = listed(group.map(({ task }) => coded(task)));
  const isAlone = subjectOf(condition.input) === parameter.name && !condition.values.some((one) => one.includes('$('));
  if (condition.operator === 'cel' || !isAlone)
    return `${name} decides with others whether ${tasks} ${group.length === 1 ? 'runs' : 'run'}, namely when ${conditionText(condition)}: ${names}.`;
  const { runsByDefault } = condition;
  if (runsByDefault === null) return `${name} lets ${tasks} run only when ${conditionText(condition)}: ${names}.`;
  return `${name} turns ${runsByDefault ? 'off' : 'on'} ${tasks} ${whenText(condition, parameter.default)}: ${names}.`;
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
