import { expect, test } from 'vitest';
import { z } from 'zod';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';

const Step = z.strictObject({
  id: z.string().max(8),
  title: z.string().optional(),
  minutes: z.int().min(1).optional(),
  level: z.enum(['read', 'write']).optional(),
  day: z.iso.date().optional(),
  url: z.url().optional(),
  way: z
    .union([z.strictObject({ run: z.string() }), z.strictObject({ why: z.string() }), z.literal('none')])
    .optional(),
});
const File = z.strictObject({ steps: z.array(Step).min(1), names: z.record(z.string().max(3), z.string()).optional() });

function told(text: string): string[] {
  try {
    const { value, fail } = readYaml(text, 'content/a.yaml');
    const { error } = File.safeParse(value, IN_WORDS);
    return error ? fail(error.issues) : [];
  } catch (error) {
    return (error as Error).message.split('\n').map((row) => row.replace('content/a.yaml:', ''));
  }
}

test.each([
  ['a field that is missing', 'steps:\n  - title: A\n', ['2: steps.0.id: it is missing: write a text.']],
  ['a field without a value', 'steps:\n  - id:\n', ['2: steps.0.id: it is empty: write a text.']],
  [
    'a number that stands for a text',
    'steps:\n  - id: 45\n',
    ['2: steps.0.id: 45 is read as a number, and a text is meant: put it in quotes.'],
  ],
  ['a list for a text', 'steps:\n  - id: [a]\n', [/2: steps\.0\.id: a text is meant here, and not a list/]],
  ['a text for a number', 'steps:\n  - id: a\n    minutes: many\n', [/3: .*: write a number, and not "many"\./]],
  ['a number below its bound', 'steps:\n  - id: a\n    minutes: 0\n', [/3: .*: write at least 1\./]],
  ['a text that is too long', 'steps:\n  - id: abcdefghij\n', [/2: .*: write at most 8 characters\./]],
  ['an empty list', 'steps: []\n', ['1: steps: write at least 1 entry.']],
  [
    'a word that is none of the choices',
    'steps:\n  - id: a\n    level: delete\n',
    [/write one of read, write, and not "del/],
  ],
  ['a day that is none', 'steps:\n  - id: a\n    day: 1.5.2027\n', [/3: .*: write a day, as 2027-05-01\./]],
  ['an address that is none', 'steps:\n  - id: a\n    url: here\n', [/3: .*: write a whole address, as https/]],
  [
    'a name that is too long',
    'steps: [{ id: a }]\nnames:\n  long: x\n',
    [/3: names\.long: "long" cannot be a name here: write at m/],
  ],
  [
    'the form that it comes nearest to',
    'steps:\n  - id: a\n    way:\n      run: 3\n',
    ['4: steps.0.way.run: 3 is read as a number, and a text is meant: put it in quotes.'],
  ],
  ['an empty file', '', ['1: file: it is empty: write its fields, each as name: value.']],
])('a writer is told of %s', (_, text, expected) => {
  const bare = told(text).map((row) => row.replace(/ Correct this field\.$/, ''));
  expect(bare).toEqual(expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
});

test('a field that is not known is told at its own line, with the one that was meant', () => {
  const rows = told('steps:\n  - id: a\n    tilte: A\n  - id: b\n    minute: 3\n  - id: c\n    colour: red\n');
  expect(rows).toEqual([
    expect.stringMatching(/^3: steps\.0\.tilte: there is no field "tilte" \(did you mean "title"\?\)/),
    expect.stringMatching(/^5: .*\(did you mean "minutes"\?\)/),
    expect.stringMatching(/^7: .*no field "colour": what can stand here is id, title, minutes, /),
  ]);
});

test.each([
  ['a tab', 'steps:\n\t- id: a\n', /^2: A line begins with a tab\. Put spaces in its place\.$/],
  ['two columns', 'steps:\n  - id: a\n   title: b\n', /^\d: .*(column|too far).*\. [A-Z].*\.$/],
  ['a colon in a text', 'steps:\n  - id: a\n    title: One: two\n', /^3: A text holds a colon and a space.* quotes/],
  ['a quotation mark that is not closed', 'steps:\n  - id: "a\n', /^\d: A quotation mark or a bracket is not closed/],
  ['an alias of nothing', 'steps:\n  - id: *al\n', /^2: No &al stands above \*al\. Correct the name, or write out/],
])('YAML with %s is told in words that name no part of a grammar', (_, text, expected) => {
  expect(told(text)[0]).toMatch(expected);
});

test('of fields that stand twice all are told', () => {
  expect(told('steps:\n  - id: a\n    id: b\n    title: c\n    title: d\n')).toEqual([
    '3: The field "id" stands here twice. Take one of them out.',
    '5: The field "title" stands here twice. Take one of them out.',
  ]);
});
