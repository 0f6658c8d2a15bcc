import { expect, test } from 'vitest';
import { ageOf, durationOf, goDuration, stateOf } from '#practice/commands/tkn/words.ts';

const NOW = Date.parse('2026-11-20T14:00:00Z');

test.each([
  ['2026-11-20T13:59:30Z', '30 seconds ago'],
  ['2026-11-20T13:59:00Z', '1 minute ago'],
  ['2026-11-20T12:00:00Z', '2 hours ago'],
  ['2026-11-13T13:00:00Z', '1 week ago'],
  [undefined, '---'],
])('%s is %s', (time, words) => {
  expect(ageOf(time, NOW)).toBe(words);
});

test('durations are as Go writes them', () => {
  expect([goDuration(45), goDuration(552), goDuration(3_600)]).toEqual(['45s', '9m12s', '1h0m0s']);
  expect(durationOf('2026-11-20T13:00:00Z', undefined)).toBe('---');
});

test.each([
  ['True', 'Succeeded', 'Succeeded'],
  ['True', 'Completed', 'Succeeded'],
  ['False', 'Failed', 'Failed'],
  ['False', 'PipelineRunTimeout', 'Failed(PipelineRunTimeout)'],
  ['False', 'Cancelled', 'Cancelled'],
  ['Unknown', 'PipelineRunPending', 'Pending'],
  ['Unknown', 'Started', 'Running(Started)'],
])('a condition %s for %s is %s', (status, reason, state) => {
  expect(stateOf({ conditions: [{ status, reason }] })).toBe(state);
});

test('without a condition nothing is claimed', () => {
  expect(stateOf({})).toBe('---');
});
