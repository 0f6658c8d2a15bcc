import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '#editing/finding.ts';
import { reportAs } from '#editing/report.ts';
import { type Ended, run } from './child.ts';
import type { Client } from './clients.ts';
import { checkContent } from './content-check.ts';
import { type Count, countPlaywright, countReport, countVitest, settle } from './report.ts';
import { checkLinks } from './site-links.ts';

/** What is run to know that everything holds. */

export interface Bench {
  root: string;
  /** Environment of all that is run. */
  env: NodeJS.ProcessEnv;
  say: (text: string) => void;
  /** Takes what a check found at a line of a file, for a report. */
  found?: (findings: readonly Finding[]) => void;
}

export interface Stage {
  group: Group;
  name: string;
  /** Clients without which it cannot be run. */
  needs: readonly (Client | 'browser')[];
  run: (bench: Bench) => Promise<Count>;
}

export const GROUPS = ['check', 'unit', 'runbooks', 'labs', 'site', 'browser', 'real'] as const;
export type Group = (typeof GROUPS)[number];

const BASES = [
  // What an address can break is tried at both, each feature at the one that breaks more.
  { name: 'at /', base: '/', dist: '.cache/test/dist', files: ['labs', 'shell', 'status'] },
  { name: 'at /slipway/', base: '/slipway/', dist: '.cache/test/dist-slipway', files: [] },
] as const;

const [ROOTED] = BASES;

/** The site in a language that nobody speaks: what can still be read was not taken from content/i18n. */
const PSEUDO = { name: 'in no language', base: '/', dist: '.cache/test/dist-pseudo' } as const;

const ASTRO = 'node_modules/astro/bin/astro.mjs';
const LIMIT_MS = 20 * 60_000;

/** Stages of these groups, in their order; what reads the built site has the build before it. */
export function stagesFor(groups: readonly Group[]): Stage[] {
  const wanted = new Set<Group>(groups);
  const stages: Stage[] = [];
  if (wanted.has('check')) stages.push(...checks());
  if (wanted.has('unit')) stages.push(vitest('unit', 'unit', ['git', 'openssl'], {}));
  if (wanted.has('runbooks')) stages.push(runbooks());
  if (wanted.has('labs')) stages.push(labs());
  if (wanted.has('site') || wanted.has('browser')) stages.push(...BASES.map((site) => build(site)));
  else if (wanted.has('check')) stages.push(build(ROOTED));
  if (wanted.has('check')) stages.push(links(ROOTED));
  for (const { name, base, dist, files } of BASES) {
    const site = { BASE: base, SLIPWAY_DIST: dist };
    if (wanted.has('site')) stages.push(vitest('site', `site ${name}`, [], site));
    if (wanted.has('browser')) stages.push(playwright(`browser ${name}`, site, files));
  }
  if (wanted.has('site'))
    stages.push(
      build(PSEUDO, { SLIPWAY_PSEUDO: '1' }),
      vitest('site', `site ${PSEUDO.name}`, [], { BASE: PSEUDO.base, SLIPWAY_DIST: PSEUDO.dist }, 'pseudo'),
    );
  if (wanted.has('real'))
    stages.push(
      vitest('real', 'real', ['skopeo', 'docker-registry', 'jq', 'rpm', 'rpmbuild', 'git', 'curl', 'openssl'], {}),
    );
  return stages;
}

