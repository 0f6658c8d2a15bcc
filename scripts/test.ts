import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from '#host/browser.ts';
import { onStop } from '#host/child.ts';
import { type Absent, CLIENTS, type Client, ensureClients } from '#host/clients.ts';
import { thisMachine } from '#host/machine.ts';
import { closing } from '#host/report.ts';
import { GROUPS, type Group, type Stage, stagesFor } from '#host/stages.ts';
import { quietEnv, runSuite } from '#host/suite.ts';

/** Everything that must hold: `npm test`, or `npm test -- unit site` for a part. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const say = (text: string) => console.log(text);

async function main(asked: string[]): Promise<number> {
  const groups = asked.length === 0 || asked.includes('all') ? [...GROUPS] : GROUPS.filter((g) => asked.includes(g));
  const unknown = asked.find((name) => name !== 'all' && !GROUPS.includes(name as Group));
  if (unknown) {
    console.error(`test: there is no "${unknown}". Choose from: ${GROUPS.join(' ')} all`);
    return 2;
  }
  onStop(async () => undefined);
  const stages = stagesFor(groups);
  const { absent, browser } = await provide(stages);
  // The tests see the sample world, whatever the last refresh on this machine left.
  const status = join(ROOT, '.cache/test/status');
  await rm(status, { recursive: true, force: true });
  await mkdir(status, { recursive: true });
  const own = { SLIPWAY_STATUS_DIR: status, ...(browser ? { CHROMIUM: browser } : {}) };
  const bench = { root: ROOT, env: quietEnv(process.env, own), say };
  const isCI = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
  const count = await runSuite(stages, bench, absent, isCI);
  say(closing(count));
  return count.failed > 0 ? 1 : 0;
}

async function provide(stages: readonly Stage[]): Promise<{ absent: Absent[]; browser: string | null }> {
  const machine = thisMachine(say);
  const needs = new Set(stages.flatMap((stage) => stage.needs));
  const absent = await ensureClients(
    machine,
    (Object.keys(CLIENTS) as Client[]).filter((name) => needs.has(name)),
  );
  if (!needs.has('browser')) return { absent, browser: null };
  const { chromium } = await import('@playwright/test');
  const found = await ensureBrowser(machine, chromium.executablePath());
  if ('why' in found) return { absent: [...absent, found], browser: null };
  say(`browser: ${found.path}, from ${found.from}`);
  return { absent, browser: found.path };
}

process.exitCode = await main(process.argv.slice(2));
