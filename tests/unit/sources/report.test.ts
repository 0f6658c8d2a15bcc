import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { http } from '#sources/http.ts';
import { report } from '#sources/report.ts';

test('an address that was signed for us does not get into a problem', () => {
  const nowMs = Date.parse('2026-11-21T14:07:00Z');
  const client = http({ fetch: async () => new Response(), clock: pretendClock(nowMs, 50) });
  const tally = report(null, client, nowMs);
  tally.problem('oci', 'a/b/45', 'timeout', 'https://cdn.example/x?X-Amz-Signature=deadbeef&n=1 gave no answer');
  const [problem] = tally.problems(new Set(['oci']));
  expect(problem?.message).not.toContain('deadbeef');
  expect(problem?.message).toContain('https://cdn.example/x');
  expect(problem?.message).toContain('gave no answer');
});
