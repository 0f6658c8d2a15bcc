import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_RULES } from '#editing/rules.ts';

const page = readFileSync('content/docs/contribute/style.md', 'utf8');
const rows = page.split('\n').filter((row) => row.startsWith('| ') && !/^\| (rule|---)/.test(row));
const checks = rows.map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, '') ?? '');

test('the style guide explains every rule that is looked after, and names none that is not', () => {
  const named = checks.filter((check) => check !== 'reviewers').map((check) => check.replaceAll('`', ''));
  expect(named.toSorted()).toEqual([...ALL_RULES].sort());
});

test('every rule of the style guide has an example of both kinds and says who checks it', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const cells = row.slice(2, -2).split(' | ');
    expect(cells, row).toHaveLength(4);
    expect(
      cells.every((cell) => cell.trim() !== ''),
      row,
    ).toBe(true);
    expect(cells[3], row).toMatch(/^(reviewers|`[a-z/-]+`)$/);
  }
});
