import { expect, test } from 'vitest';
import { parseTrack } from '#learn/catalog.ts';
import { addressOf } from '#learn/ref.ts';
import { aboutText, countText, minutesText, shareText } from '#learn/text.ts';
import { partsOf, trackView } from '#learn/view.ts';

const PLACES = {
  'page:/start/': { title: 'Start here', minutes: null },
  'page:/status/': { title: '', minutes: null },
  'quiz:bootc': { title: 'Image mode', minutes: 4, steps: 5 },
};

const viewOf = (items: string) =>
  trackView(
    parseTrack(
      `{ schema: 1, title: A track, order: 1, summary: S., audience: A., outcome: [O.], chapters: [{ id: one, title: One, items: ${items} }] }`,
      'content/tracks/first.yaml',
    ),
    PLACES,
  );

test('titles and times come from what an item leads to, unless it has its own', () => {
  const { items, minutes } = viewOf('[{ ref: "page:/start/", minutes: 4 }, { ref: "quiz:bootc", title: Questions }]');
  expect(items).toMatchObject([
    { title: 'Start here', minutes: 4, address: 'start/', checksItself: false },
    { title: 'Questions', minutes: 4, address: 'quizzes/bootc/', checksItself: true, steps: 5 },
  ]);
  expect(minutes).toBe(8);
});

test('what is optional takes none of the time', () => {
  expect(viewOf('[{ ref: "quiz:bootc" }, { ref: "page:/start/", minutes: 9, optional: true }]').minutes).toBe(4);
});

test('an item that has no title or time anywhere is refused, with what it needs', () => {
  expect(() => viewOf('[{ ref: "page:/start/" }]')).toThrow(/first\.yaml: the item "page:\/start\/" needs minutes/);
  expect(() => viewOf('[{ ref: "page:/status/" }]')).toThrow(/needs title and minutes/);
});

test('a page knows its place on each track, and what comes next', () => {
  const parts = partsOf([viewOf('[{ ref: "page:/start/", minutes: 4 }, { ref: "quiz:bootc" }]')]);
  expect(parts.get('start/')).toMatchObject([{ number: 1, of: 2, next: { title: 'Image mode' } }]);
  expect(parts.get('quizzes/bootc/')).toMatchObject([{ number: 2, next: null }]);
  expect(parts.get('elsewhere/')).toBeUndefined();
});

test('each kind has its address', () => {
  expect(['lab:a', 'quiz:a', 'track:a', 'runbook:a', 'walkthrough:a', 'page:/a/b/', 'page:/'].map(addressOf)).toEqual([
    ...['labs/a/', 'quizzes/a/', 'tracks/a/', 'runbooks/a/', 'pipelines/a/', 'a/b/', ''],
  ]);
});

test('times and counts are said as people say them', () => {
  expect([25, 60, 95, 0].map(minutesText)).toEqual(['25 min', '1 h', '1 h 35 min', '0 min']);
  expect([112, 1].map(aboutText)).toEqual(['about 1 h 50 min', 'about 5 min']);
  expect([countText(1, 'thing'), countText(2, 'thing'), countText(2, 'quiz', 'quizzes')]).toEqual([
    ...['1 thing', '2 things', '2 quizzes'],
  ]);
  expect(shareText({ done: 3, of: 12, percent: 25 })).toBe('3 of 12 done, 25 %');
  expect(shareText({ done: 12, of: 12, percent: 100 })).toBe('All 12 done');
});
