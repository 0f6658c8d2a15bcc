import { expect, test } from 'vitest';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { simulate } from '#sim/index.ts';
import { memoryShelf, records } from '#sources/records.ts';
import type { Snapshot } from '#status/model.ts';
import type { World } from '#world/model.ts';
import { type Asked, collectWorld, imageOf, REPOSITORIES, smallWorld, snapshotOf } from '../../../support/world.ts';

const STANDARD = 'development/standard/45';
const MINIMAL = 'development/minimal/45';
const TOKEN = 'sample-token';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErkUYD8G2CQXXJMaMuf8zpvChzPi1
zEUxU4427/yi/hc4ib3N95cXvYkvSX7b0+I7xOAnIUXFyrqTnD/4s7/Omg==
-----END PUBLIC KEY-----
`;
const OTHER_PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
-----END PUBLIC KEY-----
`;

const COMPONENTS = `
    - component: "fedora-bootc-{release}-{variant}"
      application: "fedora-bootc-{release}"
      repository: "bootc-devel/fedora-bootc-{release}-{variant}"
      release: "45"
      variant: standard`;

/** A world of two images of which Konflux builds both; the first has these runs and outcomes. */
function clusterWorld(more = '', minimal = '', faults = '', key = ''): World {
  const world = smallWorld(
    `${REPOSITORIES}
cluster:
  token: ${TOKEN}
  pageItems: 3
  ${key && `key: |\n    ${key.replaceAll('\n', '\n    ')}`}
  components: ${COMPONENTS}
${more}${COMPONENTS.replace('standard', 'minimal')}
${minimal}
${faults && `faults:\n${faults}`}`,
  );
  const konflux = {
    api: 'https://api.kflux-fedora-01.84db.p1.openshiftapps.com:6443',
    archive: 'https://kubearchive-api-server-product-kubearchive.apps.kflux-fedora-01.84db.p1.openshiftapps.com',
    ui: 'https://konflux.example',
  };
  world.watch.services = { ...world.watch.services, konflux };
  const names = {
    namespace: 'bootc-tenant',
    application: 'fedora-bootc-{release}',
    component: 'fedora-bootc-{release}-{variant}',
  };
  world.watch.targets = world.watch.targets.map((row) => ({ ...row, konflux: names }));
  return world;
}

const env = { KONFLUX_TOKEN: TOKEN };
const seen = (world: World, asked: Asked = {}) => snapshotOf(world, { env, ...asked });
const stateOf = ({ sources }: Snapshot, id: string) => sources.find((one) => one.id === id)?.state;
const problems = (snapshot: Snapshot) =>
  snapshot.problems
    .filter(({ source }) => source === 'konflux' || source === 'kubearchive')
    .map(({ source, kind }) => `${source} ${kind}`);

const FAILING = `      runs:
        - { at: -30m, takes: 10m, arches: [s390x, ppc64le], reason: OOMKilled, message: "sample: killed", log: "push with password=hunter2\\nKilled" }
        - { at: -2h, arches: [s390x] }`;

test('the run that gave the image, its signature and its tests are found by its digest', async () => {
  const world = clusterWorld(`      checks: FAILURE
      tests: { boot: TestPassed, policy: TestFail }
      optional: [policy]
      promotion: { ends: failed, attempts: 3, reason: OOMKill }`);
  const snapshot = await seen(world);
  const image = imageOf(snapshot, STANDARD);
  expect(image.build).toMatchObject({
    current: { outcome: 'ok', digest: image.digest, checks: 'FAILURE', checkTasks: ['clair-scan'], isSigned: true },
    of: { outcome: 'ok', commit: expect.stringContaining('sample') },
    failingSince: null,
    buildSet: { of: image.digest, name: expect.stringContaining('sample') },
  });
  expect(image.build?.of?.url).toBe(`https://konflux.example/ns/bootc-tenant/pipelinerun/${image.build?.of?.name}`);
  expect(image.tests?.of).toMatchObject([
    { scenario: 'boot', outcome: 'passed', isOptional: false },
    { scenario: 'policy', outcome: 'failed', isOptional: true },
  ]);
  expect(image.promotion).toMatchObject({
    state: 'failed',
    attempts: 3,
    step: 'push-snapshot, push',
    digest: image.digest,
  });
  expect([stateOf(snapshot, 'konflux'), stateOf(snapshot, 'kubearchive'), problems(snapshot)]).toEqual([
    'ok',
    'ok',
    [],
  ]);
});

