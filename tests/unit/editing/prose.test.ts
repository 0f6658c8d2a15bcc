import { expect, test } from 'vitest';
import { wordsOfPage, wordsOfText } from '#editing/prose/blank.ts';
import { passagesIn } from '#editing/prose/passages.ts';
import { lintData, lintPage } from '#host/prose/textlint.ts';

const page = async (text: string) => (await lintPage(text, 'a.md')).map(({ line, rule }) => `${line} ${rule}`);
const data = async (text: string) => (await lintData(text, 'a.yaml')).map(({ line, rule }) => `${line} ${rule}`);

test.each([
  ['One is here. Two is here.', '1 prose/sentence-a-line'],
  ['A tag.\nTo utilize it is\nfine.', '2 prose/better-word'],
  ['The the tag.', '1 prose/repeated-word'],
  ['It works!', '1 prose/exclamation'],
  ["It doesn't start.", '1 prose/contraction'],
  ['## A heading:', '1 prose/heading'],
  ['See [here](/a/).', '1 prose/link-text'],
  ['We use Github.', '1 prose/better-word'],
  [`${'word and '.repeat(25)}end.`, '1 prose/long-sentence'],
  ['| a | b |\n| - | - |\n| simply so | b |', '3 prose/better-word'],
  ['---\ntitle: A\n---\n\nThe the tag.', '5 prose/repeated-word'],
])('%s is told of', async (text, told) => {
  expect(await page(text)).toEqual([told]);
});

test.each([
  'Run `utilize the the !` now.',
  '```sh\nutilize the the. And Then!\n```',
  'A [tag](/simply/etc/) and <b title="the the">this</b>.',
  '- One is here. Two is here.',
  'For 1.2. Version 3 of registry.fedoraproject.org is e.g.x.',
  'import Github from "easy";\n\nText.',
  'See [the board](/status/).',
  'The image cannot simply be copied, that that is so.',
  '## What is a tag?',
])('%s is left alone', async (text) => {
  expect(await page(text)).toEqual([]);
});

test('prose inside data is told of at its line, commands are not', async () => {
  const text = [
    'title: A title.',
    'steps:',
    '  - run: |',
    '      echo "the the"',
    '    text: |',
    '      One line.',
    '      We utilize the the tag.',
    '    hints: ["It works!"]',
    'sources:',
    '  - { title: "Utilize it." }',
  ].join('\n');
  expect(await data(text)).toEqual([
    '1 prose/heading',
    '7 prose/better-word',
    '7 prose/repeated-word',
    '8 prose/exclamation',
  ]);
});

test('data that cannot be parsed has no prose, and is no error here', () => {
  expect(passagesIn('a: [b')).toEqual([]);
  expect(passagesIn('')).toEqual([]);
});

test('of a page only its words are looked at, on the lines where they were', () => {
  const text = '---\ntitle: x\n---\nA `code` at https://example.org/x and [b](/c/).\n```sh\nkubectl\n```\nEnd.\n';
  const words = wordsOfPage(text);
  expect(words.split('\n').length).toBe(text.split('\n').length);
  expect(words.replaceAll(/\s+/g, ' ').trim()).toBe('A at and [b . End.');
  expect(wordsOfText('a {{component}} of fedora-bootc:45, PipelineRun').trim()).not.toMatch(/component|PipelineRun/);
});
