import { expect, test } from 'vitest';
import { endsNowhere, fieldRows, wordsOf } from '#handbook/reference/fields.ts';

const schema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      properties: {
        images: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string', description: 'Its name' } },
          },
        },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        groups: { type: 'object', additionalProperties: { type: 'object', properties: { size: { type: 'integer' } } } },
        state: { type: 'string', enum: ['', 'on'], default: 'on', pattern: '^o', maxLength: 9 },
        end: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        any: { 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
};
const rows = new Map(fieldRows(schema).map((row) => [row.path, row]));

test('every field has its path, also in lists and maps, each after the one that holds it', () => {
  expect([...rows.keys()]).toEqual([
    ...['spec', 'spec.images', 'spec.images[].name', 'spec.labels', 'spec.groups', 'spec.groups.*.size'],
    ...['spec.state', 'spec.end', 'spec.any'],
  ]);
});

test('a type says what a list and a map hold, and whether nothing is allowed', () => {
  const types = ['spec.images', 'spec.labels', 'spec.groups.*.size', 'spec.end', 'spec.any'];
  expect(types.map((path) => rows.get(path)?.type)).toEqual([
    'object[]',
    'map<string>',
    'integer',
    'string | null',
    'any',
  ]);
});

test('what is required, allowed and assumed is told', () => {
  expect(rows.get('spec')?.isRequired).toBe(true);
  expect(rows.get('spec.images[].name')).toMatchObject({ isRequired: true, description: 'Its name.' });
  expect(rows.get('spec.state')).toMatchObject({
    isRequired: false,
    values: ['""', 'on'],
    rules: ['pattern ^o', 'maxLength 9'],
    byDefault: '"on"',
    description: null,
  });
  expect(rows.get('spec.end')?.rules).toEqual(['format date']);
});

test('of several shapes, all values are told, and only what each has is required', () => {
  const sbom = { properties: { kind: { const: 'sbom' }, blob: { type: 'string' } }, required: ['kind', 'blob'] };
  const scan = { properties: { kind: { const: 'scan' }, layer: { type: 'string' } }, required: ['kind', 'layer'] };
  const found = fieldRows({ properties: { origin: { oneOf: [sbom, scan, { type: 'null' }] } } });
  expect(found.map(({ path, isRequired, values }) => [path, isRequired, values])).toEqual([
    ['origin', false, []],
    ['origin.kind', true, ['sbom', 'scan']],
    ['origin.blob', false, []],
    ['origin.layer', false, []],
  ]);
});

test('an address of a field has no brackets and no stars', () => {
  expect(rows.get('spec.images[].name')?.anchor).toBe('spec.images.name');
  expect(rows.get('spec.groups.*.size')?.anchor).toBe('spec.groups.NAME.size');
});

test('words are those of the longest end of the path', () => {
  const words = { name: 'a name', 'images[].name': 'the image' };
  expect(wordsOf('spec.images[].name', words)).toBe('the image');
  expect(wordsOf('spec.name', words)).toBe('a name');
  expect(wordsOf('spec.surname', words)).toBeNull();
  expect(endsNowhere(words, ['spec.surname', 'spec.images[].name'])).toEqual([]);
  expect(endsNowhere(words, ['spec.surname'])).toEqual(['name', 'images[].name']);
});
