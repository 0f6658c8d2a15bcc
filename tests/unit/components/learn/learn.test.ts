import { expect, test } from 'vitest';
import PartOf from '#components/learn/PartOf.astro';
import Question from '#components/learn/Question.astro';
import Unkept from '#components/learn/Unkept.astro';
import type { Part } from '#learn/view.ts';
import { render, spoken } from '../../../support/render.ts';

const ITEM: Part['item'] = {
  ...{ ref: 'page:/sample/', title: 'Sample', address: 'sample/', kind: 'page', minutes: 5, why: '' },
  ...{ optional: false, checksItself: false, steps: null },
};
const TRACK: Part['track'] = { id: 'sample', title: 'Sample track' };

test('a page says on which track it lies, and what comes next or that this is the end', async () => {
  const lab = { ...ITEM, title: 'A lab', kind: 'lab', checksItself: true };
  const between = await render(PartOf, { parts: [{ track: TRACK, item: ITEM, number: 4, of: 9, next: lab }] });
  expect(spoken(between)).toContain('Part of Sample track, 4 of 9. Next: A lab (lab)');
  const last = await render(PartOf, { parts: [{ track: TRACK, item: ITEM, number: 9, of: 9, next: null }] });
  expect(spoken(last)).toContain('Part of Sample track, 9 of 9. This is its end.');
});

test('the answer of a question is named by its number where there are several', async () => {
  const question = {
    ...{ id: 'sample', ask: 'Which?', several: false },
    options: [
      { id: 'one', text: 'This', right: true, feedback: 'It is.' },
      { id: 'two', text: 'That', right: false, feedback: 'It is not.' },
    ],
  };
  const props = { question, group: 'sample', more: null, edit: null };
  const second = spoken(await render(Question, { ...props, number: 2 }));
  expect(second).toContain('Answer of question 2');
  expect(second).toContain('This Right. It is. That Not right. It is not.');
  expect(spoken(await render(Question, { ...props, number: null }))).not.toContain('of question');
});

test('where nothing is kept the reader is told what to do', async () => {
  expect(spoken(await render(Unkept, {}))).toContain('or export your progress before you go.');
});
