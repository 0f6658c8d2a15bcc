import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import type { Snapshot } from '#status/model.ts';
import { Attempt } from '#status/run.ts';
import type { World } from '#world/model.ts';
import { machine, pipelineWorld, WALKS, walkOf } from '../../../support/pipelines.ts';
import { collectWorld } from '../../../support/world.ts';

/** Where nothing public holds a pipeline, the newest run that the cluster knows of tells it. */

const ID = 'development/standard/45';
const API = 'https://cluster.example';
const env = { KONFLUX_TOKEN: 'sample-token' };
const HOUR_MS = 3_600_000;
const FROM_RUN = walkOf('cluster', `recording: ${ID}`);
const SPEC = {
  params: [{ name: 'revision', type: 'string' }],
  tasks: [
    { name: 'init', taskRef: { name: 'init' }, params: [{ name: 'revision', value: 'REVISION' }] },
    { name: 'build', runAfter: ['init'], taskRef: { name: 'build' } },
  ],
};

const isRun = (url: string) => /\/pipelineruns\/[^/?]+$/.test(new URL(url).pathname);

function clusterWorld(): World {
  const world = pipelineWorld();
  world.watch.services = { ...world.watch.services, konflux: { api: API, archive: `${API}/archive` } };
  const names = { namespace: 'team', application: 'a', component: 'c' };
  world.watch.targets = world.watch.targets.map((row) => ({ ...row, konflux: names }));
  return world;
}

/** A snapshot that knows of these runs, the newest first. */
async function knowing(world: World, ...names: string[]): Promise<Snapshot> {
  const { collected } = await collectWorld(world);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const attempts = names.map((name, index) =>
    Attempt.parse({
      ...{ name, startedAt: world.now, endedAt: null, outcome: 'running', failedTask: null, url: null },
      isQueued: index === 0 && name.startsWith('queued'),
    }),
  );
  const images = collected.snapshot.images.map((image) => (image.id === ID ? { ...image, attempts } : image));
  return { ...collected.snapshot, images };
}

const answering = (spec: object | null, params: object[] = []) =>
  spec === null
    ? Response.json({}, { status: 404 })
    : Response.json({
        metadata: { labels: { 'tekton.dev/pipeline': 'named' } },
        ...{ spec: { params }, status: { pipelineSpec: spec } },
      });

async function refreshed(
  one: ReturnType<typeof machine>,
  world: World,
  previous: Snapshot,
  answer: (url: string) => Response,
  afterMs = 0,
) {
  const asked: string[] = [];
  const handler = simulate(world);
  const { snapshot, pipelines, problems } = await one.refresh(world, {
    ...{ env, previous, walkthroughs: [FROM_RUN], afterMs },
    fetch: async (request) => {
      if (!request.url.startsWith(API) || !isRun(request.url)) return handler(request);
      asked.push(new URL(request.url).pathname);
      return answer(request.url);
    },
  });
  return { snapshot, seen: pipelines[0], problems, asked };
}

const RUN = '/apis/tekton.dev/v1/namespaces/team/pipelineruns';

test('the newest run that has begun gives its pipeline and what it was given, once', async () => {
  const one = machine();
  const world = clusterWorld();
  const previous = await knowing(world, 'queued-3', 'run-2', 'run-1');
  const params = [
    { name: 'revision', value: 'main' },
    { name: 'odd', value: { a: 1 } },
  ];
  const first = await refreshed(one, world, previous, () => answering(SPEC, params));
  expect(first.asked).toEqual([`${RUN}/run-2`]);
  expect(first.seen).toMatchObject({ state: 'read', why: null, kind: 'run', place: 'run-2' });
  expect(first.seen?.given).toEqual([{ name: 'revision', value: 'main' }]);
  expect(one.definition(first.seen)?.name).toBe('named');
  expect(one.definition(first.seen)?.tasks.map(({ name }) => name)).toEqual(['init', 'build']);
  const known = { ...previous, pipelines: first.snapshot.pipelines };
  const second = await refreshed(one, world, known, () => answering(null), HOUR_MS);
  expect(second.asked).toEqual([]);
  // Nobody has asked since.
  expect(second.seen).toEqual(first.seen);
});

