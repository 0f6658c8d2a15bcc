import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { patientClock } from '#host/clock.ts';
import { cluster } from '#sources/cluster/client.ts';
import { brokenTask, checksOf } from '#sources/cluster/failure.ts';
import { BuildSet, distinct, Listed, PipelineRun, Release, TaskRun } from '#sources/cluster/objects.ts';
import { promotionOf, testsOf } from '#sources/cluster/outcomes.ts';
import { attemptOf, isBuild } from '#sources/cluster/runs-join.ts';
import { SourceError } from '#sources/error.ts';
import { http } from '#sources/http.ts';
import { metadata } from '../../../support/cluster.ts';
import { NOW } from '../../../support/snapshot.ts';

const API = 'https://api.example:6443';
const TOKEN = 'sample-token';

type Reply = (url: URL, count: number) => Response;

/** A client whose every request is answered by `reply`. */
function asking(reply: Reply) {
  const requests: Request[] = [];
  const client = http({
    fetch: async (request) => {
      requests.push(request);
      return reply(new URL(request.url), requests.length);
    },
    clock: patientClock(Date.parse(NOW), 200),
    isMultiplexed: () => true,
  });
  return { cluster: cluster(client, 'konflux', API, TOKEN), requests };
}

const page = (items: unknown[], next = '') => Response.json({ kind: 'List', metadata: { continue: next }, items });
const item = (name: string) => ({ metadata: metadata(name, 1), spec: {} });
const names = (items: Listed[]) => items.map((one) => one.metadata.name);
const list = (one: ReturnType<typeof asking>) => one.cluster.list('team', 'pipelineruns', PipelineRun);

test('a list is read page by page, with its selector and the token', async () => {
  const asked = asking((url) => (url.searchParams.has('continue') ? page([item('b')]) : page([item('a')], 'n1')));
  const { items, unread } = await asked.cluster.list('team', 'pipelineruns', PipelineRun, { labelSelector: 'a=b' });
  expect([names(items), unread]).toEqual([['a', 'b'], null]);
  const [first, second] = asked.requests;
  expect(first?.url).toBe(`${API}/apis/tekton.dev/v1/namespaces/team/pipelineruns?limit=100&labelSelector=a%3Db`);
  expect(second?.url).toContain('continue=n1');
  expect(first?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
});

test('a list that went stale half way is begun anew, once', async () => {
  const once = asking((url, count) =>
    count === 2
      ? new Response('{}', { status: 410 })
      : url.searchParams.has('continue')
        ? page([item('b')])
        : page([item('a')], 'n1'),
  );
  expect(names((await list(once)).items)).toEqual(['a', 'b']);
  expect(once.requests).toHaveLength(4);
  const always = asking((url) =>
    url.searchParams.has('continue') ? new Response('{}', { status: 410 }) : page([], 'n1'),
  );
  await expect(list(always)).rejects.toMatchObject({ status: 410 });
  expect(always.requests).toHaveLength(4);
});

test('a broken object costs no other one', async () => {
  const late = { ...item('late'), status: { startTime: '9999-12-31T23:59:59-10:00' } };
  const broken = [{ metadata: { name: 7 } }, null, item('half a \ud800 letter'), late];
  const asked = asking(() => page([item('a'), ...broken, item('b')]));
  const { items, unread } = await list(asked);
  expect(names(items)).toEqual(['a', 'b']);
  expect(unread).toContain('pipelineruns: metadata.name');
});

test.each([
  [401, 'token'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [429, 'rate-limited'],
  [503, 'server-error'],
])('status %i is a %s', async (status, kind) => {
  const asked = asking(() => new Response('{}', { status }));
  const error = await list(asked).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SourceError);
  expect(error).toMatchObject({ kind });
  expect(String(error)).not.toContain(TOKEN);
});

test('a refused token is not offered again', async () => {
  const asked = asking(() => new Response('{}', { status: 401 }));
  await expect(list(asked)).rejects.toMatchObject({ kind: 'token' });
  await expect(asked.cluster.log('team', 'pod', 'step')).rejects.toMatchObject({ kind: 'token' });
  expect(asked.requests).toHaveLength(1);
});

test('pages without end are given up', async () => {
  await expect(list(asking(() => page([item('a')], 'same')))).rejects.toMatchObject({ kind: 'endless' });
  await expect(list(asking((_, count) => page([], `n${count}`)))).rejects.toMatchObject({ kind: 'endless' });
});

test('what is no list is unreadable', async () => {
  for (const body of ['<html>', '{"items":7}', '[]'])
    await expect(list(asking(() => new Response(body)))).rejects.toMatchObject({ kind: 'unreadable' });
});

test('the token does not follow to another origin', async () => {
  const asked = asking((url) =>
    url.host === 'api.example:6443'
      ? new Response(null, { status: 302, headers: { location: 'https://evil.example/x' } })
      : page([]),
  );
  await list(asked).catch(() => undefined);
  const abroad = asked.requests.filter((request) => !request.url.startsWith(API));
  expect(abroad.map((request) => request.headers.get('authorization'))).toEqual(abroad.map(() => null));
});

test('a log is its last lines, and none is null', async () => {
  const asked = asking((url) =>
    url.pathname.includes('/gone/') ? new Response('{}', { status: 404 }) : new Response('end'),
  );
  expect(await asked.cluster.log('team', 'pod', 'step-build')).toBe('end');
  expect(asked.requests[0]?.url).toBe(`${API}/api/v1/namespaces/team/pods/pod/log?container=step-build&tailLines=60`);
  expect(await asked.cluster.log('team', 'gone', 'step-build')).toBeNull();
  expect(await asked.cluster.get('x', Listed).catch((error: unknown) => error)).toMatchObject({ kind: 'unreadable' });
});

test('the live object wins, of archived ones the one that was changed last', () => {
  const made = (version: string, name: string) =>
    Listed.parse({ metadata: { ...metadata(name, 1), uid: 'u', resourceVersion: version } });
  const archived = [made('9', 'old'), made('10', 'new'), made('8', 'older')];
  const uid = ({ metadata: { uid } }: Listed) => uid;
  expect(names(distinct([], archived, uid))).toEqual(['new']);
  expect(names(distinct([made('1', 'live')], archived, uid))).toEqual(['live']);
});

/** Objects of a real user interface's fixtures, where they lie beside the checkout. */
const FIXTURES = new URL('../../../../../shared/data/konflux/fixtures/konflux-ui/src/', import.meta.url);
const lacking = existsSync(FIXTURES) ? null : 'the fixtures are not beside this checkout';

function objects(kind: string): unknown[] {
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (!value || typeof value !== 'object') return;
    if ('kind' in value && value.kind === kind && 'metadata' in value) found.push(value);
    else for (const inner of Object.values(value)) walk(inner);
  };
  for (const name of readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.json')) walk(JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')));
  return found;
}

