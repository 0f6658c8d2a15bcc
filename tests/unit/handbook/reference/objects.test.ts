import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KindFacts, kindViews, parseObjectWords } from '#handbook/reference/objects.ts';
import { CUSTOM_KINDS } from '#reference-loader.ts';

const FILE = 'content/objects.yaml';
const text = readFileSync(FILE, 'utf8');
const views = kindViews(CUSTOM_KINDS, parseObjectWords(text, FILE, CUSTOM_KINDS));
const facts: KindFacts = {
  ...{ group: 'example.org', version: 'v1', kind: 'Ship', plural: 'ships', shortNames: [], isNamespaced: true },
  columns: [],
  schema: { type: 'object', properties: { spec: { type: 'object', properties: { sail: { type: 'string' } } } } },
};
const words = (kind: string, fields: string, everywhere = 'spec: What is asked for.') => `schema: 1
kinds:
  ${kind}:
    is: A ship.
    sources: [tekton]
    fields: ${fields}
everywhere: { ${everywhere} }
`;
const parsed = (...parts: Parameters<typeof words>) => parseObjectWords(words(...parts), 'x.yaml', [facts]);

test('every kind has an address of its own, and every field an id of its own on its page', () => {
  expect(new Set(views.map(({ address }) => address)).size).toBe(views.length);
  for (const { kind, fields } of views)
    expect(new Set(fields.map(({ anchor }) => anchor)).size, kind).toBe(fields.length);
  expect(views.map(({ address }) => address)).toEqual(
    expect.arrayContaining(['component', 'component-konflux-ci-dev']),
  );
});

test('nearly every field is described', () => {
  const all = views.reduce((sum, { fields }) => sum + fields.length, 0);
  const described = views.reduce((sum, view) => sum + view.described, 0);
  expect(all).toBeGreaterThan(1_000);
  expect(described / all).toBeGreaterThan(0.98);
});

test('a field takes the words of its own kind before those of every kind', () => {
  const [view] = kindViews([facts], parsed('ships.example.org', '{ spec: Its rig. }', 'spec: Else., sail: The sail.'));
  expect(view?.fields.map(({ path, description }) => [path, description])).toEqual([
    ['spec', 'Its rig.'],
    ['spec.sail', 'The sail.'],
  ]);
});

test('words for what there is not are refused with their line', () => {
  expect(() => parsed('ships.example.org', '{ spec.oar: An oar. }')).toThrow(
    /^x\.yaml:6: .*the kind has no such field/,
  );
  expect(() => parsed('boats.example.org', '{}')).toThrow(/"ships.example.org" is lacking[\s\S]*no table of/);
  expect(() => parsed('ships.example.org', '{}', 'oar: An oar.')).toThrow(
    /everywhere\.oar: no path of any kind ends so/,
  );
  expect(() => parseObjectWords('schema: 2', 'x.yaml', [facts])).toThrow(/x\.yaml/);
});
