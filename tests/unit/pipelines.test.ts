import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseTargets } from '#status/parse.ts';
import { durationMs } from '#status/time.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const Job = z.looseObject({
  permissions: z.record(z.string(), z.string()).optional(),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  steps: z.array(
    z.looseObject({
      run: z.string().optional(),
      uses: z.string().optional(),
      env: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const GitHub = z.looseObject({
  on: z.looseObject({ schedule: z.array(z.object({ cron: z.string() })) }),
  permissions: z.strictObject({}),
  jobs: z.object({ test: Job, desk: Job, refresh: Job, deploy: Job }),
});
const Reporting = z.looseObject({
  script: z.array(z.string()),
  artifacts: z.looseObject({ reports: z.object({ codequality: z.string() }) }),
});
const GitLab = z.looseObject({
  test: Reporting,
  prose: Reporting.extend({ allow_failure: z.literal(true) }),
  preview: z.looseObject({ allow_failure: z.literal(true), script: z.array(z.string()) }),
  site: z.looseObject({
    resource_group: z.string(),
    script: z.array(z.string()),
    variables: z.record(z.string(), z.string()),
  }),
});

const github = GitHub.parse(parse(read('.github/workflows/site.yml')));
const gitlab = GitLab.parse(parse(read('.gitlab-ci.yml')));
const STEPS = [
  'npm run setup',
  'npm run restore:status',
  'npm run snapshot -- --scan',
  'npm run publish:status',
  'npm run build',
  'timeout 10m npm run links:outside -- --max-age 24h || true',
  'npm run publish:status',
];
const { refreshEvery } = parseTargets(read('content/status/targets.yaml'), 'targets.yaml').file;

/** Minutes between two runs of a cron line that names minutes only, around the hour. */
function gaps(cron: string): number[] {
  const [minutes = '', ...rest] = cron.split(' ');
  expect(rest).toEqual(['*', '*', '*', '*']);
  const at = minutes.split(',').map(Number);
  return at.map((minute, n) => ((at[n + 1] ?? (at[0] ?? 0) + 60) - minute) * 60_000);
}

test("GitHub's schedule has the interval that the pages print", () => {
  const crons = github.on.schedule.map(({ cron }) => cron);
  expect(crons).toHaveLength(1);
  expect(new Set(gaps(crons[0] ?? ''))).toEqual(new Set([durationMs(refreshEvery)]));
});

test("GitHub's schedule avoids the minutes that everybody takes", () => {
  const minutes = github.on.schedule[0]?.cron.split(' ')[0]?.split(',');
  expect(minutes).not.toContain('0');
  expect(minutes).not.toContain('30');
});

test('the guide for contributors names an interval for GitLab that the pages print', () => {
  const crons = [...read('CONTRIBUTING.md').matchAll(/`((?:\d+,?)+ \* \* \* \*)`/g)].map((match) => match[1] ?? '');
  expect(crons.length).toBeGreaterThan(0);
  for (const cron of crons) expect(new Set(gaps(cron))).toEqual(new Set([durationMs(refreshEvery)]));
});

test.each([
  ['GitHub', github.jobs.refresh.steps.flatMap(({ run }) => run ?? [])],
  ['GitLab', gitlab.site.script],
])('%s restores, refreshes, keeps and builds, in that order', (_forge, script) => {
  const found = script.flatMap((line) => STEPS.find((step) => line === step || line.startsWith(`${step} `)) ?? []);
  expect(found).toEqual(STEPS);
});

test('one writer at a time, and none is stopped midway', () => {
  expect(github.jobs.refresh.concurrency).toEqual({ group: 'status', 'cancel-in-progress': false });
  expect(gitlab.site.resource_group).toBe('status');
});

test('a publication refuses sample data on both forges', () => {
  const build = github.jobs.refresh.steps.find(({ run }) => run === 'npm run build');
  expect(build?.env).toMatchObject({ SLIPWAY_PUBLISH: '1', SITE: expect.any(String), BASE: expect.any(String) });
  expect(gitlab.site.variables['SLIPWAY_PUBLISH']).toBe('1');
});

test('each job on GitHub has only the rights that it needs', () => {
  expect(github.jobs.test.permissions).toEqual({ contents: 'read' });
  expect(github.jobs.desk.permissions).toEqual({ contents: 'read' });
  expect(github.jobs.refresh.permissions).toEqual({ contents: 'write', pages: 'read' });
  expect(github.jobs.deploy.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
});

test('every action is pinned to a commit', () => {
  const used = Object.values(github.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
});

test('both forges run the same tests as a person does', () => {
  expect(github.jobs.test.steps.flatMap(({ run }) => run ?? [])).toEqual(['.ci/run --format github']);
  expect(gitlab.test.script).toEqual([expect.stringMatching(/^\.ci\/run --report \S+ --format code-quality$/)]);
  expect(read('.ci/run')).toMatch(/^exec npm test -- "\$@"$/m);
});

test('what the checks of GitLab write is what the merge request reads', () => {
  for (const { script, artifacts } of [gitlab.test, gitlab.prose])
    expect(script.at(-1)).toContain(`--report ${artifacts.reports.codequality} --format code-quality`);
});

test("suggestions and the preview are in nobody's way", () => {
  expect(github.jobs.desk['continue-on-error']).toBe(true);
  const runs = github.jobs.desk.steps.flatMap(({ run }) => run ?? []);
  expect(runs).toContain('npm run prose -- --format github');
  expect(runs.join()).toContain('--out "$GITHUB_STEP_SUMMARY"');
  expect(gitlab.preview.script.join('\n')).toContain('npm run changed -- --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"');
});
