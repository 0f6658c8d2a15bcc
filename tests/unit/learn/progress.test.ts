import { expect, test } from 'vitest';
import {
  isDone,
  merged,
  nothingDone,
  type Progress,
  renamed,
  stepsOf,
  withDone,
  without,
  withStep,
} from '#learn/progress.ts';

const FIRST = '2026-11-20T10:00:00.000Z';
const LATER = '2026-11-21T10:00:00.000Z';

test('what is done keeps the date on which it was done first', () => {
  const once = withDone(nothingDone(), 'lab:a', FIRST);
  expect(withDone(once, 'lab:a', LATER).done).toEqual({ 'lab:a': FIRST });
  expect(withDone(withDone(nothingDone(), 'lab:a', LATER), 'lab:a', FIRST).done).toEqual({ 'lab:a': FIRST });
});

test('steps are kept by what they belong to', () => {
  const progress = withStep(withStep(nothingDone(), 'quiz:a', 'one', FIRST), 'quiz:b', 'one', LATER);
  expect(stepsOf(progress, 'quiz:a')).toEqual(['one']);
  expect(stepsOf(withStep(progress, 'quiz:a', 'two', LATER), 'quiz:a')).toEqual(['one', 'two']);
  expect(stepsOf(progress, 'quiz:c')).toEqual([]);
});

test('nothing is changed in place', () => {
  const before = Object.freeze({ schema: 1 as const, done: Object.freeze({}), steps: Object.freeze({}) });
  expect(isDone(withDone(before, 'lab:a', FIRST), 'lab:a')).toBe(true);
  expect(before.done).toEqual({});
});

test('forgetting takes the steps along, and nothing of others', () => {
  const all = withStep(withDone(withDone(nothingDone(), 'lab:a', FIRST), 'lab:b', FIRST), 'lab:a', 'one', FIRST);
  expect(without(all, ['lab:a', 'lab:never'])).toEqual({ schema: 1, done: { 'lab:b': FIRST }, steps: {} });
});

test('two merge to what either knows, whichever comes first', () => {
  const one: Progress = { schema: 1, done: { 'lab:a': LATER, 'lab:b': FIRST }, steps: { 'lab:a': { x: FIRST } } };
  const other: Progress = { schema: 1, done: { 'lab:a': FIRST }, steps: { 'lab:a': { x: LATER, y: LATER } } };
  const both = {
    schema: 1,
    done: { 'lab:a': FIRST, 'lab:b': FIRST },
    steps: { 'lab:a': { x: FIRST, y: LATER } },
  };
  expect(merged(one, other)).toEqual(both);
  expect(merged(other, one)).toEqual(both);
  expect(merged(merged(one, other), other)).toEqual(both);
});

test('names that every object has are no progress', () => {
  expect(isDone(nothingDone(), 'constructor')).toBe(false);
  expect(stepsOf(nothingDone(), 'toString')).toEqual([]);
  expect(stepsOf(withStep(nothingDone(), 'lab:a', 'constructor', FIRST), 'lab:a')).toEqual(['constructor']);
});

test('progress under an old name is found under the new one, through several renames', () => {
  const kept = withStep(withDone(nothingDone(), 'lab:old', FIRST), 'lab:old', 'one', FIRST);
  const moved = { 'lab:old': 'lab:middle', 'lab:middle': 'lab:new' };
  expect(renamed(kept, moved)).toEqual({ schema: 1, done: { 'lab:new': FIRST }, steps: { 'lab:new': { one: FIRST } } });
});

test('what is done under both the old and the new name is one thing', () => {
  const kept = withDone(withDone(nothingDone(), 'lab:old', FIRST), 'lab:new', LATER);
  expect(renamed(kept, { 'lab:old': 'lab:new' }).done).toEqual({ 'lab:new': FIRST });
});

test('names that lead in a circle end', () => {
  const kept = withDone(nothingDone(), 'lab:a', FIRST);
  expect(Object.keys(renamed(kept, { 'lab:a': 'lab:b', 'lab:b': 'lab:a' }).done)).toHaveLength(1);
});
