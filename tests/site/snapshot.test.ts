import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parseSnapshot } from '#status/parse.ts';
import { BASE, fileOf, read } from '../support/site.ts';

const text = read(`${BASE}status/v1/snapshot.json`);
const snapshot = parseSnapshot(text, 'snapshot.json');
const MAPS = ['labels', 'by', 'arches'];

function compiled(): ValidateFunction {
  return new Ajv2020({ strict: true, validateFormats: false }).compile(
    JSON.parse(read(`${BASE}status/v1/snapshot.schema.json`)),
  );
}

/** The same with a further field in every object that is no map. */
function widened(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => widened(one));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, one]) => [key, widened(one, key)]);
  return { ...Object.fromEntries(fields), ...(MAPS.includes(name) ? {} : { further: { a: 1 } }) };
}

test('publishes a snapshot that its own JSON Schema accepts', () => {
  const validate = compiled();
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...JSON.parse(text), schema: 2 })).toBe(false);
});

test('publishes a schema that lets fields be added anywhere, and none be missing or of another type', () => {
  const validate = compiled();
  expect(validate(widened(JSON.parse(text)))).toBe(true);
  const { generatedAt, ...undated } = snapshot;
  expect(generatedAt).toBeTypeOf('string');
  expect(validate(undated)).toBe(false);
  const [image, ...others] = snapshot.images;
  const { verdict, ...unjudged } = image ?? { verdict: null };
  expect(verdict).not.toBeNull();
  for (const wrong of [unjudged, { ...image, arches: 'all' }, { ...image, digest: 'sha256:short' }])
    expect(validate({ ...snapshot, images: [wrong, ...others] })).toBe(false);
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