test('an image without a test says that it was looked for', async () => {
  const image = imageOf(await seen(clusterWorld()), STANDARD);
  expect(image.tests).toMatchObject({ of: [] });
  expect(image.promotion).toBeNull();
});

test('a failed run says which task, arch and reason, with the end of its log and no secret', async () => {
  const image = imageOf(await seen(clusterWorld(FAILING)), STANDARD);
  const [newest] = image.attempts;
  expect(newest).toMatchObject({
    outcome: 'failed',
    failedTask: 'build-images',
    failure: {
      task: 'build-images',
      arches: ['ppc64le', 's390x'],
      step: 'build',
      reason: 'OOMKilled',
      message: 'sample: killed',
    },
  });
  expect(newest?.failure?.log).toContain('Killed');
  expect(JSON.stringify(image)).not.toContain('hunter2');
  expect(image.build).toMatchObject({ failingSince: image.attempts[1]?.startedAt, isLowerBound: false });
  expect(image.verdict).toMatchObject({
    state: 'failing-fresh',
    facets: { attempt: { value: 'failed', failures: 2 } },
  });
});

test('failed runs and the run of the image are recorded once, by their names', async () => {
  const shelf = memoryShelf();
  const kept = records(shelf);
  const asked = { env, records: kept };
  const first = await snapshotOf(clusterWorld(FAILING), asked);
  const { attempts, digest, build } = imageOf(first, STANDARD);
  const recorded = attempts.filter(({ recording }) => recording);
  expect(recorded.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'ok']);
  const [newest] = recorded;
  const failed = await kept.runRecording(newest?.name ?? '');
  expect(failed).toMatchObject({ origin: 'cluster', outcome: 'failed', image: null, run: newest?.name });
  expect(failed?.tasks.find(({ log }) => log)?.log).toContain('Killed');
  expect(JSON.stringify(failed)).not.toContain('hunter2');
  const good = await kept.runRecording(build?.of?.name ?? '');
  expect(good).toMatchObject({ outcome: 'succeeded', image: digest, isVerified: false });
  for (const one of [failed, good]) expect(one && timelineOf(one).faults).toEqual([]);
  const texts = new Map(shelf.texts);
  const again = await snapshotOf(clusterWorld(FAILING), { ...asked, previous: first, afterMs: MINUTE_MS });
  expect(imageOf(again, STANDARD).attempts.filter(({ recording }) => recording)).toEqual(recorded);
  expect([...shelf.texts.keys()].sort()).toEqual([...texts.keys()].sort());
});

test('what runs, waits or was cancelled is no failure, and a change that is proposed is no attempt', async () => {
  const image = imageOf(
    await seen(
      clusterWorld(`      runs:
        - { at: -3m, ends: queued }
        - { at: -5m, ends: never }
        - { at: -1h, ends: cancelled }
        - { at: -50m, event: pull_request, change: 7 }
        - { at: -55m, event: retest-comment, change: 8 }
        - { at: -70m, event: retest-all-comment }
        - { at: -3h, ends: never, ghost: true }`),
    ),
    STANDARD,
  );
  expect(image.attempts.map(({ outcome, isQueued }) => (isQueued ? 'queued' : outcome))).toEqual([
    'queued',
    'running',
    'cancelled',
    'failed',
    'ok',
    'ok',
  ]);
  expect(image.verdict.facets.attempt).toMatchObject({ value: 'running', failures: 1 });
});

test('without a token nothing is asked, and the sources say so', async () => {
  const { collected, requests } = await collectWorld(clusterWorld(FAILING));
  if (!collected.hasAnswer) throw new Error('the registry has answered');
  expect(requests.filter((one) => /kflux|kubearchive/.test(one))).toEqual([]);
  expect([stateOf(collected.snapshot, 'konflux'), stateOf(collected.snapshot, 'kubearchive')]).toEqual([
    'skipped',
    'skipped',
  ]);
  expect(imageOf(collected.snapshot, STANDARD)).toMatchObject({ attempts: [], build: null, tests: null });
});

test('an expired token is one problem of each service, and all else is intact', async () => {
  const world = clusterWorld(FAILING);
  const before = await seen(world);
  const { collected, requests } = await collectWorld(world, {
    env: { KONFLUX_TOKEN: 'old' },
    previous: before,
    afterMs: MINUTE_MS,
  });
  if (!collected.hasAnswer) throw new Error('the registry has answered');
  const { snapshot } = collected;
  expect(problems(snapshot)).toEqual(['konflux token', 'kubearchive token']);
  expect([stateOf(snapshot, 'konflux'), stateOf(snapshot, 'quay')]).toEqual(['failed', 'ok']);
  expect(imageOf(snapshot, STANDARD).attempts).toEqual(imageOf(before, STANDARD).attempts);
  expect(requests.filter((one) => /kflux/.test(one)).length).toBeLessThan(8);
  expect(JSON.stringify(snapshot)).not.toContain('Bearer');
});

