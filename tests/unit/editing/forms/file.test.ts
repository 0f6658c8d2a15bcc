import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { accessOf } from '#editing/forms/backend.ts';
import { type Format, formsOf } from '#editing/forms/config.ts';
import { openPage, openYaml, savePage, saveYaml } from '#editing/forms/file.ts';
import { opened } from '../../../support/forms.ts';

const { formats, config } = formsOf(accessOf(undefined).backend);
const formatOf = (name: string): Format => {
  const found = formats.find((format) => format.name === `slipway-${name}`);
  if (!found) throw new Error(`There are no forms for ${name}.`);
  return found;
};
const runbook = formatOf('runbook').shape;
const glossary = formatOf('glossary').shape;
const STALE = readFileSync('content/runbooks/stale-image.yaml', 'utf8');
const GLOSSARY = readFileSync('content/glossary.yaml', 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: what a form holds is plain data
const form = (name: string, text: string, collection = name): any =>
  opened(config, collection, openYaml(formatOf(name).shape, text));
const beside = (one: string, other: string) => one.split('\n').filter((line) => !other.split('\n').includes(line));

test('a form that is opened and saved leaves its file as it is, whatever the form fills in', () => {
  let files = 0;
  for (const [kind, folder] of Object.entries({
    runbook: 'runbooks',
    lab: 'labs',
    track: 'tracks',
    quiz: 'quizzes',
    task: 'pipelines/tasks',
  }))
    for (const file of globSync(`content/${folder}/*.yaml`)) {
      const text = readFileSync(file, 'utf8');
      files++;
      expect(saveYaml(formatOf(kind).shape, form(kind, text)), file).toBe(text);
    }
  expect(files).toBeGreaterThan(100);
});

test('so does one of a file with many entries, of a walkthrough, and of a page', () => {
  for (const name of [
    'glossary',
    'references',
    'owners',
    'variables',
    'blockers',
    'newcomers',
    'reviews',
    'systems',
    'milestones',
  ]) {
    const text = readFileSync(`content/${name}.yaml`, 'utf8');
    expect(saveYaml(formatOf(name).shape, form(name, text)), name).toBe(text);
  }
  for (const file of globSync('content/pipelines/*.yaml')) {
    const text = readFileSync(file, 'utf8');
    const now = form('walkthrough', text, `walkthrough-${parse(text).kind}`);
    expect(saveYaml(formatOf('walkthrough').shape, now), file).toBe(text);
  }
  const { shape } = formatOf('page');
  for (const file of globSync('content/docs/**/*.md')) {
    const text = readFileSync(file, 'utf8');
    expect(savePage(shape, opened(config, 'page', openPage(shape, text))), file).toBe(text);
  }
});

test('a changed field changes its line', () => {
  const now = form('runbook', STALE);
  now.title = 'Find out why an image is very old';
  const text = saveYaml(runbook, now);
  expect(beside(text, STALE)).toEqual(['title: Find out why an image is very old']);
  expect(text.split('\n').length).toBe(STALE.split('\n').length);
});

test('an optional field that is emptied goes, and one that is filled in comes', () => {
  const now = form('glossary', GLOSSARY);
  const at = now.terms.findIndex((term: { more?: string; unsure?: string }) => term.more && !term.unsure);
  const { id } = now.terms[at];
  now.terms[at].more = '';
  now.terms[at].unsure = 'Nobody has said so.';
  const value = parse(saveYaml(glossary, now));
  const wanted = parse(GLOSSARY);
  delete wanted.terms[id].more;
  wanted.terms[id].unsure = 'Nobody has said so.';
  expect(value).toEqual(wanted);
});

test('a new entry of a glossary comes with its name, and others stay byte for byte', () => {
  const now = form('glossary', GLOSSARY);
  now.terms.push({
    id: 'new-word',
    term: 'New word',
    also: [],
    is: 'A word that nobody\nhas used before.',
    see: [],
    more: '',
    sources: [],
    unsure: '',
  });
  const text = saveYaml(glossary, now);
  expect(beside(GLOSSARY, text)).toEqual([]);
  expect(parse(text).terms['new-word']).toEqual({ term: 'New word', is: 'A word that nobody\nhas used before.' });
});

test('a step that is put in between keeps the comments and the lines of the others', () => {
  const now = form('runbook', STALE);
  now.steps.splice(1, 0, {
    id: 'wait',
    title: 'Wait',
    risk: 'read',
    where: 'laptop',
    text: '',
    run: 'sleep 1\n\necho done',
    undo: null,
    verify: null,
    branches: [],
  });
  const text = saveYaml(runbook, now);
  expect(beside(STALE, text)).toEqual([]);
  expect(parse(text).steps[1]).toEqual({
    id: 'wait',
    title: 'Wait',
    risk: 'read',
    where: 'laptop',
    run: 'sleep 1\n\necho done',
  });
});

test('a way back is one of two, and may become the other', () => {
  const text = readFileSync('content/runbooks/roll-back-tag.yaml', 'utf8');
  const now = form('runbook', text);
  const at = now.steps.findIndex((step: { undo?: { _is: string } | null }) => step.undo?._is === 'run');
  expect(at).toBeGreaterThanOrEqual(0);
  now.steps[at].undo = { _is: 'none', none: 'Nothing brings it back.' };
  expect(parse(saveYaml(runbook, now)).steps[at].undo).toEqual({ none: 'Nothing brings it back.' });
});

test('what no form can show is written as YAML, and a mistake in it is told', () => {
  const file = globSync('content/labs/*.yaml').find((name) => parse(readFileSync(name, 'utf8')).given);
  const text = readFileSync(file ?? '', 'utf8');
  const now = form('lab', text);
  now.given[0] = 'kind: Pod\nmetadata: { name: x }';
  expect(parse(saveYaml(formatOf('lab').shape, now)).given[0]).toEqual({ kind: 'Pod', metadata: { name: 'x' } });
  now.given[0] = 'kind: [';
  expect(() => saveYaml(formatOf('lab').shape, now)).toThrow(/holds no YAML: .* Correct it, then save again\./);
});

test('a new file holds what was filled in, and the fields that have one value', () => {
  const now = opened(config, 'owners', {});
  expect(
    parse(
      saveYaml(formatOf('owners').shape, {
        ...now,
        entries: [
          { id: 'us', name: 'Us', asks: 'All.', places: [{ title: 'Here', url: '' }], sources: [{ title: 'We' }] },
        ],
      }),
    ),
  ).toEqual({
    us: { name: 'Us', asks: 'All.', places: [{ title: 'Here' }], sources: [{ title: 'We' }] },
  });
});

test('of a walkthrough, a path shows its stages, and a changed one differs in its line', () => {
  const text = readFileSync('content/pipelines/life-of-a-change.yaml', 'utf8');
  const now = form('walkthrough', text, 'walkthrough-path');
  now.stages[0].title = 'Somebody proposes a change';
  const saved = saveYaml(formatOf('walkthrough').shape, now);
  expect(beside(saved, text)).toEqual(['    title: Somebody proposes a change']);
  expect(saved.split('\n').length).toBe(text.split('\n').length);
});

test('the text of a page and its front matter are saved apart, and what the form does not know stays', () => {
  const { shape } = formatOf('page');
  const text = '---\ntitle: A page # name\nkind: site\nsidebar:\n  order: 2\n---\n\nOne.\nTwo.\n';
  const now = opened(config, 'page', openPage(shape, text));
  expect(savePage(shape, { ...now, title: 'The page' })).toBe(text.replace('A page', 'The page'));
  expect(savePage(shape, { ...now, body: 'One.\r\nThree.' })).toBe(text.replace('Two', 'Three'));
});

test('a page without front matter gets one, and a form of nothing has the lists that must be there', () => {
  const { shape } = formatOf('page');
  expect(savePage(shape, { ...openPage(shape, 'Only text.\n'), title: 'A' })).toBe(
    '---\ntitle: A\n---\n\nOnly text.\n',
  );
  expect(saveYaml(runbook, {})).toBe('steps: []\nsources: []\n');
});
