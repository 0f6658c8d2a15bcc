import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProse } from '#host/prose/prose.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-prose-'));
  await mkdir(join(root, 'content/docs'), { recursive: true });
  await mkdir(join(root, 'content/runbooks'), { recursive: true });
  await writeFile(join(root, 'content/words.txt'), '# ours\nbootc # a tool\n');
  await writeFile(join(root, 'content/.markdownlint-cli2.yaml'), 'config: { default: true, MD041: false }\n');
  await writeFile(
    join(root, 'content/docs/a.md'),
    '---\ntitle: A recieved page\n---\n\nA bootc image is recieved.\n* item\n',
  );
  await writeFile(join(root, 'content/runbooks/b.yaml'), 'schema: 1\nsummary: All is wel defined.\nrun: recieve\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('spelling, form and style of pages and data are told at their lines, and nothing of it blocks', async () => {
  const found = await checkProse(root, [], join(root, 'no-site'));
  expect(found.every(({ weight }) => weight === 'suggests')).toBe(true);
  const told = found.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  expect(told).toEqual(expect.arrayContaining(['content/docs/a.md:2 spelling', 'content/docs/a.md:6 markdown/MD032']));
  expect(found.filter(({ rule }) => rule === 'spelling').map(({ message }) => message)).toEqual([
    '"recieved" is in no dictionary.',
  ]);
});

test('only what is named is looked at', async () => {
  const found = await checkProse(root, ['content/runbooks/b.yaml'], join(root, 'no-site'));
  expect(found.filter(({ file }) => file !== 'content/runbooks/b.yaml')).toEqual([]);
});

test('a word list that is not there is an error, and not an empty report', async () => {
  await expect(checkProse(join(root, 'nowhere'), [], root)).rejects.toThrow(/words\.txt/);
});

test('a file that is named by another way is found, and one that is not there is an error', async () => {
  const found = await checkProse(root, [join(root, 'content/docs/a.md')], join(root, 'no-site'));
  expect(new Set(found.map(({ file }) => file))).toEqual(new Set(['content/docs/a.md']));
  expect(await checkProse(root, ['./content/docs/a.md'], join(root, 'no-site'))).not.toEqual([]);
  await expect(checkProse(root, ['content/docs/b.md'], join(root, 'no-site'))).rejects.toThrow(/Correct its path/);
});

test('a remark stands where it belongs behind a sign of two units', async () => {
  const text = '---\ntitle: B\n---\n\nA \u{1F600}\u{1F600} `please` is code, and please is not.\n';
  await writeFile(join(root, 'content/docs/emoji.md'), text);
  const found = await checkProse(root, ['content/docs/emoji.md'], join(root, 'no-site'));
  await rm(join(root, 'content/docs/emoji.md'));
  const better = found.filter(({ rule }) => rule === 'prose/better-word');
  expect(better.map(({ column }) => column)).toEqual(
    [text.split('\n')[4]?.lastIndexOf('please') ?? 0].map((at) => at + 1),
  );
});
