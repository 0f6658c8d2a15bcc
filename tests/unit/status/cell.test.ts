import { expect, test } from 'vitest';
import { archesText, cellOf, cellsOf, noteOf, releaseOf, turnsOf } from '#status/cell.ts';
import { hoursAgo, image, snapshot, target } from '../../support/snapshot.ts';

const ID = 'development/standard/44';
const fresh = image(ID, 'fresh', { createdAt: hoursAgo(5), platforms: ['linux/amd64'] });

test('knows the headlines that time alone will bring', () => {
  const cell = cellOf(fresh, target(ID), snapshot([fresh]));
  expect(cell.steps.map(({ at, state }) => [at, state])).toContainEqual([hoursAgo(-31), 'aging']);
  expect(cell.steps.map(({ at }) => at)).toEqual(cell.steps.map(({ at }) => at).toSorted());
});

test('lets nothing come to a cell of sample data', () => {
  expect(cellOf(fresh, target(ID), snapshot([fresh], { mode: 'sample' })).steps).toEqual([]);
});

test('shows an image whose target is gone without guessing its time to come', () => {
  expect(cellOf(fresh, undefined, snapshot([fresh]))).toMatchObject({ state: 'fresh', steps: [], confirmed: true });
});

test('counts a turn once for every change of bucket, from the bucket before it', () => {
  const [cell] = cellsOf({ snapshot: snapshot([fresh]), targets: [target(ID)] });
  const turns = cell ? turnsOf([cell]) : [];
  expect(turns[0]).toMatchObject({ from: 'ok', to: 'attention' });
  for (const [index, turn] of turns.entries()) expect(turn.from).toBe(turns[index - 1]?.to ?? 'ok');
});

test.each([
  ['8 h old.', ''],
  ['40 h old; fresh up to 36 h.', 'fresh up to 36 h'],
  ['9 d old in a freeze until 2026-11-24: release of Fedora 45', 'in a freeze until 2026-11-24: release of Fedora 45'],
  ['s390x not in the index.', 's390x not in the index'],
  ['Waived until 2027-01-12: https://issues.example/123', 'Waived until 2027-01-12'],
  ['production/coreos/stable is 4 d behind.', 'production is 4 d behind'],
  ['5 h old. Not confirmed that this is still built.', 'Not confirmed that this is still built'],
])('says of "%s" beside its age only "%s"', (reason, note) => {
  expect(noteOf(reason)).toBe(note);
});

test('names the architectures that differ, and only counts those that do not', () => {
  const { arches } = cellOf(image(ID, 'arch-missing'), undefined, snapshot([]));
  expect(archesText(arches)).toBe('s390x: arch missing');
  expect(archesText(cellOf(fresh, undefined, snapshot([])).arches)).toBe('all 4 architectures good');
  expect(archesText(cellOf(image(ID, 'stale'), undefined, snapshot([])).arches)).toBe('all 4 architectures: stale');
});

test('calls a release unknown that no source names', () => {
  expect(releaseOf('47', [])).toEqual({ id: '47', name: 'Fedora 47', state: 'unknown', eolAt: null });
});
