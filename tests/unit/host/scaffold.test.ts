import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewKind, PLANS } from '#editing/scaffold.ts';
import { checkContent } from '#host/content-check.ts';
import { begin } from '#host/scaffold.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-new-'));
  await cp('content', join(root, 'content'), { recursive: true });
  await cp('src/pages', join(root, 'src/pages'), { recursive: true });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const answers = { title: 'A "hard": title # of mine', summary: "It's one sentence: with a colon, and 'quotes'." };
const kinds = Object.keys(PLANS) as NewKind[];

test('each kind passes every check as it is written, with the answers in it', async () => {
  for (const kind of kinds) {
    const { file } = await begin(root, kind, 'quite-new', answers);
    const text = await readFile(join(root, file), 'utf8');
    if (kind !== 'world') expect(text, file).toContain(answers.summary);
    if (kind !== 'task') expect(text, file).toContain(answers.title);
    expect(text, file).not.toContain('Copy this file');
  }
  expect(await checkContent(root)).toEqual([]);
});

test('a page may lie in any folder, and its schema is found from there', async () => {
  const { file, page } = await begin(root, 'page', 'start/a/deep-one', answers);
  expect([file, page]).toEqual(['content/docs/start/a/deep-one.md', 'start/a/deep-one/']);
  expect(await readFile(join(root, file), 'utf8')).toContain('$schema=../../../schemas/page.schema.json');
});

test.each(kinds)('nothing that is there is written over: %s', async (kind) => {
  await begin(root, kind, 'twice', { ...answers, title: 'Twice' });
  await expect(begin(root, kind, 'twice', { ...answers, title: 'Other' })).rejects.toThrow(/already/);
});

test.each(['../up', 'Big', 'a b', '', 'a/b', '-a', 'a.yaml/x'])('"%s" is no name', async (name) => {
  await expect(begin(root, 'runbook', name, answers)).rejects.toThrow(/cannot be a name/);
});

test('an answer that is missing is asked for by its option', async () => {
  await expect(begin(root, 'lab', 'no-title', { summary: 'A sentence.' })).rejects.toThrow(/--title is missing/);
});

test('an answer of several lines cannot become other fields', async () => {
  const hostile = { title: 'One\nschema: 9', summary: '- a sentence of some words\nb: c\r\n---\n\u202Ed' };
  for (const kind of kinds) {
    const { file } = await begin(root, kind, 'many-lines', hostile);
    const text = await readFile(join(root, file), 'utf8');
    expect(text, file).not.toMatch(/^(schema: 9|b: c|- a)/m);
    expect(text, file).not.toContain('\u202E');
  }
  expect(await checkContent(root)).toEqual([]);
});

test.each(['../x', '/etc/x', 'a/../../x', 'A', 'a b', '', '.x', 'a\nb', 'x'.repeat(100)])(
  'no file is begun with the name %j',
  async (name) => {
    for (const kind of kinds) await expect(begin(root, kind, name, answers), kind).rejects.toThrow(/cannot be a name/);
  },
);
