import { expect, test } from 'vitest';
import { cellsOf } from '#status/cell.ts';
import { STATE_CODES, STATES } from '#status/states.ts';
import { BUCKETS, countBuckets, countText, worstFirst } from '#status/summary.ts';
import { everyState, hoursAgo, image, snapshot, target, verdict } from '../../support/snapshot.ts';

const cells = cellsOf({ snapshot: snapshot(everyState()), targets: [] });

test('counts every state in its bucket, and none of those that are not counted', () => {
  const counts = countBuckets(cells);
  for (const { bucket } of BUCKETS)
    expect(counts[bucket]).toBe(STATE_CODES.filter((state) => STATES[state].bucket === bucket).length);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(STATE_CODES.length - 4);
});

test('writes the head count worst first and leaves out what is zero', () => {
  expect(countText({ bad: 3, attention: 0, 'no-signal': 1, ok: 44 })).toBe('3 bad, 1 no data, 44 ok');
  expect(countText({ bad: 0, attention: 0, 'no-signal': 0, ok: 0 })).toBe('nothing is watched');
});

test('lists what is bad first, what is fresh never', () => {
  const { urgent, later } = worstFirst(cells);
  expect(urgent.map(({ state }) => state)).toEqual(STATE_CODES.filter((state) => STATES[state].bucket === 'bad'));
  expect(later.at(0)?.bucket).toBe('attention');
  expect(later.at(-1)?.bucket).toBe('no-signal');
  expect([...urgent, ...later].some(({ bucket }) => bucket === 'ok' || bucket === 'none')).toBe(false);
});

test('lists the longest standing first among equals', () => {
  const aged = (id: string, hours: number) =>
    image(id, 'stale', { verdict: { ...verdict('stale'), since: hoursAgo(hours) } });
  const images = [aged('development/iot/44', 2), aged('development/minimal/44', 90)];
  const view = cellsOf({ snapshot: snapshot(images), targets: images.map(({ id }) => target(id)) });
  expect(worstFirst(view).urgent.map(({ variant }) => variant)).toEqual(['minimal', 'iot']);
});