test.each([
  ['pipelineruns', { attempts: [], build: null }],
  [
    'taskruns',
    { attempts: [{ outcome: 'failed', failedTask: null }, {}, {}, {}], tests: { of: [{ scenario: 'boot' }] } },
  ],
  ['snapshots', { tests: null, promotion: null, build: { of: { outcome: 'ok' } } }],
  ['releases', { promotion: null, tests: { of: [{ scenario: 'boot' }] } }],
])('a 403 on %s alone costs only what it tells', async (kind, kept) => {
  const faults = ['konflux', 'kubearchive']
    .map((source) => `  - { source: ${source}, path: /${kind}, kind: 403 }\n`)
    .join('');
  const snapshot = await seen(
    clusterWorld(`      tests: { boot: TestPassed }\n      promotion: {}\n${FAILING}`, '', faults),
  );
  expect(imageOf(snapshot, STANDARD)).toMatchObject(kept);
  expect(problems(snapshot)).toContain('konflux forbidden');
  expect(stateOf(snapshot, 'konflux')).toBe('partial');
});

test('a 403 is one problem of each namespace and kind, not of each image', async () => {
  const faults = ['/taskruns', '/releases']
    .map((path) => `  - { source: konflux, path: ${path}, kind: 403 }\n`)
    .join('');
  const outcomes = '      tests: { boot: TestPassed }\n      promotion: {}\n';
  const snapshot = await seen(clusterWorld(outcomes, outcomes, faults));
  const told = snapshot.problems.filter(({ source }) => source === 'konflux');
  expect(told.map(({ target, kind, message }) => [target, kind, message.split(': ').at(-1)]).toSorted()).toEqual([
    [null, 'forbidden', 'releases of bootc-tenant answered 403'],
    [null, 'forbidden', 'taskruns of bootc-tenant answered 403'],
  ]);
});

test('a log that nobody has any more is said', async () => {
  const faults = ['konflux', 'kubearchive']
    .map((source) => `  - { source: ${source}, path: /log, kind: 404 }\n`)
    .join('');
  const image = imageOf(await seen(clusterWorld(FAILING, '', faults)), STANDARD);
  expect(image.attempts[0]?.failure).toMatchObject({
    log: null,
    noLog: 'neither the cluster nor its archive had it any more',
  });
});

test('a log that nobody may read is not called forgotten', async () => {
  const faults = ['konflux', 'kubearchive']
    .map((source) => `  - { source: ${source}, path: /log, kind: 403 }\n`)
    .join('');
  const image = imageOf(await seen(clusterWorld(FAILING, '', faults)), STANDARD);
  expect(image.attempts[0]?.failure).toMatchObject({ log: null, noLog: 'it could not be read' });
});

test('tasks that the cluster forgot while its archive fails are read in the next refresh', async () => {
  const afterMs = 5 * 60 * MINUTE_MS;
  const broken = clusterWorld(FAILING, '', '  - { source: kubearchive, path: /taskruns, kind: 500 }\n');
  const before = await seen(broken, { afterMs });
  expect(imageOf(before, STANDARD).attempts[0]).toMatchObject({ outcome: 'failed', tasksReadAt: null });
  const after = await seen(clusterWorld(FAILING), { previous: before, afterMs: afterMs + MINUTE_MS });
  expect(imageOf(after, STANDARD).attempts[0]?.failure).toMatchObject({ reason: 'OOMKilled' });
});

test('tests stay known when the cluster has forgotten them and its archive fails', async () => {
  const outcomes = '      tests: { boot: TestPassed }\n      promotion: {}\n';
  const before = await seen(clusterWorld(outcomes));
  const broken = clusterWorld(outcomes, '', '  - { source: kubearchive, path: /snapshots, kind: 500 }\n');
  const after = await seen(broken, { previous: before, afterMs: 40 * DAY_MS });
  const { tests, promotion } = imageOf(before, STANDARD);
  expect(promotion).not.toBeNull();
  expect(imageOf(after, STANDARD)).toMatchObject({ tests, promotion });
});

