import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { http } from '#sources/http.ts';
import { report } from '#sources/report.ts';
import type { Snapshot } from '#status/model.ts';
import { snapshot } from '../../support/snapshot.ts';

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

const nowMs = Date.parse('2026-11-21T14:07:00Z');
const tallyOf = (previous: Snapshot | null, atMs = nowMs) =>
  report(previous, http({ fetch: async () => new Response(), clock: pretendClock(atMs, 50) }), atMs);
const OCI = new Set(['oci'] as const);

test('of several places that fail alike each is a problem, each since its own moment', () => {
  const first = tallyOf(null);
  first.problem('oci', null, 'unreadable', 'pipeline a: no', 'pipeline');
  const previous = { ...snapshot([]), problems: first.problems(OCI) };
  const later = tallyOf(previous, nowMs + 3_600_000);
  later.problem('oci', null, 'unreadable', 'pipeline b: no', 'pipeline');
  later.problem('oci', null, 'unreadable', 'pipeline a: no', 'pipeline');
  later.problem('oci', null, 'unreadable', 'pipeline a: no', 'pipeline');
  expect(later.problems(OCI).map(({ message, since }) => [message.slice(-14), since])).toEqual([
    ['pipeline b: no', '2026-11-21T15:07:00.000Z'],
    ['pipeline a: no', '2026-11-21T14:07:00.000Z'],
  ]);
});

test.each(['unreachable', 'timeout', 'server-error', 'rate-limited', 'token'] as const)(
  'of a source that is out, %s is one problem however many places it was asked for',
  (kind) => {
    const tally = tallyOf(null);
    for (let at = 0; at < 60; at++) tally.problem('oci', null, kind, `task bundle ${at}: no`, 'task bundle');
    expect(tally.problems(OCI)).toHaveLength(1);
  },
);

test('of very many places that fail alike the first are listed', () => {
  const tally = tallyOf(null);
  for (let at = 0; at < 60; at++) tally.problem('oci', null, 'denied', `task bundle ${at}: no`, 'task bundle');
  const problems = tally.problems(OCI);
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)?.message).toMatch(/task bundle: more than 20, of which the first are listed$/);
});