test('values of a run make no new version of its pipeline; another task does', async () => {
  const one = machine();
  const world = clusterWorld();
  const specOf = (revision: string, more: object[] = []) => {
    const spec = JSON.parse(JSON.stringify(SPEC).replace('REVISION', revision));
    return { ...spec, tasks: [...spec.tasks, ...more] };
  };
  const first = await refreshed(one, world, await knowing(world, 'run-1'), () => answering(specOf('aaa')));
  const later = async (name: string, spec: object, before: Snapshot) =>
    refreshed(one, world, { ...(await knowing(world, name)), pipelines: before.pipelines }, () => answering(spec));
  const second = await later('run-2', specOf('bbb'), first.snapshot);
  expect(second.seen).toMatchObject({ place: 'run-2', digest: first.seen?.digest });
  expect(second.seen?.versions).toHaveLength(1);
  const third = await later('run-3', specOf('ccc', [{ name: 'new', taskRef: { name: 'new' } }]), second.snapshot);
  expect(third.seen?.versions).toHaveLength(2);
});

test('what the cluster has forgotten its archive tells', async () => {
  const world = clusterWorld();
  const previous = await knowing(world, 'run-1');
  const answer = (url: string) => answering(url.includes('/archive/') ? SPEC : null);
  const { seen, asked } = await refreshed(machine(), world, previous, answer);
  expect(asked).toEqual([`${RUN}/run-1`, `/archive${RUN}/run-1`]);
  expect(seen).toMatchObject({ state: 'read', place: 'run-1' });
});

test('what looks like a secret is kept nowhere', async () => {
  const one = machine();
  const world = clusterWorld();
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const spec = JSON.parse(JSON.stringify(SPEC).replace('REVISION', `https://me:${secret}@example.org`));
  const params = [{ name: 'build-args', value: `Bearer ${secret}` }];
  const { seen, snapshot } = await refreshed(one, world, await knowing(world, 'run-1'), () => answering(spec, params));
  expect(seen?.state).toBe('read');
  const kept = JSON.stringify([snapshot, [...one.records], [...one.upstream]]);
  expect(kept).toContain('█secret█');
  expect(kept).not.toContain(secret);
});

test.each([
  [
    'is nested too deep',
    { tasks: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) },
    'unreadable',
    /nested more than/,
  ],
  ['is too large', { ...SPEC, description: 'x'.repeat(2 << 20) }, 'too-large', /more than 1048576 bytes/],
])('a specification that %s is a problem', async (_, spec, kind, message) => {
  const world = clusterWorld();
  const { seen, problems } = await refreshed(machine(), world, await knowing(world, 'run-1'), () => answering(spec));
  expect(problems).toMatchObject([{ source: 'konflux', kind, message: expect.stringMatching(message) }]);
  expect(seen).toMatchObject({ state: 'not-seen', why: expect.stringMatching(message) });
});

test('without a run, or without an answer, the pipeline is not seen and nothing is guessed', async () => {
  const world = clusterWorld();
  const none = await refreshed(machine(), world, await knowing(world), () => answering(SPEC));
  expect([none.asked, none.seen?.state, none.seen?.digest]).toEqual([[], 'not-seen', null]);
  const gone = await refreshed(machine(), world, await knowing(world, 'run-1'), () => answering(null));
  expect([gone.asked.length, gone.seen?.state, gone.problems]).toEqual([2, 'not-seen', []]);
  const unstarted = await refreshed(machine(), world, await knowing(world, 'run-1'), () => answering({}));
  expect(unstarted.seen?.state).toBe('not-seen');
});

test('a place that can be read again takes the place of the run', async () => {
  const one = machine();
  const world = clusterWorld();
  const walk = { ...WALKS.bundle, recording: ID, id: 'cluster' };
  const previous = await knowing(world, 'run-1');
  const handler = simulate(world);
  const asked = { env, previous, walkthroughs: [walk] };
  const first = await one.refresh(world, {
    ...asked,
    fetch: async (request) => {
      if (request.url.includes('sample/catalog')) return new Response('{}', { status: 404 });
      return request.url.startsWith(API) && isRun(request.url) ? answering(SPEC) : handler(request);
    },
  });
  expect(first.pipelines).toMatchObject([{ kind: 'run', state: 'read', why: null }]);
  expect(first.problems).toMatchObject([{ source: 'oci', kind: 'not-found' }]);
  const second = await one.refresh(world, { ...asked, previous: { ...previous, pipelines: first.pipelines } });
  expect(second.pipelines).toMatchObject([{ kind: 'bundle', state: 'read' }]);
  // A run has its values filled in: it is no earlier version of the bundle.
  expect(second.pipelines[0]?.versions.map(({ digest }) => digest)).toEqual([second.pipelines[0]?.digest]);
});