test('the archive remembers what the cluster forgot, logs too', async () => {
  const snapshot = await seen(clusterWorld(FAILING), { afterMs: 5 * 60 * MINUTE_MS });
  const [newest] = imageOf(snapshot, STANDARD).attempts;
  expect(newest?.failure).toMatchObject({ reason: 'OOMKilled', log: expect.stringContaining('Killed') });
});

test('what was seen stays when both have forgotten it, and the streak keeps its beginning', async () => {
  const world = clusterWorld(FAILING);
  const before = await seen(world);
  const after = imageOf(await seen(world, { previous: before, afterMs: 20 * DAY_MS }), STANDARD);
  expect(after.attempts.map(({ name }) => name)).toEqual(imageOf(before, STANDARD).attempts.map(({ name }) => name));
  expect(after.build?.failingSince).toBe(imageOf(before, STANDARD).build?.failingSince);
});

test('without an archive, a run whose end nobody saw does not run for ever', async () => {
  const running = clusterWorld('      runs: [{ at: -10m, takes: 3h }]');
  const { konflux } = running.watch.services;
  const before = await seen(running);
  expect(imageOf(before, STANDARD).attempts[0]?.outcome).toBe('running');
  if (konflux) delete konflux.archive;
  const after = imageOf(await seen(running, { previous: before, afterMs: 2 * DAY_MS }), STANDARD);
  expect(after.attempts.filter(({ outcome }) => outcome === 'running')).toEqual([]);
});

test('failing longer than the archive reaches is a lower bound', async () => {
  const runs = '      runs: [{ at: -10m, takes: 5m, every: 12h, count: 40 }]';
  const image = imageOf(await seen(clusterWorld(runs), { afterMs: 16 * DAY_MS }), STANDARD);
  expect(image.build).toMatchObject({ isLowerBound: false });
  const long = clusterWorld('      runs: [{ at: -10m, takes: 5m, every: 12h, count: 40 }]');
  long.cluster = long.cluster && {
    ...long.cluster,
    components: long.cluster.components.map((one) => ({
      ...one,
      repository: 'bootc-devel/fedora-bootc-45-minimal',
      tag: 'none',
    })),
  };
  expect(imageOf(await seen(long), STANDARD).build).toMatchObject({ isLowerBound: true, of: null });
});

test('a refresh in which nothing happened asks for lists only', async () => {
  const world = clusterWorld(
    `      tests: { boot: TestPassed }\n      promotion: {}\n${FAILING}`,
    '      tests: { boot: TestPassed }\n      promotion: {}',
  );
  const before = await seen(world);
  const { collected, requests } = await collectWorld(world, { env, previous: before, afterMs: 30 * MINUTE_MS });
  const asked = requests
    .filter((one) => /kflux/.test(one))
    .map((one) => new URL(one.slice(4)).pathname.split('/').at(-1));
  expect(new Set(asked)).toEqual(new Set(['public-key', 'pipelineruns']));
  expect(asked.length).toBeLessThan(8);
  if (!collected.hasAnswer) throw new Error('the registry has answered');
  const [after, then] = [collected.snapshot, before].map((one) => imageOf(one, STANDARD));
  expect([after?.attempts, after?.tests, after?.promotion]).toEqual([then?.attempts, then?.tests, then?.promotion]);
});

test('a new image drops the tests of the one before it until its own are known', async () => {
  const world = clusterWorld('      tests: { boot: TestPassed }', '      tests: { boot: TestPassed }');
  const first = await seen(world, { afterMs: -6 * 60 * MINUTE_MS });
  expect(imageOf(first, STANDARD).tests?.of).toHaveLength(1);
  const faulty = clusterWorld(
    '      tests: { boot: TestPassed }',
    '',
    '  - { source: konflux, path: /snapshots, kind: 503 }\n  - { source: kubearchive, path: /snapshots, kind: 503 }\n',
  );
  const second = imageOf(await seen(faulty, { previous: first }), STANDARD);
  expect([second.tests, second.build?.of?.digest === second.digest]).toEqual([null, true]);
});

test('without a token what is known stays, but not the tests of an image that is gone', async () => {
  const world = clusterWorld('      tests: { boot: TestPassed }\n      promotion: {}', '');
  const first = await seen(world, { afterMs: -6 * 60 * MINUTE_MS });
  const same = imageOf(
    await snapshotOf(world, { previous: first, afterMs: -6 * 60 * MINUTE_MS + MINUTE_MS }),
    STANDARD,
  );
  expect([same.tests?.of.length, same.promotion?.state]).toEqual([1, 'succeeded']);
  const moved = imageOf(await snapshotOf(world, { previous: first }), STANDARD);
  expect([moved.tests, moved.promotion, moved.attempts.length]).toEqual([null, null, 1]);
});

