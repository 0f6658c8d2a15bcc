import { expect, test } from 'vitest';
import { dayFile, type Event, mergeHistory, parseHistory } from '#status/history.ts';
import { digest } from '../../support/snapshot.ts';

const event = (number: number, at = `2026-11-21T0${number}:00:00.000Z`): Event => ({
  schema: 1,
  at,
  observedAt: '2026-11-21T14:07:00.000Z',
  id: String(number).padStart(32, '0'),
  type: 'tag.moved',
  target: 'development/standard/45',
  source: 'quay',
  digest: digest(String(number)),
});
const text = (...events: Event[]) => events.map((one) => `${JSON.stringify(one)}\n`).join('');

test('joins two logs by id, sorted by time', () => {
  expect(mergeHistory(text(event(3), event(1)), text(event(2), event(1)))).toBe(text(event(1), event(2), event(3)));
});

test('joining again changes nothing, and neither does the order', () => {
  const joined = mergeHistory(text(event(1)), text(event(2)));
  expect(mergeHistory(joined, text(event(1), event(2)))).toBe(joined);
  expect(mergeHistory(text(event(2)), text(event(1)))).toBe(joined);
});

test('never changes an event that is known', () => {
  const reobserved = { ...event(1), observedAt: '2026-11-22T00:00:00.000Z' };
  expect(mergeHistory(text(event(1)), text(reobserved))).toBe(text(event(1)));
});

test('files an event under its UTC day', () => {
  expect(dayFile(event(1, '2026-11-20T23:59:59.999Z'))).toBe('2026/11/20.ndjson');
  expect(dayFile(event(1, '2026-11-21T00:00:00.000Z'))).toBe('2026/11/21.ndjson');
});

test('names the line that is not an event', () => {
  expect(() => parseHistory(`${text(event(1))}{"schema":2}\n`)).toThrow(/history line 2 is not an event/);
});