const urlOf = (name: string) => `https://ui.example/ns/team/pipelinerun/${name}`;

test('pipeline runs of the fixtures become attempts', (context) => {
  if (lacking) context.skip(lacking);
  const parsed = objects('PipelineRun').map((one) => PipelineRun.safeParse(withUid(one)));
  expect(parsed.flatMap(({ error }) => (error ? [error.message] : []))).toEqual([]);
  const runs = parsed.flatMap(({ data }) => data ?? []);
  expect(runs.length).toBeGreaterThan(50);
  const attempts = runs.map((run) => attemptOf(run, urlOf));
  expect(new Set(attempts.map(({ outcome }) => outcome))).toEqual(new Set(['ok', 'failed', 'running', 'cancelled']));
  expect(runs.filter(isBuild).length).toBeGreaterThan(0);
  expect(attempts.filter(({ digest, isSigned }) => digest && isSigned).length).toBeGreaterThan(0);
});

test('task runs, snapshots and releases of the fixtures are read', (context) => {
  if (lacking) context.skip(lacking);
  const taskRuns = objects('TaskRun').map((one) => TaskRun.parse(one));
  expect(taskRuns.length).toBeGreaterThan(8);
  expect(checksOf(taskRuns).checks).not.toBe('ERROR');
  expect(brokenTask(taskRuns)?.failure).toMatchObject({ task: 'example-task', reason: 'TaskRunValidationFailed' });
  const tests = objects('Snapshot').flatMap((one) => testsOf(BuildSet.parse(withUid(one)), urlOf));
  expect(tests.map(({ detail }) => detail).join()).toContain('EnvironmentProvisionError: Failed to find deployment');
  const releases = objects('Release').map((one) => Release.parse(withUid(one)));
  expect(releases.length).toBeGreaterThan(3);
  expect(promotionOf(releases, { digest: null, at: NOW, urlOf })).toMatchObject({ state: 'unknown', attempts: 0 });
});

/** The fixtures leave out what every real object has. */
function withUid(value: unknown): unknown {
  const { metadata, ...rest } = value as { metadata: object };
  return {
    ...rest,
    metadata: { uid: 'none', name: 'unnamed', creationTimestamp: '2023-01-01T00:00:00Z', ...metadata },
  };
}
