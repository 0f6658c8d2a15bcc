import { expect, test } from 'vitest';
import { readReport } from '#sources/forges/test-report.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { forgeWorld } from '../../../support/forges.ts';
import { collectWorld, imageOf, snapshotOf } from '../../../support/world.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const HOUR_MS = 3_600_000;
const wire = (description: string) => ({
  iid: 7,
  title: 'Report',
  created_at: '2026-11-20T11:07:00.000Z',
  description,
});
const read = (description: string) => readReport(wire(description), 'fe/dora/reports');
const said = (description: string) =>
  read(description)?.tests.map(({ scenario, outcome, url }) => `${scenario}: ${outcome} ${url}`);

const PAGE = 'https://gitlab.com/fe/dora/reports/-/issues/7';
const DOWN = `Words before.

| Field | Value |
|:------|-------|
| Image | quay.io/x |
| digest | \`${DIGEST}\` |
| kernel | 7.0, passed on |
| BIB digest | ${OTHER} |

| Test | x86_64 | aarch64 | s390x |
| --- | --- | --- | --- |
| install | [passed](https://logs.example/1) | ❌ [log](https://logs.example/2) | |
| upgrade | [log](https://logs.example/failed/3) | [x](javascript:alert(1)) | error |
`;

test('reads a table of fields and one of results by arch', () => {
  expect(read(DOWN)).toMatchObject({ number: 7, at: '2026-11-20T11:07:00.000Z', digest: DIGEST });
  expect(said(DOWN)).toEqual([
    'install on x86_64: passed https://logs.example/1',
    'install on aarch64: failed https://logs.example/2',
    'upgrade on x86_64: unknown https://logs.example/failed/3',
    `upgrade on s390x: failed ${PAGE}`,
  ]);
});

test('reads a table whose head names the fields', () => {
  const across = `| image | image digest | bootc | install x86_64 |\n|---|---|---|---|\n| x | ${DIGEST} | 1.9 | [passed](https://logs.example/1) |`;
  expect(read(across)?.digest).toBe(DIGEST);
  expect(said(across)).toEqual(['install x86_64: passed https://logs.example/1']);
});

test('reads a table without a head, whose first row names the digest', () => {
  const bare = `| digest | ${DIGEST} |\n|---|---|\n| kernel | 7.0, passed |\n| install | passed |\n| upgrade | [failed](https://logs.example/1) |`;
  expect(read(bare)?.digest).toBe(DIGEST);
  expect(said(bare)).toEqual([`install: passed ${PAGE}`, 'upgrade: failed https://logs.example/1']);
});

test('a report without a result that we can read says so', () => {
  expect(said(`| digest | ${DIGEST} |\n|---|---|\n`)).toEqual([`report #7: unknown ${PAGE}`]);
});

test.each([
  ['12 passed, 0 failed', 'passed'],
  ['passed without errors', 'passed'],
  ['11 passed, 1 failed', 'failed'],
  ['not passed', null],
])('a cell that says "%s" is %s', (cell, outcome) => {
  const table = `| Field | Value |\n|---|---|\n| digest | ${DIGEST} |\n| install | ${cell} |`;
  expect(said(table)).toEqual([outcome ? `install: ${outcome} ${PAGE}` : `report #7: unknown ${PAGE}`]);
});

test.each([
  ['no table', 'Nothing here.'],
  ['another digest than that of the image', `| f | v |\n|---|---|\n| bib digest | ${OTHER} |`],
  ['a digest in words only', `It was ${DIGEST}.`],
  ['a digest that is cut', '| f | v |\n|---|---|\n| digest | sha256:abc |'],
  ['nothing', ''],
])('%s names no image', (_, description) => {
  expect(read(description)).toBeNull();
});

test('a hostile table is read within bounds', () => {
  const row = `|${'x|'.repeat(5_000)}\n`;
  const links = `| t${'['.repeat(500)} | [a](https://e.example/${'y'.repeat(3_000)}) |\n`.repeat(2_000);
  const found = read(`| f | v |\n|---|---|\n| digest | ${DIGEST} |\n${row}${links}`);
  expect(found?.tests.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(found).length).toBeLessThan(100_000);
});

test('the image of a report gets its results, and the others are told not to be tested', async () => {
  const snapshot = await snapshotOf(forgeWorld());
  const { tests } = imageOf(snapshot, 'development/standard/45');
  expect(tests?.of.map(({ scenario, source, outcome }) => [scenario, source, outcome])).toEqual([
    ['install on x86_64', 'gitlab', 'passed'],
    ['install on aarch64', 'gitlab', 'failed'],
  ]);
  expect(tests?.lastReportAt).toBe('2026-11-20T11:07:00.000Z');
  expect(imageOf(snapshot, 'development/minimal/45').tests).toMatchObject({
    of: [],
    lastReportAt: tests?.lastReportAt,
  });
});

test('reports are asked for hourly, and those that were read stay known when GitLab fails', async () => {
  const shelf = records(memoryShelf());
  const first = await snapshotOf(forgeWorld(), { records: shelf });
  const down = forgeWorld({ more: 'faults:\n  - { source: gitlab, kind: 503 }\n' });
  const soon = await collectWorld(down, { records: shelf, previous: first, afterMs: HOUR_MS / 2 });
  expect(soon.requests.filter((url) => url.includes('gitlab.com'))).toEqual([]);
  const later = await snapshotOf(down, { records: shelf, previous: first, afterMs: 2 * HOUR_MS });
  expect(later.images.map(({ tests }) => tests)).toEqual(first.images.map(({ tests }) => tests));
  expect(later.problems.some(({ source, kind }) => source === 'gitlab' && kind === 'server-error')).toBe(true);
});

test('with no report ever read, nothing is said of tests', async () => {
  const snapshot = await snapshotOf(forgeWorld({ more: 'faults:\n  - { source: gitlab, kind: 404 }\n' }));
  expect(snapshot.images.map(({ tests }) => tests)).toEqual([null, null]);
});
