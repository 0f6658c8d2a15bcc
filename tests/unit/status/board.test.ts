import { expect, test } from 'vitest';
import { foldedText, inBoardOrder, layBoard, orderReleases } from '#status/board.ts';
import { type CellView, cellOf } from '#status/cell.ts';
import type { State } from '#status/states.ts';
import { image, snapshot } from '../../support/snapshot.ts';

function cells(states: Record<string, State>): CellView[] {
  return Object.entries(states).map(([id, state]) => cellOf(image(id, state), undefined, snapshot([])));
}

test('puts the channels of a variant one under the other, and a release in a column of its own', () => {
  const { tables } = layBoard(
    cells({ 'development/standard/45': 'fresh', 'production/standard/45': 'fresh', 'production/standard/44': 'stale' }),
  );
  expect(tables).toHaveLength(1);
  expect(tables[0]?.columns).toEqual(['45', '44']);
  expect(
    tables[0]?.groups[0]?.rows.map(({ channel, cells: row }) => [channel, ...row.map((cell) => cell?.state)]),
  ).toEqual([
    ['production', 'fresh', 'stale'],
    ['development', 'fresh', undefined],
  ]);
});

test('gives CoreOS, desktops and the mirror tables of their own', () => {
  const { tables } = layBoard(
    cells({
      'mirror/standard/45': 'fresh',
      'community/kinoite/45': 'fresh',
      'production/coreos/stable': 'fresh',
      'production/standard/45': 'fresh',
      'community/something/45': 'fresh',
    }),
  );
  expect(tables.map(({ id }) => id)).toEqual(['base', 'coreos', 'desktops', 'other', 'mirror']);
});

test('folds an ended release away and counts it in words', () => {
  const { tables, folded } = layBoard(
    cells({
      'production/standard/45': 'fresh',
      'production/standard/42': 'eol',
      'production/iot/42': 'eol',
      'production/iot/45': 'not-planned',
    }),
  );
  expect(tables[0]?.columns).toEqual(['45']);
  expect(tables[0]?.groups.map(({ variant }) => variant)).toEqual(['standard']);
  expect(foldedText(folded)).toBe('2 end of life, 1 not planned');
});

test('keeps a waived image in its place, though it is not counted', () => {
  const { tables } = layBoard(cells({ 'production/standard/45': 'exempt' }));
  expect(tables[0]?.groups[0]?.rows[0]?.cells[0]?.state).toBe('exempt');
});

test('orders releases from the fastest to the oldest, and streams by how close they are to users', () => {
  expect(orderReleases(['44', 'eln', 'rawhide', '46', '45', '44'])).toEqual(['rawhide', '46', '45', '44', 'eln']);
  expect(orderReleases(['rawhide', 'next', 'stable', 'testing'])).toEqual(['stable', 'testing', 'next', 'rawhide']);
});

test('orders the images of a release as the board does', () => {
  const ordered = inBoardOrder(
    cells({
      'mirror/standard/45': 'fresh',
      'development/compose/45': 'fresh',
      'development/standard/45': 'fresh',
      'production/standard/45': 'fresh',
    }),
  );
  expect(ordered.map(({ id }) => id)).toEqual([
    'production/standard/45',
    'development/standard/45',
    'development/compose/45',
    'mirror/standard/45',
  ]);
});
