import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kindOf } from '#sim/kube/crd.ts';
import type { Kind, Schema } from '#sim/kube/kind.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { pruned } from '#sim/kube/prune.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { type Fields, fieldsOf, isFields } from '#sim/kube/value.ts';

const DATA = new URL('../../../../../shared/data/konflux/', import.meta.url);
const lacking = existsSync(DATA) ? null : 'the definitions are not beside this checkout';
const RULES = [
  ...['type', 'enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum', 'format'],
  ...['default', 'x-kubernetes-int-or-string'],
];
const nameOf = ({ group, version, plural }: Kind): string => `${plural}.${version}.${group}`;
const customs = KINDS.filter(({ isCustom }) => isCustom);

function documents(folder: string): unknown[] {
  const at = new URL(folder, DATA);
  return readdirSync(at)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseAllDocuments(readFileSync(new URL(name, at), 'utf8')).map((one) => one.toJSON()));
}

let read: Map<string, Kind> | null = null;

/** Real kinds by name; those of their own project before those that the operator brings. */
function real(): Map<string, Kind> {
  read ??= new Map(
    ['crds-operator-bundle/', 'crds/']
      .flatMap((folder) => documents(folder).flatMap(kindOf))
      .map((kind) => [nameOf(kind), kind]),
  );
  return read;
}

const isOpen = (schema: Schema): boolean => schema['x-kubernetes-preserve-unknown-fields'] === true;

/** What ours says that theirs does not. */
function contradictions(ours: Schema, theirs: Schema, path: string): string[] {
  const said = [
    ...RULES.filter((rule) => {
      const own = theirs[rule] ?? enumOf(theirs, rule);
      // An open object stands for whatever theirs has.
      return isOpen(ours) ? false : JSON.stringify(ours[rule]) !== JSON.stringify(own);
    }),
    ...(requiredBy(ours) === requiredBy(theirs) || isOpen(ours) ? [] : ['required']),
  ].map((rule) => `${path}: ${rule}`);
  const properties = Object.entries(fieldsOf(ours['properties'])).flatMap(([name, inner]) => {
    const other = fieldsOf(theirs['properties'])[name];
    return isFields(other)
      ? contradictions(fieldsOf(inner), other, `${path}.${name}`)
      : [`${path}.${name}: no such field`];
  });
  const parts = (['items', 'additionalProperties'] as const).flatMap((part) =>
    isFields(ours[part]) ? contradictions(ours[part], fieldsOf(theirs[part]), `${path}[]`) : [],
  );
  return [...said, ...properties, ...parts];
}

const requiredBy = ({ required }: Schema): string => JSON.stringify(Array.isArray(required) ? required.toSorted() : []);

/** Some definitions say the same choice twice, in allOf. */
const enumOf = ({ allOf }: Schema, rule: string): unknown =>
  rule === 'enum' && Array.isArray(allOf) ? fieldsOf(allOf[0])['enum'] : undefined;

/** Fields of theirs that ours does not tell of. */
function unsaid(ours: Schema, theirs: Schema, path: string): string[] {
  if (isOpen(ours)) return [];
  const own = fieldsOf(ours['properties']);
  return [
    ...Object.entries(fieldsOf(theirs['properties'])).flatMap(([name, inner]) =>
      own[name] === undefined ? [`${path}.${name}`] : unsaid(fieldsOf(own[name]), fieldsOf(inner), `${path}.${name}`),
    ),
    ...(['items', 'additionalProperties'] as const).flatMap((part) =>
      isFields(ours[part]) ? unsaid(ours[part], fieldsOf(theirs[part]), `${path}[]`) : [],
    ),
  ];
}

test.for(customs.map((kind) => [nameOf(kind), kind] as const))(
  '%s is as its definition says',
  ([name, ours], { skip }) => {
    if (lacking) skip(lacking);
    const theirs = real().get(name);
    expect(theirs).toBeDefined();
    if (!theirs) return;
    const { schema, columns, ...rest } = ours;
    const { schema: other, columns: others, ...expected } = theirs;
    expect(rest).toEqual(expected);
    const plain = (all: Kind['columns']) => all.map((one) => ({ priority: 0, ...one }));
    expect(plain(columns)).toEqual(plain(others));
    expect(contradictions(schema, other, '').sort()).toEqual([]);
  },
);

test('no field is left out of the summaries, but below the parts that take anything', ({ skip }) => {
  if (lacking) skip(lacking);
  const left = customs.flatMap((kind) => {
    const theirs = real().get(nameOf(kind));
    return theirs ? unsaid(kind.schema, theirs.schema, kind.kind) : [];
  });
  expect(left).toEqual([]);
});

test('a contradiction is found', () => {
  const theirs = { type: 'object', required: ['a'], properties: { a: { type: 'string', enum: ['x'] } } };
  const ours = { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } };
  expect(contradictions(ours, theirs, '')).toEqual([': required', '.a: type', '.a: enum', '.b: no such field']);
});

interface Thing extends Fields {
  apiVersion: string;
  kind: string;
}
const isThing = (value: Fields): value is Thing =>
  typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string' && isFields(value['metadata']);

/** Whole objects anywhere in a value. */
function thingsIn(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap(thingsIn);
  if (!isFields(value)) return [];
  return isThing(value) ? [value] : Object.values(value).flatMap(thingsIn);
}

function fixtures(): [file: string, thing: Thing][] {
  const root = new URL('fixtures/', DATA);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(json|yaml)$/.test(name));
  return files.flatMap((name): [string, Thing][] =>
    parseAllDocuments(readFileSync(new URL(name, root), 'utf8'))
      .flatMap((one) => thingsIn(one.toJSON()))
      .map((thing) => [name, thing]),
  );
}

test('recorded objects are such as the summaries allow', ({ skip }) => {
  if (lacking) skip(lacking);
  let count = 0;
  const bad = fixtures().flatMap(([file, thing]) => {
    const ours = customs.find(
      ({ group, version, kind }) => thing.kind === kind && thing.apiVersion === `${group}/${version}`,
    );
    const theirs = ours && real().get(nameOf(ours));
    if (!ours || !theirs) return [];
    count += 1;
    // Some recordings are older than the definitions, and cut short.
    const told = (kind: Kind) => [
      ...faultsOf(kind, thing).map(({ field, message }) => `${field}: ${message}`),
      ...pruned(kind, thing).unknown,
    ];
    const allowed = new Set(told(theirs));
    return told(ours)
      .filter((one) => !allowed.has(one))
      .map((one) => `${file} ${thing.kind}: ${one}`);
  });
  expect(bad).toEqual([]);
  expect(count).toBeGreaterThan(50);
});

test('a field that is spelled wrong is unknown, and a version with a dot is refused', () => {
  const component = KINDS.find(({ kind, group }) => kind === 'Component' && group === 'appstudio.redhat.com');
  if (!component) throw new Error('there is no Component');
  const object = {
    spec: { componentName: 'x-3.19', source: { git: { url: 'https://example.org/sample', dockerfileURL: 'x' } } },
  };
  expect(pruned(component, object).unknown).toEqual(['spec.source.git.dockerfileURL']);
  expect(faultsOf(component, object)[0]?.field).toBe('spec.componentName');
});

test('each kind is told once, in its own words', () => {
  expect(new Set(KINDS.map(nameOf)).size).toBe(KINDS.length);
  expect(KINDS.filter(({ isCustom }) => !isCustom).map(({ plural }) => plural)).toContain('events');
});
