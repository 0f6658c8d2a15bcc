import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseReferences } from '#editing/references.ts';
import { keyAnchor, keysIn, labelOf, parseLabels } from '#handbook/reference/labels.ts';

const FILE = 'content/labels.yaml';
const file = parseLabels(readFileSync(FILE, 'utf8'), FILE);
const labels = file.groups.flatMap((group) => group.labels);

test('every label and annotation that code, runbooks and labs use is told of', () => {
  const files = globSync([
    'src/**/*.{ts,astro}',
    'content/runbooks/*.yaml',
    'content/labs/*.yaml',
    'content/worlds/*.yaml',
  ]);
  const strange = files.flatMap((name) =>
    keysIn(readFileSync(name, 'utf8'))
      .filter((key) => labelOf(key, file) === null)
      .map((key) => `${name}: ${key} is not in ${FILE}`),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(strange).toEqual([]);
});

test('a key is found in a selector and in quotes; a version, a resource and an address are none', () => {
  expect(keysIn("-l 'appstudio.openshift.io/component=x,tekton.dev/pipelineRun=y'")).toEqual([
    'appstudio.openshift.io/component',
    'tekton.dev/pipelineRun',
  ]);
  expect(keysIn('tekton.dev/v1 appstudio.redhat.com/v1alpha1 components.appstudio.redhat.com/a')).toEqual([]);
  expect(keysIn('https://tekton.dev/docs')).toEqual([]);
});

test('a key without an entry of its own has that of its prefix', () => {
  expect(labelOf('pipelinesascode.tekton.dev/sender', file)?.key).toBe('pipelinesascode.tekton.dev/*');
  expect(labelOf('pipelinesascode.tekton.dev/sha', file)?.key).toBe('pipelinesascode.tekton.dev/sha');
  expect(labelOf('example.org/other', file)).toBeNull();
});

test('every entry has an id of its own and sources that there are', () => {
  expect(new Set(labels.map(({ key }) => keyAnchor(key))).size).toBe(labels.length);
  const known = parseReferences(readFileSync('content/references.yaml', 'utf8'), 'content/references.yaml');
  const strange = labels.flatMap(({ key, sources }) =>
    sources.filter((name) => !known[name]).map((name) => [key, name]),
  );
  expect(strange).toEqual([]);
});

test('a key that is told twice is refused', () => {
  const entry = '{ key: a.b/c, is: label, on: [Pod], means: It is so., writer: People., sources: [x] }';
  const twice = `schema: 1\ngroups: [{ id: a, title: A group, text: It is so., labels: [${entry}, ${entry}] }]`;
  expect(() => parseLabels(twice, 'x.yaml')).toThrow(/"a\.b\/c" is told twice/);
  expect(() => parseLabels(twice.replaceAll('a.b/c', 'a b'), 'x.yaml')).toThrow(/write prefix\/name/);
});
