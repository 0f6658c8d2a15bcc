import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SCHEMAS, schemaText } from '#runbook/schema.ts';
import { getStaticPaths } from '../../../src/pages/schemas/[name].json.ts';
import { SAMPLE } from './sample.ts';

const validate = new Ajv2020({ strict: false, formats: { date: true, uri: true } }).compile(SCHEMAS.runbook());
const example: unknown = parse(SAMPLE);

test('the schema in content/schemas is that of the code; npm run schemas writes it', () => {
  expect(readFileSync('content/schemas/runbook.schema.json', 'utf8')).toBe(schemaText('runbook'));
});

test('the site publishes it at the address of its name', () => {
  expect(getStaticPaths()).toEqual([{ params: { name: 'runbook.schema' }, props: { name: 'runbook' } }]);
});

test('the example fits it, and so does one without what may be left out', () => {
  validate(example);
  expect(validate.errors).toBeNull();
});

test('an editor marks a field that does not exist, and a risk that does not exist', () => {
  expect(validate({ ...Object(example), sumary: 'x' })).toBe(false);
  expect(validate({ ...Object(example), kind: 'accident' })).toBe(false);
});

test('what a field means is told to the editor', () => {
  expect(schemaText('runbook')).toContain('bash, without a prompt');
});
