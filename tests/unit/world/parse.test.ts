import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';
import { parseWorld } from '#world/parse.ts';

const FOLDER = 'content/worlds';
const FILES = readdirSync(FOLDER).filter((name) => /\.yaml(\.txt)?$/.test(name));
const TEXT = readFileSync(`${FOLDER}/fresh.yaml`, 'utf8');

test.each(FILES)('%s is a world that does not contradict itself', async (name) => {
  const world = await readWorld(`${FOLDER}/${name}`);
  expect(world.id).toBe(name.endsWith('.txt') ? 'my-world' : name.replace('.yaml', ''));
  expect(() => simulate(world)).not.toThrow();
});

test.each([
  [
    'an offset without a sign',
    'tags: { "45": [-5h, -29h] }',
    'tags: { "45": [5h] }',
    /w\.yaml:28: repositories\.0\.tags\.45\.0: write a distance from `now`/,
  ],
  ['an unknown field', 'id: fresh', 'id: fresh\ncolour: red', /colour/],
  [
    'a fault without a place to redirect to',
    'repositories:',
    'faults: [{ source: quay, kind: redirect }]\nrepositories:',
    /w\.yaml:\d+: faults\.0\.location: say where the redirect goes/,
  ],
  ['a moment that is not before', 'now:', 'before: [+3h]\nnow:', /before\.0: write a moment before `now`/],
  [
    'an added target that is none',
    'now:',
    'added: [production/none/45]\nnow:',
    /w\.yaml:\d+: added\.0: no target is called production\/none\/45/,
  ],
  [
    'a target that is wrong',
    'repository: fedora/fedora-bootc\n      tag',
    'repository: Fedora/Bootc\n      tag',
    /w\.yaml:\d+: watch\.targets\.0\.repository/,
  ],
])('%s is refused with file, line, field and remedy', (_, from, to, message) => {
  expect(TEXT).toContain(from);
  const parse = () => parseWorld(TEXT.replace(from, to), 'w.yaml');
  expect(parse).toThrow(message);
  expect(parse).toThrow('Correct this field.');
});

const TEKTON = `tekton: [{ bundle: quay.io/a/task-b, tag: 1-sample, at: -1d, file: tekton/b.yaml, edits: [{ from: old, to: new }] }]\n`;

test('the files beside a world are in it, with the edits of their versions', () => {
  const world = parseWorld(`${TEXT}\n${TEKTON}`, 'w.yaml', { 'tekton/b.yaml': 'old, old' });
  expect(world.tekton[0]).toMatchObject({ text: 'new, new', tag: '1-sample' });
});

test('an edit puts in its text as it is, whatever that would mean to a replacement', () => {
  const given = TEKTON.replace('to: new', () => 'to: "$& and $1"');
  const world = parseWorld(`${TEXT}\n${given}`, 'w.yaml', { 'tekton/b.yaml': 'kind: old' });
  expect(world.tekton[0]?.text).toBe('kind: $& and $1');
});

test.each([
  ['a file that is not there', {}, /w\.yaml:\d+: tekton\.0\.file: there is no file tekton\/b\.yaml beside the world/],
  ['an edit of nothing', { 'tekton/b.yaml': 'x' }, /tekton\.0\.edits: edit 1 finds nothing to replace/],
])('%s is refused', (_, files, message) => {
  expect(() => parseWorld(`${TEXT}\n${TEKTON}`, 'w.yaml', files)).toThrow(message);
});
