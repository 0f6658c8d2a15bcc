import { expect, test } from 'vitest';
import { closing, countPlaywright, countVitest, settle, sum } from '#host/report.ts';

const vitest = (passed: number, failed: number, skipped = 0) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 });

test("counts Vitest's tests, a todo as skipped", () => {
  const text = JSON.stringify({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 });
  expect(countVitest(text)).toEqual({ passed: 5, failed: 2, skipped: 4 });
});

test("counts Playwright's tests, a flaky one as passed", () => {
  const text = JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 2, skipped: 3 } });
  expect(countPlaywright(text)).toEqual({ passed: 9, failed: 1, skipped: 3 });
});

test.each([
  ['a good run', 0, vitest(3, 0), 0],
  ['failed tests, once each', 1, vitest(3, 2), 2],
  ['an end with an error that no test explains', 1, vitest(3, 0), 1],
  ['no report at all', 0, null, 1],
  ['a report that was cut off', 0, '{"numPassed', 1],
  ['a report of another shape', 0, '{}', 1],
  ['a run of no test', 0, vitest(0, 0), 1],
])('counts the failures of %s', (_what, code, report, failed) => {
  expect(settle(code, report, countVitest).failed).toBe(failed);
});

test('closes with one line that sums everything', () => {
  const all = sum([
    { passed: 3, failed: 0, skipped: 1 },
    { passed: 4, failed: 2, skipped: 0 },
  ]);
  expect(closing(all)).toBe('7 passed, 2 failed, 1 skipped');
});
