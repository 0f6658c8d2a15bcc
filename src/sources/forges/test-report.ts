import { z } from 'zod';
import { Test } from '#status/run.ts';
import { Digest, Instant } from '#status/scalars.ts';
import { safeLink } from '#status/text/words.ts';
import type { WireReport } from './gitlab.ts';

/** One public test report: the Markdown tables of an issue, of which only the documented fields are read. */

export const TestReport = z.object({ number: z.int(), at: Instant, digest: Digest, tests: z.array(Test) });
export type TestReport = z.infer<typeof TestReport>;

const DIGEST = /sha256:[0-9a-f]{64}/;
const LINK = /\[([^\]]{0,200})\]\(\s*<?(https?:\/\/[^\s)>]{1,1000})/;
const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'];
/** The fields that describe the image: they are no tests, whatever stands in their cells. */
const FIELDS = new Set([
  'image',
  'date',
  'digest',
  'imagedigest',
  'imageversion',
  'kernel',
  'kernelversion',
  'composeid',
  'bootc',
  'bootcversion',
  'rpmostree',
  'rpmostreeversion',
  'ostree',
  'ostreeversion',
  'bootupd',
  'bootupdversion',
  'bibdigest',
  'bib',
]);
const OUTCOMES: readonly [RegExp, Test['outcome']][] = [
  [/\b(fail(ed|ure)?|error)\b|❌|:x:|🔴/iu, 'failed'],
  [/\b(running|pending)\b/i, 'running'],
  [/(?<!\bnot )\bpass(ed)?\b|\bsuccess(ful)?\b|✅|:white_check_mark:|🟢/iu, 'passed'],
];
/** Failures that a count says there are none of. */
const NONE = /\b(0|no|without) (fail(ed|ures?)?|errors?)\b/gi;
const MAX_ROWS = 200;
const MAX_CELLS = 30;

type Table = readonly (readonly string[])[];

/** What a report says of the image that its digest names; null where it names none. */
export function readReport(wire: WireReport, project: string): TestReport | null {
  const tables = tablesOf(wire.description);
  const digest = tables.map(digestOf).find((found) => found !== null);
  if (!digest) return null;
  const page = `https://gitlab.com/${project}/-/issues/${wire.iid}`;
  const named = tables.flatMap((table) => testsOf(table, page, wire.created_at));
  const whole = {
    scenario: `report #${wire.iid}`,
    outcome: 'unknown',
    detail: 'No result was found in its table.',
  } as const;
  const tests = named.length > 0 ? named : [testOf(whole, page, wire.created_at)];
  return { number: wire.iid, at: wire.created_at, digest, tests: tests.slice(0, 50) };
}

function tablesOf(body: string): Table[] {
  const tables: string[][][] = [[]];
  for (const line of body.split(/\r?\n/)) {
    const cells = /^\s*\|(.*)\|\s*$/
      .exec(line)?.[1]
      ?.split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    const rows = tables.at(-1);
    if (!cells) tables.push([]);
    else if (rows && rows.length < MAX_ROWS && !cells.every((cell) => /^:?-*:?$/.test(cell)))
      rows.push(cells.slice(0, MAX_CELLS));
  }
  return tables.filter((rows) => rows.length > 0);
}

const fieldOf = (cell: string | undefined): string => (cell ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
const isDigestField = (cell: string | undefined): boolean => ['digest', 'imagedigest'].includes(fieldOf(cell));

/** From a row `digest | sha256:…`, or from the column of that name. */
function digestOf(table: Table): string | null {
  const row = table.find(([name]) => isDigestField(name));
  const column = table[0]?.findIndex(isDigestField) ?? -1;
  const cells = [...(row?.slice(1) ?? []), ...(column >= 0 ? table.slice(1).map((cells) => cells[column] ?? '') : [])];
  return cells.map((cell) => DIGEST.exec(cell)?.[0]).find((found) => found !== undefined) ?? null;
}

/** Results of a table: by rows, with a log by arch where the head names arches; by columns where the head names the digest. */
function testsOf(table: Table, page: string, at: string): Test[] {
  const [head = [], ...rows] = table;
  // A head that holds the digest itself is a row of fields.
  const isByColumn = head.some(isDigestField) && !head.some((cell) => cell.includes('sha256:'));
  const results = isByColumn
    ? (rows[0] ?? []).map((cell, index) => ({ name: head[index] ?? '', arch: undefined, cell }))
    : rows.flatMap(([name = '', ...cells]) =>
        cells.map((cell, index) => ({ name, arch: ARCHES.find((one) => head[index + 1]?.includes(one)), cell })),
      );
  return results.flatMap(({ name, arch, cell }) => {
    if (!name || FIELDS.has(fieldOf(name))) return [];
    const [whole = '', words = '', url] = LINK.exec(cell) ?? [];
    const said = (whole ? cell.replace(whole, words) : cell).replace(NONE, '');
    const outcome = OUTCOMES.find(([pattern]) => pattern.test(said))?.[1];
    if (!url && !outcome) return [];
    const scenario = [plain(name), arch].filter(Boolean).join(' on ');
    return [testOf({ scenario, outcome: outcome ?? 'unknown', detail: null }, url ?? page, at)];
  });
}

const plain = (cell: string): string => (LINK.exec(cell)?.[1] ?? cell).replace(/[`*]/g, '').slice(0, 200);

function testOf(said: Pick<Test, 'scenario' | 'outcome' | 'detail'>, url: string, at: string): Test {
  return Test.parse({ ...said, source: 'gitlab', isOptional: true, at, url: safeLink(url) });
}
