import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '#editing/finding.ts';
import { onStop } from '#host/child.ts';
import { type ReportOptions, reportOptions, writeReport } from '#host/findings.ts';
import { UsageError } from '#host/options.ts';
import { provide } from '#host/provide.ts';
import { closing } from '#host/report.ts';
import { GROUPS, type Group, stagesFor } from '#host/stages.ts';
import { quietEnv, runSuite } from '#host/suite.ts';

/** Everything that must hold: `npm test`, or `npm test -- unit site [--report FILE --format code-quality|github]`. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const say = (text: string) => console.log(text);

async function main({ asked, ...report }: ReportOptions & { asked: string[] }): Promise<number> {
  const groups = asked.length === 0 || asked.includes('all') ? [...GROUPS] : GROUPS.filter((g) => asked.includes(g));
  const unknown = asked.find((name) => name !== 'all' && !GROUPS.includes(name as Group));
  if (unknown) {
    console.error(`test: there is no "${unknown}". Choose from: ${GROUPS.join(' ')} all`);
    return 2;
  }
  onStop(async () => undefined);
  const stages = stagesFor(groups);
  const { absent, browser } = await provide(stages, say);
  // The tests see the sample world, whatever the last refresh on this machine left.
  const status = join(ROOT, '.cache/test/status');
  await rm(status, { recursive: true, force: true });
  await mkdir(status, { recursive: true });
  const own = { SLIPWAY_STATUS_DIR: status, ...(browser ? { CHROMIUM: browser } : {}) };
  const findings: Finding[] = [];
  const found = (some: readonly Finding[]) => void findings.push(...some);
  const bench = { root: ROOT, env: quietEnv(process.env, own), say, found };
  const isCI = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
  const count = await runSuite(stages, bench, absent, isCI);
  await writeReport(report, findings, say);
  say(closing(count));
  return count.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(reportOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 70;
}
