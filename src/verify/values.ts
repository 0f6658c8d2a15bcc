import type { Runbook, Test } from '#runbook/model.ts';
import { fill, namesIn } from '#runbook/template.ts';
import { envName, FREE_TYPES, refusal, type Variables } from '#runbook/variable.ts';

/** What stands in the place of the variables of a runbook while it is tested. */

export interface Values {
  /** By name, those that a command may hold. */
  inline: Readonly<Record<string, string>>;
  /** Free texts, by the name of their environment variable. */
  exported: Readonly<Record<string, string>>;
}

/** What a test gives, else the default, else the example; throws an Error that names what cannot be taken. */
export function valuesFor(runbook: Runbook, test: Pick<Test, 'values'>, variables: Variables): Values {
  const inline: Record<string, string> = {};
  const exported: Record<string, string> = {};
  const stray = Object.keys(test.values).find((name) => !runbook.variables.includes(name));
  if (stray !== undefined) throw new Error(`its test fills in "${stray}", which is not among its variables`);
  for (const name of runbook.variables) {
    const variable = variables[name];
    if (!variable) throw new Error(`content/variables.yaml has no "${name}"`);
    const value = test.values[name] ?? variable.default ?? variable.example;
    const isEmpty = value === '' && runbook.optional.includes(name);
    const why = isEmpty ? null : refusal(variable, value);
    if (why !== null) throw new Error(`"${value}" cannot be taken for "${name}": ${why}`);
    if (FREE_TYPES.some((type) => type === variable.type)) exported[envName(name)] = value;
    else inline[name] = value;
  }
  return { inline, exported };
}

/** A text of the runbook with its values; throws where one is missing. */
export function filled(text: string, { inline }: Values): string {
  const done = fill(text, inline);
  const [open] = namesIn(done);
  if (open !== undefined)
    throw new Error(`{{${open}}} has no value: add it to the variables (free text is read as $${envName(open)})`);
  return done;
}
