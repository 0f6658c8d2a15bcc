import { expect, test } from 'vitest';
import { nothingDone, type Progress, withDone } from '#learn/progress.ts';
import { resumeAt, type Stop, shareOf } from '#learn/way.ts';

const stops = (...refs: string[]): Stop[] =>
  refs.map((ref) => ({ ref: ref.replace('?', ''), optional: ref.endsWith('?') }));

const did = (...refs: string[]): Progress =>
  refs.reduce(
    (progress, ref, day) => withDone(progress, ref, `2026-11-${String(day + 1).padStart(2, '0')}T10:00:00.000Z`),
    nothingDone(),
  );

test('what is optional counts for nothing, done or not', () => {
  expect(shareOf(stops('a', 'b', 'c?'), did('a', 'c'))).toEqual({ done: 1, of: 2, percent: 50 });
});

test('what is on several tracks counts once over all', () => {
  expect(shareOf([...stops('a', 'b'), ...stops('b', 'c')], did('b'))).toEqual({ done: 1, of: 3, percent: 33 });
});

test('100 percent is said where all is done and not before, 0 only where nothing is', () => {
  const many = stops(...Array.from({ length: 300 }, (_, n) => `s${n}`));
  expect(shareOf(many, did('s1')).percent).toBe(1);
  const allButOne = Object.fromEntries(many.slice(1).map(({ ref }) => [ref, '2026-11-21T10:00:00.000Z']));
  expect(shareOf(many, { schema: 1, done: allButOne, steps: {} }).percent).toBe(99);
  expect(shareOf(stops('a'), did('a')).percent).toBe(100);
  expect(shareOf(stops('a?'), did('a'))).toEqual({ done: 0, of: 0, percent: 0 });
});

test('one begins at the beginning', () => {
  expect(resumeAt(stops('a', 'b'), nothingDone())?.ref).toBe('a');
});

test('one goes on behind what was done last, not behind what is furthest', () => {
  expect(resumeAt(stops('a', 'b', 'c', 'd'), did('c', 'a'))?.ref).toBe('b');
  expect(resumeAt(stops('a', 'b', 'c', 'd'), did('a', 'c'))?.ref).toBe('d');
});

test('what was left out comes when the end is reached', () => {
  expect(resumeAt(stops('a', 'b', 'c'), did('a', 'c'))?.ref).toBe('b');
});

test('nobody is sent to what is optional, and nobody anywhere when all is done', () => {
  expect(resumeAt(stops('a', 'b?', 'c'), did('a'))?.ref).toBe('c');
  expect(resumeAt(stops('a', 'b?'), did('a'))).toBeNull();
});
