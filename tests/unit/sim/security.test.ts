import { expect, test } from 'vitest';
import { API, ask, INDEX, type Index, NOW_MS, REPOSITORY, V2, worldWith } from './world.ts';

const BODHI = 'https://bodhi.fedoraproject.org/updates/';
const FINDING = {
  id: 'SAMPLE-1',
  severity: 'high',
  package: 'p',
  version: '1',
  link: 'https://example.org/a https://example.org/b',
};
const WORLD = worldWith(
  ['-5h'],
  {},
  {
    releases: [
      { name: 'F45', version: 45, bodhi: { state: 'current' } },
      { name: 'F44', version: 44, bodhi: { state: 'current' } },
    ],
    advisories: [
      { id: 'OLD', release: 'F45', severity: 'low', pushed: '-9d', builds: ['openssl-1:3.5.4-1.sample'] },
      { id: 'NEW', release: 'F45', severity: 'urgent', pushed: '-1h', builds: ['a-1-1', 'b-2-1'] },
      { id: 'SOON', release: 'F45', pushed: '+1d', builds: ['a-2-1'] },
      { id: 'BUGS', release: 'F45', pushed: '-1h', type: 'bugfix', builds: ['c-1-1'] },
      { id: 'OTHER', release: 'F44', pushed: '-1h', builds: ['a-1-1'] },
    ],
    scans: [
      { repository: 'some/other', state: 'failed' },
      { arches: ['x86_64'], findings: [FINDING, { ...FINDING, id: 'SAMPLE-2' }] },
      { arches: ['aarch64'], state: 'queued' },
    ],
  },
);

interface Page {
  updates: {
    alias: string;
    status: string;
    date_stable: string | null;
    builds: { nvr: string; epoch: number }[];
    comments: unknown[];
  }[];
  pages: number;
  total: number;
}

const aliases = async (query: string, nowMs = NOW_MS) =>
  (await ask<Page>(WORLD, `${BODHI}?${query}`, {}, { now: () => nowMs })).body.updates.map(({ alias }) => alias);

test('Bodhi filters updates by release, type, status, severity and when they were pushed', async () => {
  expect(await aliases('releases=F45&type=security&status=stable')).toEqual(['NEW', 'OLD']);
  expect(await aliases('releases=f45&type=security&status=testing')).toEqual(['SOON']);
  expect(await aliases('releases=F45,F44&status=stable&type=security')).toEqual(['NEW', 'OTHER', 'OLD']);
  expect(await aliases('releases=F45&severity=urgent')).toEqual(['NEW']);
  expect(await aliases('releases=F45&type=security&pushed_since=2026-11-20T13:07:00Z')).toEqual(['NEW']);
  expect(await aliases('releases=F45&type=security&status=stable', NOW_MS + 2 * 86_400_000)).toContain('SOON');
});

test('an update has its epoch beside its name, and its date in UTC without saying so', async () => {
  const { body } = await ask<Page>(WORLD, `${BODHI}?releases=F45&severity=low`);
  expect(body.updates[0]).toMatchObject({
    ...{ alias: 'OLD', status: 'stable', date_stable: '2026-11-11 14:07:00' },
    builds: [{ nvr: 'openssl-3.5.4-1.sample', epoch: 1, type: 'rpm' }],
    url: 'https://bodhi.fedoraproject.org/updates/OLD',
  });
});

test('Bodhi answers in pages', async () => {
  const page = (await ask<Page>(WORLD, `${BODHI}?releases=F45&status=stable&rows_per_page=2&page=2`)).body;
  expect(page).toMatchObject({ page: 2, pages: 2, rows_per_page: 2, total: 3 });
  expect(page.updates).toHaveLength(1);
});

test.each(['releases=F99', 'rows_per_page=101', 'page=0', 'pushed_since=yesterday', 'locked=true'])(
  'Bodhi refuses %s',
  async (query) => {
    expect(await ask(WORLD, `${BODHI}?${query}`)).toMatchObject({ status: 400, body: { status: 'error' } });
  },
);

interface Report {
  status: string;
  data: {
    Layer: { Name: string; Features: { Name: string; Vulnerabilities: { Name: string; Link: string }[] }[] };
  } | null;
}

test('Quay scans arches and no index, and groups what it found by component', async () => {
  const scanOf = (digest: string) =>
    ask<Report>(WORLD, `${API}/repository/${REPOSITORY}/manifest/${digest}/security?vulnerabilities=true`);
  const index = await ask<Index>(WORLD, `${V2}/manifests/45`, { accept: INDEX });
  const [x86, arm, power] = index.body.manifests.map(({ digest }) => digest);
  const whole = await scanOf(index.headers.get('docker-content-digest') ?? '');
  expect(whole.body).toEqual({ status: 'unsupported', data: null });
  const { status, data } = (await scanOf(x86 ?? '')).body;
  expect([status, data?.Layer.Name]).toEqual(['scanned', x86]);
  expect(
    data?.Layer.Features.map(({ Name, Vulnerabilities }) => [Name, Vulnerabilities.map((one) => one.Name)]),
  ).toEqual([
    ['sample-module', []],
    ['p', ['SAMPLE-1', 'SAMPLE-2']],
  ]);
  expect((await scanOf(arm ?? '')).body).toEqual({ status: 'queued', data: null });
  expect((await scanOf(power ?? '')).body.status).toBe('scanned');
  expect((await scanOf(`sha256:${'0'.repeat(64)}`)).status).toBe(404);
});
