import { globSync, readFileSync } from 'node:fs';
import { readShell } from '#host/shell.ts';
import { parseOwners, parseRunbook, parseVariables } from '#runbook/catalog.ts';
import type { Filled } from '#runbook/export/filled.ts';
import type { Runbook } from '#runbook/model.ts';

/** What lies in content/, as tests of runbooks take it: read one by one, so that one broken file breaks its own tests only. */

const text = (path: string): string => readFileSync(path, 'utf8');

export const shell = await readShell();
export const variables = parseVariables(text('content/variables.yaml'), 'content/variables.yaml');
export const owners = parseOwners(text('content/owners.yaml'), 'content/owners.yaml');

export const runbooks: readonly Runbook[] = globSync('content/runbooks/*.{yaml,yml}')
  .sort()
  .map((file) => parseRunbook(text(file), file, { variables, owners }));

/** With every variable's example. */
export const examples = (runbook: Runbook): Record<string, string> =>
  Object.fromEntries(runbook.variables.map((name) => [name, variables[name]?.example ?? '']));

export const filledWith = (runbook: Runbook, values: Readonly<Record<string, string>>): Filled => ({
  runbook,
  variables,
  values,
  address: `https://site.example/runbooks/${runbook.id}/`,
});
