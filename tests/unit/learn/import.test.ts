import { expect, test } from 'vitest';
import { gainOf, gainText } from '#learn/import.ts';
import { nothingDone, withDone, withStep } from '#learn/progress.ts';

const AT = '2026-11-21T10:00:00.000Z';
const KNOWN = new Set(['lab:a', 'lab:b', 'quiz:c']);

test('says what an import adds, what is known, and what this site does not have', () => {
  const before = withDone(nothingDone(), 'lab:a', AT);
  const other = withStep(
    ['lab:a', 'lab:b', 'lab:gone'].reduce((progress, ref) => withDone(progress, ref, AT), nothingDone()),
    ...(['quiz:c', 'one', AT] as const),
  );
  const gain = gainOf(before, other, KNOWN);
  expect(gain).toEqual({ done: ['lab:b', 'lab:gone'], steps: 1, known: 1, unknown: ['lab:gone'] });
  expect(gainText(gain, 2)).toEqual([
    'It adds 2 things done and 1 step.',
    '1 thing in it is done here already.',
    '1 name in it is not on this site, and is kept without being counted.',
    '2 fields in it could not be read and are left out.',
  ]);
});

test('an import that adds nothing says so', () => {
  const same = withDone(nothingDone(), 'lab:a', AT);
  expect(gainText(gainOf(same, same, KNOWN), 0)[0]).toMatch(/adds nothing/);
});