function checks(): Stage[] {
  return [
    finding('content', ({ root }) => checkContent(root)),
    one('check', 'biome', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off']),
    one('check', 'astro check', [ASTRO, 'check']),
    one('check', 'knip', ['node_modules/knip/bin/knip.js']),
  ];
}

/** Links and anchors of the built site, at the lines where they were written. */
function links({ base, dist }: (typeof BASES)[number]): Stage {
  return finding('links', ({ root }) => checkLinks(root, join(root, dist), base));
}

/** A check of ours: each thing that it finds is told where it stands, and counts as one failure. */
function finding(name: string, look: (bench: Bench) => Promise<Finding[]>): Stage {
  return {
    group: 'check',
    name,
    needs: [],
    run: async (bench) => {
      const found = await look(bench);
      bench.found?.(found);
      if (found.length > 0) bench.say(await reportAs('terminal', found));
      const failed = found.filter(({ weight }) => weight === 'blocks').length;
      return { passed: failed === 0 ? 1 : 0, failed, skipped: 0 };
    },
  };
}

function build({ name, base, dist }: (typeof BASES)[number] | typeof PSEUDO, env: NodeJS.ProcessEnv = {}): Stage {
  return one('site', `build ${name}`, [ASTRO, 'build', '--outDir', dist], { BASE: base, ...env });
}

/** A program that counts as one test; what it printed is shown only when it failed. */
function one(group: Group, name: string, args: string[], env: NodeJS.ProcessEnv = {}): Stage {
  return {
    group,
    name,
    needs: [],
    run: async (bench) => {
      const ended = await start(bench, args, env, true);
      if (ended.code !== 0) bench.say(ended.output);
      return { passed: ended.code === 0 ? 1 : 0, failed: ended.code === 0 ? 0 : 1, skipped: 0 };
    },
  };
}

function vitest(
  group: Group,
  name: string,
  needs: Stage['needs'],
  env: NodeJS.ProcessEnv,
  folder: string = group,
): Stage {
  const cli = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', `tests/${folder}/`];
  // To load what is tested anew for each of hundreds of files takes longer than to test it.
  const shared = group === 'unit' ? ['--no-isolate'] : [];
  return runner(group, name, needs, countVitest, (report) => ({
    args: [...cli, ...shared, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    env,
  }));
}

/** Every command of every runbook; the record goes where the tests leave things, and not into content/. */
function runbooks(): Stage {
  const needs = ['git', 'skopeo', 'jq', 'curl', 'openssl', 'podman', 'gh'] as const;
  return runner('runbooks', 'every runbook', needs, countReport, (report) => ({
    args: ['scripts/verify-runbooks.ts', '--older', '--out', '.cache/test/runbooks.json', '--report', report],
    env: {},
  }));
}

/** Every lab in the practice shell, and again with real clients, whose output must be the same. */
function labs(): Stage {
  const needs = ['git', 'skopeo', 'jq', 'curl', 'openssl', 'podman'] as const;
  return runner('labs', 'every lab', needs, countReport, (report) => ({
    args: ['scripts/verify-labs.ts', '--real', '--report', report],
    env: {},
  }));
}

/** All files of tests/browser/, or those that are named. */
function playwright(name: string, env: NodeJS.ProcessEnv, files: readonly string[]): Stage {
  const cli = ['node_modules/@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts'];
  return runner('browser', name, ['browser'], countPlaywright, (report) => ({
    args: [...cli, ...files.map((file) => `browser/${file}.test.ts`), '--reporter=list,json'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  }));
}

function runner(
  group: Group,
  name: string,
  needs: Stage['needs'],
  count: (text: string) => Count,
  command: (report: string) => { args: string[]; env: NodeJS.ProcessEnv },
): Stage {
  return {
    group,
    name,
    needs,
    run: async (bench) => {
      const report = join(bench.root, '.cache/test', `${name.replaceAll(/\W+/g, '-')}.json`);
      await mkdir(join(bench.root, '.cache/test'), { recursive: true });
      await rm(report, { force: true });
      const { args, env } = command(report);
      const { code } = await start(bench, args, env, false);
      return settle(code, await readFile(report, 'utf8').catch(() => null), count);
    },
  };
}

function start(bench: Bench, args: string[], env: NodeJS.ProcessEnv, capture: boolean): Promise<Ended> {
  return run(process.execPath, args, { cwd: bench.root, env: { ...bench.env, ...env }, capture, timeoutMs: LIMIT_MS });
}
