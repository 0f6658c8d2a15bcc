import { expect, test } from 'vitest';
import type { Count } from '#host/report.ts';
import { type Stage, stagesFor } from '#host/stages.ts';
import { quietEnv, runSuite } from '#host/suite.ts';

function stage(name: string, count: Count | Error, needs: Stage['needs'] = []): Stage {
  const run = async () => {
    if (count instanceof Error) throw count;
    return count;
  };
  return { group: 'unit', name, needs, run };
}

function bench() {
  const said: string[] = [];
  return { root: '/', env: {}, said, say: (text: string) => said.push(text) };
}

const GOOD = { passed: 2, failed: 0, skipped: 0 };
const NO_JQ = [{ name: 'jq', why: 'jq is not installed.' }];

test('goes on after a stage that crashes, and counts it as failed', async () => {
  const here = bench();
  const count = await runSuite([stage('one', new Error('boom')), stage('two', GOOD)], here, [], false);
  expect(count).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(here.said).toContain('boom');
});

test('skips what lacks a client on a person’s machine, with the reason', async () => {
  const here = bench();
  const count = await runSuite([stage('real', GOOD, ['jq']), stage('unit', GOOD)], here, NO_JQ, false);
  expect(count).toEqual({ passed: 2, failed: 0, skipped: 1 });
  expect(here.said).toContain('real: skipped, jq is not installed.');
});

test('fails what lacks a client on CI', async () => {
  const count = await runSuite([stage('real', GOOD, ['jq'])], bench(), NO_JQ, true);
  expect(count).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('builds the site at both bases before it is tested there', () => {
  const names = stagesFor(['browser', 'site']).map(({ name }) => name);
  expect(names).toEqual([
    'build at /',
    'build at /slipway/',
    'site at /',
    'browser at /',
    'site at /slipway/',
    'browser at /slipway/',
    'build in no language',
    'site in no language',
  ]);
});

test('checks only, with the site whose links they follow, when asked for the checks only', () => {
  expect(stagesFor(['check']).map(({ name }) => name)).toEqual([
    'content',
    'biome',
    'astro check',
    'knip',
    'build at /',
    'links',
  ]);
});

test('keeps settings and secrets of the person away from the tests', () => {
  const env = { PATH: '/bin', BASE: '/x/', SITE: 'https://x', SLIPWAY_PUBLISH: '1', QUAY_TOKEN: 's', CI: 'true' };
  expect(quietEnv(env, { CHROMIUM: '/c' })).toEqual({ PATH: '/bin', CI: 'true', CHROMIUM: '/c' });
});
