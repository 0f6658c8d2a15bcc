import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_RULES } from '#editing/rules.ts';

const page = readFileSync('content/docs/contribute/style.md', 'utf8');
const rules = [...page.matchAll(/^- (.+) \((reviewers|`[a-z/-]+`)\)\\\n {2}Not so: (.+)\\\n {2}But so: (.+)$/gm)];

test('the style guide explains every rule that is looked after, and names none that is not', () => {
  const named = rules.flatMap(([, , check = '']) => (check === 'reviewers' ? [] : check.replaceAll('`', '')));
  expect(named.toSorted()).toEqual([...ALL_RULES].sort());
});

test('every rule of the style guide has an example of both kinds and says who checks it', () => {
  expect(rules.length).toBeGreaterThan(20);
  expect(page.match(/^- /gm)).toHaveLength(rules.length);
});