test('an object that cannot be read is a problem of its image, and the others are read', async () => {
  const world = clusterWorld(FAILING);
  const handler = simulate(world);
  const fetch = async (request: Request): Promise<Response> => {
    const answer = await handler(request);
    if (!request.url.includes('/taskruns')) return answer;
    const { items, ...rest } = await answer.json();
    return Response.json({ ...rest, items: [{ metadata: 7 }, ...items] });
  };
  const snapshot = await seen(world, { fetch });
  expect(imageOf(snapshot, STANDARD).attempts[0]?.failedTask).toBe('build-images');
  expect(snapshot.problems.filter(({ source }) => source === 'konflux')).toMatchObject([
    { target: STANDARD, kind: 'unreadable' },
    { target: MINIMAL, kind: 'unreadable' },
  ]);
});

test('a list that went stale while it was read is read anew', async () => {
  const snapshot = await seen(
    clusterWorld(FAILING, '', '  - { source: kubearchive, path: continue=, kind: 410, times: 1 }'),
  );
  expect(imageOf(snapshot, STANDARD).attempts).toHaveLength(4);
  expect(problems(snapshot)).toEqual([]);
});

test('a component that the cluster does not know is a problem of its image alone', async () => {
  const world = clusterWorld();
  world.cluster = world.cluster && { ...world.cluster, components: world.cluster.components.slice(0, 1) };
  const snapshot = await seen(world);
  expect(snapshot.problems.filter(({ source }) => source === 'konflux')).toMatchObject([
    { target: MINIMAL, kind: 'not-found', message: expect.stringContaining('fedora-bootc-45-minimal') },
  ]);
});

test('the key is read from the cluster, and a changed one is not taken up until it is named', async () => {
  const first = await seen(clusterWorld('', '', '', PEM));
  expect(first.clusterKey).toMatchObject({ id: expect.stringMatching(/^SHA256:/), since: first.generatedAt });
  const changed = clusterWorld('', '', '', OTHER_PEM);
  const second = await seen(changed, { previous: first, afterMs: MINUTE_MS });
  expect([second.clusterKey, problems(second)]).toEqual([first.clusterKey, ['konflux key-changed']]);
  changed.watch.keys = [{ id: 'new', pem: OTHER_PEM }];
  const third = await seen(changed, { previous: second, afterMs: 2 * MINUTE_MS });
  expect(third.clusterKey?.id).not.toBe(first.clusterKey?.id);
  expect(problems(third)).toEqual([]);
});

test('the cluster’s key verifies what no key of the file could, and rows that name their keys are left alone', async () => {
  const world = clusterWorld('', '', '', PEM);
  const [repository] = world.repositories;
  if (!repository) throw new Error('the small world has one');
  repository.defaults = { ...repository.defaults, attach: ['signature', 'provenance'] };
  expect(imageOf(await seen(world), STANDARD)).toMatchObject({
    signature: { state: 'verified' },
    provenance: { state: 'verified' },
  });
  world.watch.targets = world.watch.targets.map((row) => ({ ...row, keys: [] }));
  expect(imageOf(await seen(world), STANDARD).signature).toMatchObject({ state: 'present-unverified' });
});

test('the services refuse each other’s words: pages, kinds and tokens as the real ones do', async () => {
  const world = clusterWorld(FAILING);
  const handler = simulate(world);
  const ask = (path: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
    handler(new Request(`https://x.example${path}`, { headers })).then(({ status }) => status);
  const runs = '/apis/tekton.dev/v1/namespaces/bootc-tenant/pipelineruns';
  expect(await ask(`/konflux${runs}`)).toBe(200);
  expect(await ask(`/konflux${runs}`, {})).toBe(401);
  expect(await ask(`/kubearchive${runs}`, {})).toBe(400);
  expect(await ask(`/kubearchive${runs}?limit=1001`)).toBe(400);
  expect(await ask(`/konflux${runs}?limit=1&continue=${btoa('1 1')}`)).toBe(410);
  expect(await ask(`/konflux${runs}?continue=nonsense!`)).toBe(400);
  expect(await ask(`/konflux${runs}/none`)).toBe(404);
  expect(await ask(`/konflux${runs.replace('bootc-tenant', 'other')}`)).toBe(403);
  expect(await ask('/konflux/api/v1/namespaces/bootc-tenant/events')).toBe(403);
});
