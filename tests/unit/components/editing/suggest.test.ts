import { expect, test } from 'vitest';
import { sectionOf } from '#components/editing/suggest.ts';

type Part = ReturnType<Parameters<typeof sectionOf>[0]>;

const heading = (...texts: string[]) => ({
  childNodes: texts.map((textContent) => ({ textContent })),
  matches: (selector: string) => selector.includes('h2'),
  querySelector: () => null,
});
const step = { childNodes: [], matches: () => false, querySelector: () => heading('2', ' Look \n at it') };
const parts = new Map<string, Part>([
  ['sources', heading('Where this is from')],
  ['step-look', step],
  ['a b', heading('Spaced')],
  ['empty', { ...step, querySelector: () => null }],
]);
const section = (hash: string) => sectionOf((id) => parts.get(id) ?? null, hash);

test('a fragment that names a heading, or a step with one, is told by its words', () => {
  expect(section('#sources')).toEqual({ id: 'sources', heading: 'Where this is from' });
  expect(section('#step-look')).toEqual({ id: 'step-look', heading: '2 Look at it' });
  expect(section('#a%20b')).toEqual({ id: 'a b', heading: 'Spaced' });
});

test('a part without a heading is told by its own name', () => {
  expect(section('#empty')).toEqual({ id: 'empty', heading: 'empty' });
});

test.each(['', '#', '#_top', '#namespace=secret', '#%E0%A4%A', '#nothing'])(
  'a fragment like %j names no part of the page, and is not told',
  (hash) => {
    expect(section(hash)).toBeNull();
  },
);
