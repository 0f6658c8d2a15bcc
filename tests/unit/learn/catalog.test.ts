import { expect, test } from 'vitest';
import { checkMoved, parseMoved, parseQuiz, parseTrack } from '#learn/catalog.ts';

const TRACK = `schema: 1
title: A first track
order: 10
summary: What one goes through.
audience: You know nothing of it.
outcome: [Do it]
chapters:
  - id: one
    title: The words
    items:
      - { ref: "page:/start/", minutes: 4 }
      - { ref: "quiz:bootc" }
  - id: two
    title: The rest
    items:
      - { ref: "lab:read-an-image" }
`;

const QUIZ = `schema: 1
title: A first quiz
summary: What is asked.
minutes: 4
questions:
  - id: one
    ask: Which?
    options:
      - { id: yes, text: This, right: true, feedback: "Because it is." }
      - { id: no, text: That, feedback: "Because it is not." }
  - id: two
    ask: Which ones?
    several: true
    options:
      - { id: yes, text: This, right: true, feedback: "Because it is." }
      - { id: also, text: That, right: true, feedback: "Because it is." }
      - { id: no, text: None, feedback: "Because it is not." }
sources: [{ title: Somewhere }]
`;

const trackOf = (from = '', to = '') => parseTrack(TRACK.replace(from, to), 'content/tracks/first.yaml');
const quizOf = (from = '', to = '') => parseQuiz(QUIZ.replace(from, to), 'content/quizzes/first.yaml');

test('the id of a track and of a quiz is the name of its file', () => {
  expect(trackOf()).toMatchObject({ id: 'first', next: [], chapters: [{ items: [{ optional: false }, {}] }, {}] });
  expect(quizOf()).toMatchObject({ id: 'first', questions: [{ several: false }, { several: true }] });
});

test.each<[string, string, string, RegExp]>([
  ['a field that does not exist', 'audience:', 'audiance:', /audiance/],
  [
    'two chapters with one id',
    'id: two',
    'id: one',
    /first\.yaml:13: chapters\.1\.id: two are called "one": rename one/,
  ],
  ['an item twice', '"lab:read-an-image"', '"quiz:bootc"', /"quiz:bootc" is on this track twice/],
  ['a track on a track', '"quiz:bootc"', '"track:other"', /under next, not as an item/],
  ['an address that is none by its form', '"page:/start/"', '"/start/"', /write lab:ID/],
  ['a chapter without items', '- { ref: "lab:read-an-image" }', '[]', /chapters/],
])('refuses a track with %s, and names the place', (_, from, to, said) => {
  expect(() => trackOf(from, to)).toThrow(said);
  expect(() => trackOf(from, to)).toThrow(/content\/tracks\/first\.yaml:\d+: .*Correct this field|Mend the YAML/);
});

test.each<[string, string, string, RegExp]>([
  ['no right option', 'right: true, feedback', 'feedback', /mark one option with right: true/],
  [
    'one right option where several are',
    '{ id: also, text: That, right: true,',
    '{ id: also, text: That,',
    /several are right, it says/,
  ],
  [
    'two right options where one is',
    '{ id: no, text: That,',
    '{ id: no, text: That, right: true,',
    /or write several: true/,
  ],
  ['two options with one id', '{ id: no, text: That,', '{ id: yes, text: That,', /two are called "yes"/],
  ['two questions with one id', '- id: two', '- id: one', /two are called "one"/],
  ['an option without feedback', ', feedback: "Because it is not." }', ' }', /feedback/],
  ['no source', 'sources: [{ title: Somewhere }]', 'sources: []', /sources/],
])('refuses a quiz with %s', (_, from, to, said) => {
  expect(() => quizOf(from, to)).toThrow(said);
});

test('a table of names that moved is read, also an empty one', () => {
  expect(parseMoved('"lab:old": "lab:new"\n', 'content/moved.yaml')).toEqual({ 'lab:old': 'lab:new' });
  expect(parseMoved('# nothing yet\n', 'content/moved.yaml')).toEqual({});
  expect(() => parseMoved('old: new\n', 'content/moved.yaml')).toThrow(/content\/moved\.yaml/);
});

test('a name that moved is gone, and leads to one that is there', () => {
  const check = (moved: Record<string, string>) => () => checkMoved(moved, 'moved.yaml', new Set(['lab:a']));
  expect(check({ 'lab:old': 'lab:a' })).not.toThrow();
  expect(check({ 'lab:a': 'lab:a' })).toThrow(/it is there\. Take the line out/);
  expect(check({ 'lab:old': 'lab:b' })).toThrow(/leads from "lab:old" to "lab:b", which is not there/);
});
