import { globSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesOf, SCHEMA_NAMES, type SchemaName, schemaOf, schemaText } from '#editing/schemas.ts';
import { contentFiles } from '../../support/content.ts';
import { SAMPLE } from '../runbook/sample.ts';

const ajv = new Ajv2020({ strict: false, formats: { date: true, uri: true, 'date-time': true } });
const checks = new Map<SchemaName, ValidateFunction>(SCHEMA_NAMES.map((name) => [name, ajv.compile(schemaOf(name))]));
const faultsOf = (name: SchemaName, value: unknown) => {
  const check = checks.get(name);
  check?.(value);
  return check?.errors ?? [];
};
const KINDS = SCHEMA_NAMES.filter((name) => name !== 'page');

test('the schemas in content/schemas are those of the code; npm run schemas writes them', () => {
  for (const name of SCHEMA_NAMES)
    expect(readFileSync(`content/schemas/${name}.schema.json`, 'utf8'), `${name}: npm run schemas`).toBe(
      schemaText(name),
    );
  expect(globSync('content/schemas/*.json').length).toBe(SCHEMA_NAMES.length);
});

test('every file that people wrote fits the schema that their editor reads', () => {
  for (const name of KINDS)
    for (const file of contentFiles(name)) expect(faultsOf(name, parse(readFileSync(file, 'utf8'))), file).toEqual([]);
});

test('the head of every page fits its schema', () => {
  const pages = globSync('content/docs/**/*.{md,mdx}');
  expect(pages.length).toBeGreaterThan(5);
  for (const file of pages) {
    const [, head = ''] = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(faultsOf('page', parse(head)), file).toEqual([]);
  }
});

test('an editor marks a field that does not exist, and a risk that does not exist', () => {
  const sample: unknown = parse(SAMPLE);
  expect(faultsOf('runbook', sample)).toEqual([]);
  expect(faultsOf('runbook', { ...Object(sample), sumary: 'x' })).not.toEqual([]);
  expect(faultsOf('runbook', { ...Object(sample), kind: 'accident' })).not.toEqual([]);
  expect(faultsOf('page', { title: 'A page', kind: 'story' })).not.toEqual([]);
});

test('what a field means, and how a text must look, is told to the editor', () => {
  expect(schemaText('runbook')).toContain('bash, without a prompt');
  expect(schemaText('glossary')).toContain('"patternErrorMessage": "write lower-case letters, digits and hyphens"');
});

test('a published schema names its own address', () => {
  expect(schemaOf('lab', 'https://example.org/slipway/')).toMatchObject({
    $id: 'https://example.org/slipway/schemas/lab.schema.json',
  });
});

test('VS Code finds the schema of every kind', () => {
  const settings = JSON.parse(readFileSync('.vscode/settings.json', 'utf8'));
  const wanted = KINDS.map((name) => [`./content/schemas/${name}.schema.json`, filesOf(name)]);
  expect(settings['yaml.schemas']).toEqual(Object.fromEntries(wanted));
});
