import { fragmentOf } from '../link.ts';
import type { Runbook, Step } from '../model.ts';
import { fill, namesIn } from '../template.ts';
import { envName, FREE_TYPES, refusal, type Shape } from '../value.ts';

/** A runbook with the values of a reader, as files and issues take it. No schema library: a browser makes them too. */

export interface Filled {
  runbook: Runbook;
  /** By name; at least those that the runbook names. */
  variables: Readonly<Record<string, Shape & { label: string; shareable: boolean }>>;
  /** Those that are empty or unfit count as missing. */
  values: Readonly<Record<string, string>>;
  /** Of the page of this runbook, without a fragment. */
  address: string;
  /** Said first, as where the values are examples. */
  note?: string;
}

/** Values that are fit, of variables that this runbook has. */
export function fitValues({ runbook, variables, values }: Filled): Record<string, string> {
  const rows = runbook.variables.flatMap((name) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return variable && value !== undefined && refusal(variable, value) === null ? [[name, value] as const] : [];
  });
  return Object.fromEntries(rows);
}

/** Names of its variables that take any text. */
export const freeNames = ({ runbook, variables }: Filled): string[] =>
  runbook.variables.filter((name) => FREE_TYPES.some((one) => one === variables[name]?.type));

/** Names that commands need and have no fit value; those that may stay empty are none of them. */
export function missingNames(filled: Filled): string[] {
  const fit = fitValues(filled);
  return filled.runbook.variables.filter((name) => fit[name] === undefined && !filled.runbook.optional.includes(name));
}

/** A command with its values. A free text stays $NAME; one that may stay empty and is empty vanishes. */
export function filledCommand(text: string, filled: Filled): string {
  const free = freeNames(filled);
  const empty = filled.runbook.optional.map((name) => [name, ''] as const);
  const inline = Object.entries({ ...Object.fromEntries(empty), ...fitValues(filled) });
  return fill(text, Object.fromEntries(inline.filter(([name]) => !free.includes(name)))).trimEnd();
}

/** A text for people with its values; a free text is named as commands name it. */
export function filledProse(text: string, filled: Filled): string {
  const free = namesIn(text).filter((name) => freeNames(filled).includes(name));
  return filledCommand(fill(text, Object.fromEntries(free.map((name) => [name, `$${envName(name)}`]))), filled);
}

/** The address of the page with the values that may be shared. */
export const addressWith = (filled: Filled): string =>
  `${filled.address}${fragmentOf(fitValues(filled), filled.variables)}`;

/** What the badge of a step says. */
export const RISK_WORDS = {
  read: 'only reads',
  change: 'changes something',
  destroy: 'takes something away',
  'no-return': 'cannot be taken back',
} as const satisfies Record<Step['risk'], string>;
