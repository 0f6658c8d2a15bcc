import { expect, test } from 'vitest';
import { type BOARD_GROUPS, boardOf, type Material } from '#editing/board.ts';
import { datedIn } from '#editing/dated.ts';

const NOW = '2026-11-21T12:00:00Z';
const NOTHING: Material = {
  pages: [],
  runbooks: [],
  words: [],
  sources: [],
  undocumented: [],
  outside: null,
  fileOf: (page) => ({ title: page, file: `content/docs${page}index.md`, line: 1 }),
};
const page = (change: Partial<Material['pages'][number]> = {}): Material['pages'][number] => ({
  ...{ title: 'Sample', file: 'content/docs/sample.md', line: 1, kind: 'explanation', sources: 1, words: 100 },
  review: undefined,
  ...change,
});
const board = (change: Partial<Material>) => boardOf({ ...NOTHING, ...change }, NOW);
const titles = (group: (typeof BOARD_GROUPS)[number], change: Partial<Material>) =>
  board(change).groups[group].map(({ title }) => title);

test('a page without a source is open, one about the site itself is counted and needs none', () => {
  const pages = [page(), page({ title: 'Bare', sources: 0 }), page({ title: 'Ours', kind: 'site', sources: 0 })];
  expect(titles('unsourced', { pages })).toEqual(['Bare']);
  expect(board({ pages }).figures).toEqual({ pages: 3, words: 300, toSource: 2, sourced: 1, site: 1, open: 1 });
});

test('a page that does not say its kind is not taken for one about the site', () => {
  expect(titles('unsourced', { pages: [page({ kind: undefined, sources: 0 })] })).toEqual(['Sample']);
});

test('a review is open from thirty days before its day on, the earliest first', () => {
  const pages = [
    page({ title: 'soon', review: '2026-12-21' }),
    page({ title: 'later', review: '2026-12-22' }),
    page({ title: 'past', review: '2026-01-01' }),
    page({ title: 'never' }),
  ];
  expect(titles('review', { pages })).toEqual(['past', 'soon']);
});

test('a source is old after a year, and one without a day never', () => {
  const source = (title: string, date?: string) => ({ title, file: 'content/references.yaml', line: 3, date });
  const sources = [source('new', '2025-11-22'), source('old', '2025-11-21'), source('undated')];
  expect(titles('old', { sources })).toEqual(['old']);
});

test('a draft is a draft, and neither unrun nor unconfirmed', () => {
  const runbook = (title: string, change: Partial<Material['runbooks'][number]>) => ({
    ...{ title, file: 'content/runbooks/sample.yaml', line: 1, isDraft: false, notRun: null, isConfirmed: true },
    ...change,
  });
  const runbooks = [
    runbook('draft', { isDraft: true, notRun: 'draft', isConfirmed: false }),
    runbook('changed', { notRun: 'changed since' }),
    runbook('alone', { isConfirmed: false }),
    runbook('good', {}),
  ];
  expect(titles('drafts', { runbooks })).toEqual(['draft']);
  expect(titles('unrun', { runbooks })).toEqual(['changed']);
  expect(titles('unconfirmed', { runbooks })).toEqual(['alone']);
  expect(board({ runbooks }).figures.open).toBe(3);
});

test('links that nobody has looked at are not taken for good ones', () => {
  expect(board({}).outside).toBeNull();
  const broken = [{ url: 'https://example.org/gone', status: 404, why: 'It said 404.', pages: ['/a/', '/b/'] }];
  const outside = { schema: 1 as const, at: NOW, asked: 12, broken };
  expect(board({ outside }).outside).toEqual({ at: NOW, asked: 12 });
  expect(board({ outside }).groups.links).toEqual([
    { title: '/a/', file: 'content/docs/a/index.md', line: 1, detail: 'https://example.org/gone: It said 404.' },
    { title: '/b/', file: 'content/docs/b/index.md', line: 1, detail: 'https://example.org/gone: It said 404.' },
  ]);
});

test('a word is open where it names no source and is none of our own, and where its meaning is not settled', () => {
  const word = (title: string, sources: number, unsure?: string) => ({
    ...{ title, file: 'content/glossary.yaml', line: 9, sources, isOurs: title === 'ours', unsure },
  });
  const words = [word('plain', 0), word('ours', 0), word('sourced', 1), word('doubtful', 1, 'Nobody says.')];
  expect(titles('unexplained', { words })).toEqual(['plain']);
  expect(board({ words }).groups.unsure[0]).toMatchObject({ title: 'doubtful', detail: 'Nobody says.', line: 9 });
});

test('every source with a day is found in its line, without those that nobody changes any more', () => {
  const text = `own: { title: "One", url: "https://example.org/", date: 2025-01-02 }
sources:
  - title: Two
    date: 2024-03-04
  - { title: "Undated" }
  - { title: "No day", date: soon }
  - { title: "A mail", date: 2024-03-04, final: true }
`;
  expect(datedIn(text)).toEqual([
    { title: 'One', date: '2025-01-02', line: 1 },
    { title: 'Two', date: '2024-03-04', line: 3 },
  ]);
});
