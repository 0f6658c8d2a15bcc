import { expect, test } from 'vitest';
import Board from '#components/editing/Board.astro';
import { boardOf, type Material } from '#editing/board.ts';
import { render, spoken } from '../../../support/render.ts';

const material = (change: Partial<Material> = {}): Material => ({
  pages: [],
  runbooks: [],
  words: [],
  sources: [],
  undocumented: [],
  outside: null,
  fileOf: (page) => ({ title: page, file: 'content/docs/a.md', line: 1 }),
  ...change,
});
const board = (change: Partial<Material>, edit: string | null = null) =>
  render(Board, { board: boardOf(material(change), '2026-11-21T12:00:00Z'), edit: () => edit });
const words = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{
      title: `<b>word ${at}</b>`,
      file: 'content/glossary.yaml',
      line: at + 2,
      sources: 0,
      isOurs: false,
      unsure: undefined,
    },
  }));

test('links that nobody has looked at are called so, and are not among what is done', async () => {
  const text = spoken(await board({}));
  expect(text).toContain('Links to other sites not looked at yet');
  expect(text.split('Where nothing waits')[1]).not.toContain('Broken links');
  const looked = { schema: 1 as const, at: '2026-11-21T03:00:00Z', asked: 1, broken: [] };
  expect(spoken(await board({ outside: looked })).split('Where nothing waits')[1]).toContain('Broken links');
});

test('the board leads to the same as data', async () => {
  expect(await board({})).toMatch(/<a href="\/contribute\/board\.json"[^>]*>as data<\/a>/);
});

test('an entry shows its file and line, and leads there where the forge is known', async () => {
  const one = words(1);
  expect(await board({ words: one })).toMatch(/<code[^>]*>content\/glossary.yaml:2<\/code>/);
  const html = await board({ words: one }, 'https://example.org/edit/content/glossary.yaml#L2');
  expect(html).toContain('href="https://example.org/edit/content/glossary.yaml#L2"');
  expect(html).toContain('&lt;b&gt;word 0');
});

test('a long list is folded and says how long it is, a short one is open', async () => {
  expect(await board({ words: words(12) })).toContain('<details open');
  const long = await board({ words: words(13) });
  expect(long).not.toContain('<details open');
  expect(spoken(long)).toContain('All 13 entries');
});