test('a bundle that is gone once does not give way to a run: what was read from it stays, and it says why', async () => {
  const one = machine();
  const world = clusterWorld();
  const walk = { ...WALKS.bundle, recording: ID, id: 'cluster' };
  const asked = { env, walkthroughs: [walk] };
  const first = await one.refresh(world, { ...asked, previous: await knowing(world, 'run-1') });
  const handler = simulate(world);
  const second = await one.refresh(world, {
    ...{ ...asked, previous: { ...(await knowing(world, 'run-1')), pipelines: first.pipelines }, afterMs: HOUR_MS },
    fetch: async (request) => {
      if (request.url.includes('sample/catalog')) return new Response('{}', { status: 404 });
      return request.url.startsWith(API) && isRun(request.url) ? answering(SPEC) : handler(request);
    },
  });
  expect(second.pipelines).toEqual([
    { ...first.pipelines[0], why: 'quay.io/sample/catalog/pipeline-all:devel is not there' },
  ]);
  const third = await one.refresh(world, { ...asked, afterMs: 2 * HOUR_MS });
  expect(third.pipelines[0]).toMatchObject({ kind: 'bundle', why: null, versions: [{}] });
});

test.each([
  ['without a token', { env: {} }],
  ['where the cluster is not to be asked', { only: new Set(['quay', 'oci'] as const) }],
])('%s a newer run changes nothing of what is known', async (_, asked) => {
  const one = machine();
  const world = clusterWorld();
  const first = await refreshed(one, world, await knowing(world, 'run-1'), () => answering(SPEC));
  const previous = { ...(await knowing(world, 'run-2', 'run-1')), pipelines: first.snapshot.pipelines };
  const { pipelines } = await one.refresh(world, {
    ...{ env, previous, walkthroughs: [FROM_RUN], afterMs: HOUR_MS },
    ...asked,
  });
  expect(pipelines).toEqual(first.snapshot.pipelines);
});

test('a newer run that nobody has any more is said, and what is known stays', async () => {
  const one = machine();
  const world = clusterWorld();
  const first = await refreshed(one, world, await knowing(world, 'run-1'), () => answering(SPEC));
  const previous = { ...(await knowing(world, 'run-2', 'run-1')), pipelines: first.snapshot.pipelines };
  const { seen } = await refreshed(one, world, previous, () => answering(null), HOUR_MS);
  expect(seen).toEqual({
    ...first.seen,
    why: expect.stringMatching(/run-2 could not be had: neither the cluster nor/),
  });
});

test('what only its name tells to be secret is kept nowhere either', async () => {
  const one = machine();
  const world = clusterWorld();
  const hidden = [
    'hunter2value',
    'defaultpw1',
    'tok3nvalue',
    'keyabcd',
    'flagged9',
    'inlined7',
    'objkey55',
    'unlisted3',
  ];
  const spec = {
    ...SPEC,
    params: [...SPEC.params, { name: 'password', default: 'defaultpw1', description: 'The password of it' }],
    tasks: [
      ...SPEC.tasks,
      {
        name: 'own',
        taskSpec: {
          steps: [
            {
              name: 'work',
              image: 'a',
              env: [{ name: 'REGISTRY_TOKEN', value: 'hunter2value' }],
              args: ['--password', 'flagged9', '--url', 'https://example.org', 'with tok3nvalue in it'],
              script: 'echo ok',
            },
          ],
        },
        params: [
          { name: 'passphrase', value: ['inlined7'] },
          { name: 'token', value: '$(params.git-token)' },
        ],
        labels: { credentials: 'objkey55' },
      },
    ],
  };
  const params = [
    { name: 'git-token', value: 'tok3nvalue' },
    { name: 'ssh-key', value: ['keyabcd'] },
    { name: 'mine', value: 'unlisted3' },
    { name: 'revision', value: 'main' },
  ];
  const { seen, snapshot } = await refreshed(one, world, await knowing(world, 'run-1'), () => answering(spec, params));
  expect(seen?.given).toEqual([{ name: 'revision', value: 'main' }]);
  const kept = JSON.stringify([snapshot, [...one.records], [...one.upstream]]);
  expect(hidden.filter((word) => kept.includes(word))).toEqual([]);
  for (const open of ['The password of it', 'https://example.org', 'echo ok', '$(params.git-token)', 'REGISTRY_TOKEN'])
    expect(kept).toContain(open);
});

test('of a script that is too long to be looked through it is said that its beginning is left out', async () => {
  const one = machine();
  const world = clusterWorld();
  const script = `#!/bin/sh\n${'echo one line of it\n'.repeat(5_000)}echo end\n`;
  const task = { name: 'own', taskSpec: { steps: [{ name: 'a', image: 'a', script }] } };
  const spec = { ...SPEC, tasks: [...SPEC.tasks, task] };
  await refreshed(one, world, await knowing(world, 'run-1'), () => answering(spec));
  const text = [...one.upstream.values()].join('');
  expect(text).toContain('echo end');
  expect(text).toContain(`# The beginning of this text is left out: it has ${script.length} characters, over 65536.`);
});
