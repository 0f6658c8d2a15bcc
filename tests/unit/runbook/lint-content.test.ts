import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readShell } from '#host/shell.ts';
import { parseOwners, parseRunbook, parseVariables } from '#runbook/catalog.ts';
import { lint } from '#runbook/lint/lint.ts';
import { ContentError } from '#status/parse.ts';

/** For those who write runbooks: each file of content/runbooks by itself, with every finding. */

const text = (path: string) => readFileSync(path, 'utf8');
const shell = await readShell();
const variables = parseVariables(text('content/variables.yaml'), 'content/variables.yaml');
const shared = { variables, owners: parseOwners(text('content/owners.yaml'), 'content/owners.yaml') };
const files = globSync('content/runbooks/*.{yaml,yml}').sort();

test.each(files)('%s is whole, and its commands are safe and clear', (file) => {
  expect(faultsOf(file)).toBe('');
});

test.each(files)('%s tells an editor where its schema is', (file) => {
  expect(text(file).split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/runbook.schema.json');
});

test('there are runbooks', () => {
  expect(files.length).toBeGreaterThan(0);
});

test('the template is a draft that could be taken as it is', () => {
  expect(faultsOf('content/runbooks/template.yaml.txt', 'content/runbooks/my-runbook.yaml')).toBe('');
});

function faultsOf(path: string, file = path): string {
  try {
    parseRunbook(text(path), file, shared, (runbook) => lint(runbook, variables, shell));
    return '';
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
}
