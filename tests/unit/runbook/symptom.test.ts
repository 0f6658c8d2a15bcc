import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { readRunbooks } from '#host/runbooks.ts';
import { Runbook } from '#runbook/model.ts';
import { entriesOf, rank, weightOf } from '#runbook/symptom.ts';
import { checkSymptoms } from '#runbook/symptom-check.ts';

/** A runbook with these symptoms: each its patterns, and its sample. */
function runbook(id: string, symptoms: [patterns: string[], sample: string][], status = 'ready') {
  const parsed = Runbook.parse({
    ...{ schema: 1, title: `About ${id}`, kind: 'incident', status, severity: 'minor', summary: 'A sentence.' },
    ...{ impact: 'A sentence.', component: 'build', needs: { role: 'none' } },
    symptoms: symptoms.map(([match, sample]) => ({ match, sample })),
    steps: [{ id: 'look', title: 'Look at it', risk: 'read', where: 'laptop', run: 'true' }],
    escalate: { owner: 'bootc', when: 'It does not help.' },
    sources: [{ title: 'A source' }],
  });
  return { ...parsed, id };
}

const TIMEOUT = runbook('timeout', [
  [['failed to finish within "[^"]+"'], 'PipelineRun "x" failed to finish within "1h0m0s"'],
]);
const MEMORY = runbook('memory', [
  [['OOMKilled', 'exit(ed with)? code:? 137'], 'reason: OOMKilled\n"step-build" exited with code 137'],
]);

test.each([
  ['one that fits', 'begin\nPipelineRun "a" failed to finish within "6h0m0s"\nend', ['timeout']],
  ['two, the one that fits better first', 'failed to finish within "2h"\nexit code 137', ['timeout', 'memory']],
  ['colours and other line ends', '\u001b[31mreason: OOMKilled\u001b[0m\r\nexited with code 137\r\n', ['memory']],
  ['nothing known', 'all is well', []],
  ['nothing', '  \n', []],
])('a pasted text gives its runbooks: %s', (_, text, ids) => {
  const found = rank(text, entriesOf([MEMORY, TIMEOUT]));
  expect(found.map(({ entry }) => entry.id)).toEqual(ids);
});

test('a match shows the lines that made it, by their numbers in what was pasted', () => {
  const [match] = rank('a\n\nOOMKilled\nb\nexit code 137', entriesOf([MEMORY]));
  expect(match?.lines).toEqual([
    { number: 3, text: 'OOMKilled' },
    { number: 5, text: 'exit code 137' },
  ]);
});

test('a draft is not found', () => {
  const draft = runbook('draft', [[['OOMKilled'], 'reason: OOMKilled']], 'draft');
  expect(entriesOf([draft])).toEqual([]);
});

test.each([
  ['OOMKilled', 9],
  ['a\\.b', 3],
  ['failed[^"]+"x', 8],
  ['(one|two)', 6],
  ['\\bno hosts\\s+\\d{1,3}', 8],
])('what %s says weighs %i characters', (pattern, weight) => {
  expect(weightOf(pattern)).toBe(weight);
});

test.each([
  [
    'its sample is another’s',
    [MEMORY, runbook('wrong', [[['a rare thing'], 'reason: OOMKilled\nexit code 137']])],
    /wrong\.yaml: symptoms\.0\.sample: leads to memory/,
  ],
  [
    'its sample is nobody’s',
    [runbook('none', [[['a rare thing'], 'all is well here']])],
    /none\.yaml: symptoms\.0\.sample: none of its own/,
  ],
  [
    'two fit equally',
    [runbook('a', [[['OOMKilled'], 'reason: OOMKilled']]), runbook('b', [[['OOMKilled'], 'reason: OOMKilled']])],
    /a\.yaml.*fits b as well as a/,
  ],
])('the build stops where %s', (_, runbooks, message) => {
  expect(() => checkSymptoms(runbooks)).toThrow(message);
});

test('symptoms that lead to their own runbook pass', () => {
  expect(() => checkSymptoms([MEMORY, TIMEOUT])).not.toThrow();
});

test('a long log is read to its end within a moment', () => {
  const text = `${'x'.repeat(5_000)}\n${'a line of no interest at all\n'.repeat(50_000)}exit code 137\nOOMKilled\n`;
  const begin = performance.now();
  expect(rank(text, entriesOf([MEMORY, TIMEOUT]))).toHaveLength(1);
  expect(performance.now() - begin).toBeLessThan(1_500);
});

/** Longest time of the pattern over lines of 2,000 characters, each a part of the sample again and again; throws when it does not end. */
function slowest(pattern: string, sample: string): number {
  const parts = [...new Set([sample, ...sample.split(/\n/), ...sample.split(/\s+/), ...sample])].filter(Boolean);
  const lines = parts.flatMap((part) =>
    [part, `${part} `].map((one) => one.repeat(2_000 / one.length + 1).slice(0, 2_000)),
  );
  const times =
    'const e = new RegExp(p, "i"); lines.map((line) => { const b = now(); e.test(line); return now() - b; })';
  const found: number[] = runInNewContext(
    times,
    { p: pattern, lines, now: () => performance.now() },
    { timeout: 5_000 },
  );
  return Math.max(...found);
}

test('no pattern takes long, whatever line it is given', async () => {
  expect(() => slowest('(a+)+b', `${'a'.repeat(40)}c`)).toThrow(/timed out/);
  const { runbooks } = await readRunbooks(process.cwd());
  const slow = runbooks.flatMap(({ id, symptoms }) =>
    symptoms.flatMap(({ match, sample }) =>
      match.filter((one) => slowest(one, sample) > 200).map((one) => `${id}: ${one}`),
    ),
  );
  expect(slow).toEqual([]);
}, 30_000);
