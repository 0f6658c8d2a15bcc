import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parseSnapshot } from '#status/parse.ts';
import { BASE, fileOf, read } from '../support/site.ts';

const text = read(`${BASE}status/v1/snapshot.json`);
const snapshot = parseSnapshot(text, 'snapshot.json');

test('publishes a snapshot that its own JSON Schema accepts', () => {
  const schema = JSON.parse(read(`${BASE}status/v1/snapshot.schema.json`));
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  const validate = ajv.compile(schema);
  expect(validate(JSON.parse(text)), ajv.errorsText(validate.errors)).toBe(true);
  expect(validate({ ...JSON.parse(text), schema: 2 })).toBe(false);
});

test('publishes each image of the snapshot again under its own address, saying whether it is a sample', () => {
  for (const image of snapshot.images) {
    const one = JSON.parse(read(`${BASE}status/v1/images/${image.id}.json`));
    const { schema, generatedAt, mode, ...rest } = one;
    expect({ schema, generatedAt, mode }).toEqual({
      schema: 1,
      generatedAt: snapshot.generatedAt,
      mode: snapshot.mode,
    });
    expect(rest).toEqual(image);
  }
});

test('has a page for every image and every release of the snapshot', () => {
  for (const { id, release } of snapshot.images) {
    expect(fileOf(`status/images/${id}/`), id).not.toBeNull();
    expect(fileOf(`status/releases/${release}/`), release).not.toBeNull();
  }
});
