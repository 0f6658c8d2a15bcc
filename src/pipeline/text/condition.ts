import type { Binding } from '#status/pipeline.ts';
import { visible } from '#status/text/words.ts';
import type { Condition, PipelineTask } from '../definition.ts';

/** When a task runs, how often and for how long, in sentences whose names are marked as code. */

/** Foreign text between backticks, which Marked.astro sets as code. */
export const coded = (text: string): string => `\`${visible(text).replaceAll('`', 'ˋ')}\``;

/** `a`, `b` and `c`, each as it is given. */
export function joined(parts: readonly string[], last = 'and'): string {
  const [end = '', ...others] = [...parts].reverse();
  return others.length === 0 ? end : `${others.reverse().join(', ')} ${last} ${end}`;
}

/** `skip-checks` for `$(params.skip-checks)`, `status of init` for a task's; other expressions stay as they are. */
export function subjectOf(input: string): string {
  const [, parameter] = /^\$\((?:params|context\.params)\.([^)]+?)(?:\[\*\])?\)$/.exec(input) ?? [];
  if (parameter) return parameter;
  const [, task, result] = /^\$\(tasks\.([^.)]+)\.results\.([^)]+?)(?:\[\*\])?\)$/.exec(input) ?? [];
  if (task && result) return `${result} of ${task}`;
  const [, ended] = /^\$\(tasks\.([^.)]+)\.status\)$/.exec(input) ?? [];
  return ended ? `status of ${ended}` : input;
}

/** `skip-checks` is `false`. */
export function conditionText({ input, operator, values }: Condition): string {
  if (operator === 'cel') return `the expression ${coded(input)} holds`;
  const not = operator === 'notin' ? ' not' : '';
  const wanted = values.map((value) => (value === '' ? 'empty' : coded(value)));
  return `${coded(subjectOf(input))} is${not} ${joined(wanted, 'or') || 'anything'}`;
}

/** What is special about how a task runs; empty where it runs once and always. */
export function runNotes(task: PipelineTask): string[] {
  const { when, matrix, retries, timeout, onError, isFinally } = task;
  return [
    isFinally ? 'Runs at the end, whatever happened before.' : null,
    when.length > 0 ? `Runs only when ${joined(when.map(conditionText))}.` : null,
    matrix.length > 0 ? `Runs once per value of ${joined(matrix.map(repeatText), 'and of')}.` : null,
    retries > 0 ? `Is ${triedAgain(retries)} when it fails.` : null,
    timeout ? `Is stopped after ${coded(timeout)}.` : null,
    onError === 'continue' ? 'The run goes on when it fails.' : null,
  ].filter((line) => line !== null);
}

/** For one or more. */
export const triedAgain = (retries: number): string =>
  `tried again ${retries === 1 ? 'once' : `up to ${retries} times`}`;

/** `build-platforms`; the values where they are written out. */
export function repeatText({ value }: Binding): string {
  const values = typeof value === 'string' ? [value] : value;
  return joined(values.map((one) => coded(subjectOf(one))));
}

/** A value as it is handed on. */
export const valueText = (value: Binding['value']): string => (typeof value === 'string' ? value : value.join(', '));
