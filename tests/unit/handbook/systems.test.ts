import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseReferences } from '#editing/references.ts';
import { parseSystems } from '#handbook/systems.ts';

const known = Object.keys(parseReferences(readFileSync('content/references.yaml', 'utf8'), 'references.yaml'));
const parse = (systems: string) =>
  parseSystems(`schema: 1\ngroups: { registry: Registries }\nsystems:\n${systems}`, 'systems.yaml', ['docs']);

const row = (more: string, id = 'quay') =>
  `  - { id: ${id}, name: Quay, group: registry, what: Images are kept there., state: current, sources: [docs], ${more} }\n`;

test('the systems of the handbook parse, and each source of theirs is described', () => {
  const { groups, systems } = parseSystems(readFileSync('content/systems.yaml', 'utf8'), 'systems.yaml', known);
  const used = new Set(systems.map(({ group }) => group));
  expect(Object.keys(groups).filter((group) => !used.has(group))).toEqual([]);
  expect(systems.length).toBeGreaterThan(60);
});

test('each system of the picture is tied to another one', () => {
  const { systems } = parseSystems(readFileSync('content/systems.yaml', 'utf8'), 'systems.yaml', known);
  const onMap = systems.filter(({ map }) => map);
  const ends = new Set(onMap.flatMap(({ id, feeds }) => feeds.flatMap(({ to }) => [id, to])));
  expect(onMap.map(({ id }) => id).filter((id) => !ends.has(id))).toEqual([]);
});

test('a place may be an https address or the name of a repository in a registry', () => {
  for (const address of ['https://quay.io', 'quay.io/bootc-devel', 'quay.io/a/b-<release>-compose'])
    expect(parse(row(`address: "${address}"`)).systems[0]?.address).toBe(address);
});

test('an address that is no place is refused, with its line', () => {
  for (const address of ['javascript:alert(1)', 'http://quay.io', 'https://me:secret@quay.io', 'quay.io/a b', '../x'])
    expect(() => parse(row(`address: "${address}"`)), address).toThrow(
      /^systems\.yaml:4: systems\.0\.address: write an/,
    );
});

test('two systems of one id, an unknown group, an arrow to nowhere and an unknown source are all named', () => {
  expect(() => parse(row('') + row(''))).toThrow('"quay" is the id of another system already');
  expect(() => parse(row('').replace('group: registry', 'group: shop'))).toThrow('"shop" is none of the groups');
  expect(() => parse(row('feeds: [{ to: moon, what: light }]'))).toThrow('"moon" is no other system');
  expect(() => parse(row('feeds: [{ to: quay, what: itself }]'))).toThrow('"quay" is no other system');
  expect(() => parse(row('').replace('[docs]', '[hearsay]'))).toThrow(
    /systems\.yaml:4: systems\.0\.sources\.0: "hearsay" is no name of content\/references\.yaml/,
  );
});

test('the picture takes no more systems than it has room for', () => {
  const many = Array.from({ length: 17 }, (_, at) => row('map: true', `quay-${at}`)).join('');
  expect(() => parse(many)).toThrow('17 systems have "map: true"');
});
