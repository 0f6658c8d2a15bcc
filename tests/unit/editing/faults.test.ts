import { expect, test } from 'vitest';
import { findingsOf } from '#editing/faults.ts';
import { bodyOf, headOf } from '#editing/head.ts';
import { ContentError } from '#status/parse.ts';

test('each fault of a file is a finding at its line', () => {
  const error = new ContentError(
    'content/a.yaml:7: title: too long. Correct this field.\ncontent/a.yaml:9: steps.0: wrong. Correct this field.',
  );
  expect(findingsOf(error, 'content/a.yaml', 'data/form')).toEqual([
    {
      file: 'content/a.yaml',
      line: 7,
      rule: 'data/form',
      weight: 'blocks',
      message: 'title: too long.',
      action: 'Correct this field.',
    },
    expect.objectContaining({ line: 9, message: 'steps.0: wrong.' }),
  ]);
});

test('a fault without a line is told at the file that it names, else at the one that was read', () => {
  const told = (text: string) => findingsOf(new ContentError(text), 'content/x.yaml', 'r')[0];
  expect(told('content/runbooks/a.yaml leads to "b", which is not there. Write its id.')).toMatchObject({
    file: 'content/runbooks/a.yaml',
    line: 1,
    action: 'Write its id.',
  });
  expect(told('Two have one id. Rename one.')).toMatchObject({ file: 'content/x.yaml', action: 'Rename one.' });
});

test('what is indented belongs to the line above it', () => {
  const error = new ContentError('content/labs/a.yaml does not pass:\n  first: no\n  second: no\nSee it at work.');
  expect(findingsOf(error, 'content/labs', 'r').map(({ message }) => message)).toEqual([
    'content/labs/a.yaml does not pass: first: no second: no',
    'See it at work.',
  ]);
});

test('an error that is none of the content is a fault of the check', () => {
  expect(findingsOf(new TypeError('x is undefined'), 'content/a.yaml', 'r')[0]?.action).toContain('the check itself');
});

test('head and body of a page keep the lines that they were on', () => {
  const page = '---\ntitle: A\n---\n\nText\n';
  expect(headOf(page)).toBe('\ntitle: A\n');
  expect(bodyOf(page)).toBe('\n\n\n\nText\n');
  expect(headOf('No head\n')).toBe('');
  expect(bodyOf('No head\n')).toBe('No head\n');
});
