import { expect, test } from 'vitest';
import { checkLeads } from '#lab/catalog.ts';
import { labOf } from './lab.ts';

test('reads a lab whose id is the name of its file', () => {
  expect(labOf()).toMatchObject({
    id: 'count',
    role: 'viewer',
    view: { images: [] },
    steps: [{ id: 'count' }, { id: 'add' }],
  });
});

test.each<[string, string, string, RegExp]>([
  ['a field that does not exist', 'summary:', 'sumary:', /sumary/],
  ['two steps with one id', '- id: add', '- id: count', /two steps are called "count": rename one/],
  [
    'an answer where nothing is asked',
    'solution: { run: echo three >>notes.txt }',
    'solution: { answer: "3" }',
    /a step that asks has an answer/,
  ],
  [
    'a hint that holds the solution',
    'Write below what is there.',
    'Say echo three >>notes.txt there.',
    /this hint holds the solution/,
  ],
  ['a mistake that nobody can make', 'answer: "3"', '', /say how it is made: answer, run or files/],
  ['a file outside the home', 'notes.txt: |', '../notes.txt: |', /write a path below the home/],
  ['an address that leads nowhere by its form', '"page:/status/"', '"/status/"', /write lab:ID/],
  ['a level that there is not', 'level: beginner', 'level: easy', /level/],
])('refuses %s and names the file', (_, from, to, said) => {
  const read = () => labOf([from, to]);
  expect(read).toThrow(said);
  expect(read).toThrow(/content\/labs\/count\.yaml/);
});

test('refuses an answer that is none of the options', () => {
  const ask = 'ask: { question: How many lines has it? }';
  const options = (...list: string[]) => labOf([ask, `ask: { question: How many?, options: [${list.join(', ')}] }`]);
  expect(() => options('"1"', '"3"')).toThrow(/solution\.answer: write one of the options/);
  expect(() => options('"1"', '"2"')).toThrow(/wrong\.0\.answer: write one of the options/);
  expect(options('"2"', '"3"').steps[0]?.ask?.options).toEqual(['2', '3']);
});

test('refuses labs and tracks that lead to what is not there', () => {
  const known = new Set(['lab:count']);
  expect(() => checkLeads([{ file: 'a.yaml', refs: ['lab:count', 'lab:other'] }], known)).toThrow(
    'a.yaml leads to "lab:other", which is not there.',
  );
  expect(() => checkLeads([{ file: 'a.yaml', refs: ['lab:count'] }], known)).not.toThrow();
});
