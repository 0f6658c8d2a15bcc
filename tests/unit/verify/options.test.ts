import { expect, test } from 'vitest';
import { optionsOf } from '#verify/options.ts';

test('all runbooks go into the record of the project', () => {
  expect(optionsOf([])).toMatchObject({ only: null, out: 'content/runbooks/record.json', older: false });
});

test('a part of them never replaces that record', () => {
  expect(optionsOf(['--only', 'a, b.yaml', '--only', 'c'])).toMatchObject({ only: ['a', 'b', 'c'], out: null });
  expect(optionsOf(['--only', 'a', '--out', 'x.json'])).toMatchObject({ out: 'x.json' });
});

test.each([[['--unknown']], [['--only', '../x']], [['stray']]])('%j is wrong use', (args) => {
  expect(() => optionsOf(args)).toThrow(TypeError);
});
