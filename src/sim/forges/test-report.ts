import { instant, offsetMs } from '#sim/clock.ts';
import type { registry } from '#sim/registry/registry.ts';
import type { Settled } from '#sim/settled.ts';
import type { Report } from '#world/forges.ts';
import type { Thing } from './forge.ts';

/** Test reports as issues: a table that says which image was tested, and one with a log for each test and arch. */

/** The digest of `[host/]repository:tag` at a moment; null when it had none. */
export type DigestAt = (image: string, atMs: number) => Promise<string | null>;

export function digestAt({ repos }: Settled, { shelf }: ReturnType<typeof registry>): DigestAt {
  return async (image, atMs) => {
    const [place = '', tag = ''] = image.split(/:(?=[^/]*$)/);
    const repo = repos.get(place) ?? repos.get(`quay.io/${place}`);
    if (!repo) return null;
    const { rows } = await shelf(repo, atMs);
    return rows.find((row) => row.tag === tag && row.endMs === null)?.digest ?? null;
  };
}

/** The reports that are there at a moment. */
export async function reportsOf(
  reports: readonly Report[],
  originMs: number,
  nowMs: number,
  digest: DigestAt,
): Promise<(Thing & { body: string })[]> {
  const past = reports.filter(({ at }) => originMs + offsetMs(at) <= nowMs);
  return Promise.all(
    past.map(async (report) => {
      const atMs = originMs + offsetMs(report.at);
      const createdAt = instant(atMs);
      return {
        number: report.number,
        title: `Sample test report of ${report.image}`,
        labels: [],
        assignees: [],
        author: 'sample-user',
        createdAt,
        updatedAt: createdAt,
        closedAt: null,
        mergedAt: null,
        change: null,
        body: bodyOf(report, createdAt, (await digest(report.image, atMs)) ?? 'none'),
      };
    }),
  );
}

function bodyOf({ number, image, tests }: Report, at: string, digest: string): string {
  const arches = [...new Set(Object.values(tests).flatMap((results) => Object.keys(results)))];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = (cells: readonly string[]) => row(cells.map(() => '---'));
  const facts = [
    ['Image', image],
    ['Date', at],
    ['Digest', digest],
    ['Kernel', 'sample'],
    ['Compose ID', 'sample'],
    ['BIB digest', `sha256:${'b'.repeat(64)}`],
  ];
  const results = Object.entries(tests).map(([name, byArch]) => [
    name,
    ...arches.map((arch) => {
      const outcome = Object.entries(byArch).find(([one]) => one === arch)?.[1];
      return outcome
        ? `[${outcome === 'unknown' ? 'log' : outcome}](https://example.org/sample/logs/${number}/${arch})`
        : '';
    }),
  ]);
  const [factHead, resultHead] = [
    ['Field', 'Value'],
    ['Testing Farm log', ...arches],
  ];
  return [
    row(factHead),
    rule(factHead),
    ...facts.map(row),
    '',
    row(resultHead),
    rule(resultHead),
    ...results.map(row),
  ].join('\n');
}
