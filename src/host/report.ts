import { z } from 'zod';

/** Counts of tests, read from the reports of the runners. */

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const Vitest = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

const Playwright = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** Vitest's JSON report to counts. */
export function countVitest(text: string): Count {
  const report = Vitest.parse(JSON.parse(text));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's JSON report to counts; what passed at a second try has passed. */
export function countPlaywright(text: string): Count {
  const { stats } = Playwright.parse(JSON.parse(text));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

const Counts = z.object({ passed: z.int(), failed: z.int(), skipped: z.int() });

/** The report of `npm run runbooks` to counts: each command is one. */
export function countReport(text: string): Count {
  return Counts.parse(JSON.parse(text));
}

/** Counts of one runner, where an end that the report does not explain is a failure of its own. */
export function settle(code: number, report: string | null, count: (text: string) => Count): Count {
  let counted: Count = { passed: 0, failed: 0, skipped: 0 };
  let isRead = false;
  try {
    if (report !== null) {
      counted = count(report);
      isRead = true;
    }
  } catch {
    // Counted as a crash below.
  }
  const isCrash =
    !isRead || (code !== 0 && counted.failed === 0) || counted.passed + counted.failed + counted.skipped === 0;
  return isCrash ? { ...counted, failed: counted.failed + 1 } : counted;
}

/** All counts together. */
export function sum(counts: readonly Count[]): Count {
  const total = (key: keyof Count) => counts.reduce((all, count) => all + count[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The one line that closes a run of the tests. */
export function closing({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
