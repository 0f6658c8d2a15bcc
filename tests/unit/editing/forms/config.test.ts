import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { accessOf } from '#editing/forms/backend.ts';
import { formsOf } from '#editing/forms/config.ts';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';

// biome-ignore lint/suspicious/noExplicitAny: the schema of the package checks it
type Data = any;

const { config, formats } = formsOf(accessOf('https://gitlab.com/group/name/-/edit/main/').backend);
const collections: Data[] = Array.isArray(config['collections']) ? config['collections'] : [];
const files = collections.flatMap((collection) => collection.files ?? [collection]);
const fieldsIn = (fields: Data[]): Data[] =>
  fields.flatMap((field) => [
    field,
    ...fieldsIn([
      ...(field.fields ?? []),
      ...(field.field ? [field.field] : []),
      ...(field.types ?? []).flatMap((type: Data) => type.fields),
    ]),
  ]);
const fields = files.flatMap((file) => fieldsIn(file.fields));

const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true, logger: false });
ajv.addSchema({ ...JSON.parse(readFileSync('node_modules/@sveltia/cms/schema/sveltia-cms.json', 'utf8')), $id: 'cms' });
const faults = (name: string, value: unknown) => {
  const validate = ajv.getSchema(`cms#${name}`);
  if (!validate) throw new Error(`The schema of the package has no ${name}.`);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const ONE = [{ name: 'x', widget: 'string' }];
const NAMES: Record<string, string> = {
  boolean: 'BooleanField',
  datetime: 'DateTimeField',
  hidden: 'HiddenField',
  number: 'NumberField',
  relation: 'RelationField',
  select: 'SelectField',
  string: 'StringField',
  text: 'TextField',
};
/** Each field by itself, because the schema says of a wrong one only that it is none of twenty. */
const definitionOf = (field: Data): string => {
  if (field.widget === 'object') return field.types ? 'ObjectFieldWithTypes' : 'ObjectFieldWithSubFields';
  if (field.widget === 'list')
    return field.types ? 'ListFieldWithTypes' : field.fields ? 'ListFieldWithSubFields' : 'ListFieldWithSubField';
  return NAMES[field.widget] ?? 'no such field';
};

test('every option of every field is one that this version of the editor has', () => {
  expect(fields.length).toBeGreaterThan(200);
  for (const field of fields) {
    const alone = {
      ...field,
      ...(field.fields ? { fields: ONE } : {}),
      ...(field.field ? { field: ONE[0] } : {}),
      ...(field.types ? { types: [] } : {}),
    };
    expect(faults(`/definitions/${definitionOf(field)}`, alone), JSON.stringify(alone)).toEqual([]);
  }
});

test('so is every option of the configuration around them', () => {
  const around = collections.map((collection) =>
    collection.files
      ? { ...collection, files: collection.files.map((file: Data) => ({ ...file, fields: ONE })) }
      : { ...collection, fields: ONE },
  );
  expect(faults('', { ...config, collections: around })).toEqual([]);
});

test('every kind of content has a form, but those that are left out on purpose', () => {
  const kinds = [...Object.keys(FOLDERS), ...Object.keys(SINGLES)];
  const without = kinds.filter((kind) => !files.some(({ name }) => name === kind || name.startsWith(`${kind}-`)));
  expect(without).toEqual(['picture', 'world', 'targets']);
  expect(new Set(formats.map(({ name }) => name))).toEqual(new Set(files.map(({ format }) => format)));
});

test('collections over one folder have one format, because the editor reads each of its files once', () => {
  const over = collections.filter(({ folder }) => folder);
  const folders = new Set(over.map(({ folder }) => folder));
  expect(over.length).toBeGreaterThan(folders.size);
  expect(new Set(over.map(({ folder, format }) => `${folder} ${format}`)).size).toBe(folders.size);
});

test('every regular expression is one that the editor can read, and tells what to write', () => {
  for (const { pattern } of fields.filter((field) => field.pattern)) {
    expect(pattern[0]).toMatch(/^\/.+\/$/s);
    expect(() => new RegExp(pattern[0].slice(1, -1))).not.toThrow();
    expect(pattern[1]).toMatch(/^[A-Z].*\.$/);
  }
});

test('what names something else is chosen from a list that exists', () => {
  const relations = fields.filter(({ widget }) => widget === 'relation');
  expect(relations.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['owner', 'sources', 'related', 'see', 'variables']),
  );
  for (const { collection, file } of relations) {
    const found = collections.find(({ name }) => name === collection);
    expect(found?.name).toBe(collection);
    if (file) expect(found.files.map(({ name }: Data) => name)).toContain(file);
  }
});

test('a field says what it is for, in the words of the schema', () => {
  const summary = files.find(({ name }) => name === 'runbook').fields.find((field: Data) => field.name === 'summary');
  expect(summary).toMatchObject({
    label: 'Summary',
    widget: 'text',
    required: true,
    maxlength: 300,
    hint: 'What one has done at its end',
  });
});

test('no form is given a name twice, and each brings the text that its file had', () => {
  for (const { fields: own } of files) {
    const names = own.map(({ name }: Data) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('_before');
  }
});
