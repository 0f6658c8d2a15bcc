import { expect, test } from 'vitest';
import type { Condition } from '#pipeline/definition.ts';
import { coded, conditionText, joined, runNotes, subjectOf } from '#pipeline/text/condition.ts';
import { definition } from '../../../support/definitions.ts';

test.each<[string, Condition['operator'], string[], string]>([
  ['$(params.skip-checks)', 'in', ['false'], '`skip-checks` is `false`'],
  ['$(params.a)', 'in', ['x', 'y', 'z'], '`a` is `x`, `y` or `z`'],
  ['$(params.a)', 'notin', [''], '`a` is not empty'],
  ['$(tasks.init.results.build)', 'in', ['true'], '`build of init` is `true`'],
  ['$(tasks.init.status)', 'in', ['Failed'], '`status of init` is `Failed`'],
  ["'a' == 'b'", 'cel', [], "the expression `'a' == 'b'` holds"],
  ['$(params.a)', 'in', [], '`a` is anything'],
])('%s %s %j in words', (input, operator, values, text) => {
  expect(conditionText({ input, operator, values })).toBe(text);
});

test('what is no reference stays as it is', () => {
  expect(subjectOf('$(params.a)-$(params.b)')).toBe('$(params.a)-$(params.b)');
  expect(subjectOf('$(params.list[*])')).toBe('list');
});

test('foreign text cannot leave its code, nor disguise itself', () => {
  expect(coded('a`b\u202E')).toBe('`aˋb⟨U+202E⟩`');
});

test('lists of words', () => {
  expect([joined([]), joined(['a']), joined(['a', 'b']), joined(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ]);
});

test('how a task runs is told only where it is special', () => {
  const [plain, special] = definition(
    '{ name: a }\n{ name: b, retries: 2, timeout: 1h, onError: continue, matrix: { params: [{ name: P, value: [x, y] }] } }',
  ).tasks;
  expect(plain && runNotes(plain)).toEqual([]);
  expect(special && runNotes(special)).toEqual([
    'Runs once per value of `x` and `y`.',
    'Is tried again up to 2 times when it fails.',
    'Is stopped after `1h`.',
    'The run goes on when it fails.',
  ]);
});
