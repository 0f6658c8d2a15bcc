import { z } from 'zod';
import { asSourceError } from '#sources/error.ts';
import type { Context, Pass } from '#sources/pass.ts';
import { placeOf } from '#status/blockers-file.ts';
import type { Evidence } from '#status/facets.ts';
import { type Test, Tests } from '#status/run.ts';
import { Instant } from '#status/scalars.ts';
import { iso } from '#status/time.ts';
import { readReport, TestReport } from './test-report.ts';

/** Public test reports, joined to images by digest. */

const RECORD = 'forges/test-reports.json';
const AGAIN_MS = 55 * 60_000;
const MAX_REPORTS = 300;
const MAX_TESTS = 50;

const Kept = z.object({
  project: z.string(),
  askedAt: Instant,
  etag: z.string().nullable(),
  reports: z.array(TestReport).describe('Newest first'),
});
type Kept = z.infer<typeof Kept>;

/** Adds what the newest reports say of each image; of one that none names, that it was not tested. */
export const joinReports: Pass = async (context, images) => {
  const kept = await readReports(context);
  const newest = kept?.reports[0];
  if (!kept || !newest) return images;
  return images.map((one) => ({ ...one, evidence: joined(one.evidence, kept, newest.at) }));
};

function joined(evidence: Evidence, { askedAt, reports }: Kept, lastReportAt: string): Evidence {
  if (!evidence.digest) return evidence;
  const digests = new Set([evidence.digest, ...evidence.arches.map(({ digest }) => digest)]);
  const mine = reports.filter(({ digest }) => digests.has(digest)).flatMap(({ tests }) => tests);
  // Of the same test the newest report counts.
  const byName = new Map<string, Test>();
  for (const test of mine) if (!byName.has(test.scenario)) byName.set(test.scenario, test);
  const others = evidence.tests?.of.filter(({ source }) => source !== 'gitlab') ?? [];
  const of = [...others, ...byName.values()].slice(0, MAX_TESTS);
  const checkedAt = others.length > 0 ? (evidence.tests?.checkedAt ?? askedAt) : askedAt;
  return { ...evidence, tests: Tests.parse({ checkedAt, of, lastReportAt }) };
}

/** The reports as they are known now; null where there are none. */
async function readReports({ blockers, clients, records, report, only, nowMs }: Context): Promise<Kept | null> {
  const project = blockers?.reports ? placeOf(blockers.reports)?.project : undefined;
  if (!project) return null;
  const before = readKept(await records.read(RECORD), project);
  if (!only.has('gitlab') || (before && nowMs - Date.parse(before.askedAt) < AGAIN_MS)) return before;
  const known = new Set(before?.reports.map(({ number }) => number));
  try {
    const asked = clients.forges.gitlab.reports(project, before?.etag ?? null, (number) => known.has(number));
    const told = await report.asked('gitlab', asked);
    const fresh = told?.reports.flatMap((wire) => readReport(wire, project) ?? []) ?? [];
    const renewed = new Set(fresh.map(({ number }) => number));
    const all = [...fresh, ...(before?.reports.filter(({ number }) => !renewed.has(number)) ?? [])];
    const kept: Kept = {
      project,
      askedAt: iso(nowMs),
      etag: told ? told.etag : (before?.etag ?? null),
      reports: all.sort((a, b) => b.number - a.number).slice(0, MAX_REPORTS),
    };
    await records.write(RECORD, `${JSON.stringify(kept, null, 1)}\n`);
    return kept;
  } catch (error) {
    const { kind, message } = asSourceError(error);
    report.problem('gitlab', null, kind, `test reports of ${project}: ${message}`);
    return before;
  }
}

function readKept(text: string | null, project: string): Kept | null {
  try {
    const kept = Kept.parse(JSON.parse(text ?? ''));
    return kept.project === project ? kept : null;
  } catch {
    return null;
  }
}
