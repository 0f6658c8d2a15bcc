import { expect, test } from 'vitest';
import { readTask } from '#pipeline/tekton/read.ts';
import { simulate } from '#sim/index.ts';
import type { Fetch } from '#sources/http.ts';
import { yamlName } from '#sources/records.ts';
import { Snapshot } from '#status/model.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import type { World } from '#world/model.ts';
import { bundleOf, bundleRegistry } from '../../../support/bundle.ts';
import {
  committedFile,
  machine,
  pipelineText,
  pipelineWorld,
  pushed,
  pushedRun,
  runText,
  WALKS,
  walkOf,
} from '../../../support/pipelines.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const byId = (pipelines: readonly SeenPipeline[]) => Object.fromEntries(pipelines.map((one) => [one.id, one]));
const digestsOf = (one: SeenPipeline | undefined) => one?.versions.map(({ digest }) => digest);

/** A world that answers something else where `isOther` says so. */
const instead =
  (world: World, isOther: (url: string) => boolean, answer: () => Response): Fetch =>
  async (request) =>
    isOther(request.url) ? answer() : simulate(world)(request);

test('a pipeline is read from a bundle, from the bundle that a run file names, and from a file', async () => {
  const one = machine();
  const { snapshot, pipelines, problems } = await one.refresh(pipelineWorld());
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  expect(problems).toEqual([]);
  const { bundle, run, file } = byId(pipelines);
  const place = 'quay.io/sample/catalog/pipeline-all:devel';
  expect(bundle).toMatchObject({ state: 'read', why: null, kind: 'bundle', place, namedBy: null, given: [] });
  expect(run).toMatchObject({ state: 'read', kind: 'bundle', place, digest: bundle?.digest });
  expect(run?.given).toEqual([{ name: 'hermetic', value: 'true' }]);
  expect(run?.namedBy?.url).toBe(`https://gitlab.com/fe/dora/base/-/blob/${run?.namedBy?.commit}/.tekton/push.yaml`);
  expect(run?.namedBy?.changedAt).toBe('2026-11-13T14:07:00.000Z');
  expect(file).toMatchObject({
    ...{ state: 'read', kind: 'file', place: 'https://github.com/up/stream/blob/main/pipelines/all.yaml' },
    ...{ commit: expect.stringMatching(/^[0-9a-f]{40}$/), changedAt: '2026-11-14T14:07:00.000Z' },
  });
  expect(one.definition(bundle)?.tasks.map(({ ref }) => ref.bundle)).toEqual([
    expect.stringMatching(/task-one:1@sha256:/),
    expect.stringMatching(/task-two:1@sha256:/),
  ]);
});

test('the text of each pipeline and of each task that it pins lies on the shelf of upstream, by its digest', async () => {
  const one = machine();
  const { pipelines } = await one.refresh(pipelineWorld());
  const { bundle, file } = byId(pipelines);
  expect(one.upstream.get(yamlName(bundle?.digest ?? ''))).toContain('kind: Pipeline');
  expect(one.upstream.get(yamlName(file?.digest ?? ''))).toContain('name: coded');
  const pins = one.definition(bundle)?.tasks.map(({ ref }) => ref.bundle?.split('@')[1] ?? '') ?? [];
  const tasks = pins.map((pin) => readTask(one.upstream.get(yamlName(pin)) ?? '').value?.name);
  expect(tasks).toEqual(['one', 'two']);
  // And the run file, from which it is known what it names.
  expect(one.upstream.size).toBe(5);
  // None of it is a record, which would be published.
  expect([...one.records.values()].some((text) => text.includes('kind: Task'))).toBe(false);
});

test('what has not changed costs one question a bundle tag, and a conditional one a file and hour', async () => {
  const one = machine();
  const world = pipelineWorld();
  const cold = await one.refresh(world);
  expect(cold.asks.length).toBeGreaterThan(10);
  const soon = await one.refresh(world, { afterMs: 30 * MINUTE_MS });
  const head = 'HEAD https://quay.io/v2/sample/catalog/pipeline-all/manifests/devel';
  expect(soon.asks).toEqual([head]);
  const [was, now] = [byId(cold.pipelines), byId(soon.pipelines)];
  // Nobody has looked at the file since.
  expect([now['file']?.readAt, now['bundle']?.readAt]).toEqual([was['file']?.readAt, soon.snapshot.generatedAt]);
  expect([now['file']?.why, digestsOf(now['file'])]).toEqual([null, digestsOf(was['file'])]);
  const statuses: number[] = [];
  const handler = simulate(world);
  const late = await one.refresh(world, {
    afterMs: HOUR_MS,
    fetch: async (request) => {
      const answer = await handler(request);
      if (/\/repos\/|\/projects\//.test(request.url)) statuses.push(answer.status);
      return answer;
    },
  });
  expect(statuses).toEqual([304, 304]);
  expect(byId(late.pipelines)['file']?.readAt).toBe(late.snapshot.generatedAt);
  expect(late.problems).toEqual([]);
});

test('what a pipeline was over time is kept, and one that returns has begun anew', async () => {
  const one = machine();
  const other = pushed('-1h', pipelineText('all', ['quay.io/sample/catalog/task-one:1']));
  const first = await one.refresh(pipelineWorld());
  const second = await one.refresh(pipelineWorld({ tekton: other }), { afterMs: HOUR_MS });
  const third = await one.refresh(pipelineWorld({ tekton: other }), { afterMs: 2 * HOUR_MS });
  const back = await one.refresh(pipelineWorld(), { afterMs: 3 * HOUR_MS });
  const [a] = digestsOf(byId(first.pipelines)['bundle']) ?? [];
  const [b] = digestsOf(byId(second.pipelines)['bundle']) ?? [];
  expect(a).not.toBe(b);
  expect(byId(third.pipelines)['bundle']?.versions).toEqual([
    { digest: b, firstSeenAt: second.snapshot.generatedAt, lastSeenAt: third.snapshot.generatedAt },
    { digest: a, firstSeenAt: first.snapshot.generatedAt, lastSeenAt: first.snapshot.generatedAt },
  ]);
  expect(digestsOf(byId(back.pipelines)['bundle'])).toEqual([a, b, a]);
  expect(one.records.has(`pipelines/${a?.slice(7)}.json`) && one.records.has(`pipelines/${b?.slice(7)}.json`)).toBe(
    true,
  );
});

test('what a walkthrough read elsewhere is no version of what it reads now; another tag of a bundle is', async () => {
  const one = machine();
  const reading = (more: string) => ({ walkthroughs: [walkOf('bundle', more)] });
  const [tagged, file] = [pipelineText('all', ['quay.io/sample/catalog/task-two:1']), pipelineText('all', [])];
  const world = pipelineWorld({
    tekton: pushed('-1h', tagged).replace(/\bdevel\b/, 'next'),
    files: committedFile('-1h', file),
  });
  const at = (tag: string) => reading(`reads: { bundle: "quay.io/sample/catalog/pipeline-all:${tag}", name: all }`);
  await one.refresh(world, at('devel'));
  const next = await one.refresh(world, { ...at('next'), afterMs: HOUR_MS });
  expect(next.pipelines[0]?.versions).toHaveLength(2);
  const code = 'reads: { file: { forge: github, project: up/stream, branch: main, path: pipelines/all.yaml } }';
  const moved = await one.refresh(world, { ...reading(code), afterMs: 2 * HOUR_MS });
  expect(moved.pipelines[0]).toMatchObject({ kind: 'file', versions: [{ digest: moved.pipelines[0]?.digest }] });
  expect(moved.pipelines[0]?.versions).toHaveLength(1);
});

test('of many versions the newest 30 are kept', async () => {
  const one = machine();
  for (let at = 0; at < 33; at++) {
    const text = pipelineText(`all`, [`quay.io/sample/catalog/task-one:1`], `  # ${at}\n`);
    await one.refresh(pipelineWorld({ tekton: pushed('-1h', text) }), {
      walkthroughs: [WALKS.bundle],
      afterMs: at * HOUR_MS,
    });
  }
  const { pipelines } = await one.refresh(pipelineWorld(), { walkthroughs: [WALKS.bundle], afterMs: 40 * HOUR_MS });
  expect(pipelines[0]?.versions).toHaveLength(30);
  expect(pipelines[0]?.versions[0]?.digest).toBe(pipelines[0]?.digest);
});

test('a run file that changes is seen within the hour after, and says when', async () => {
  const one = machine();
  await one.refresh(pipelineWorld());
  const changed = pipelineWorld({
    tekton: pushed('-1h', pipelineText('all', ['quay.io/sample/catalog/task-one:1'])),
    files: pushedRun('-30m'),
  });
  const { pipelines } = await one.refresh(changed, { afterMs: HOUR_MS });
  const { run, bundle } = byId(pipelines);
  expect(run?.namedBy?.changedAt).toBe('2026-11-20T13:37:00.000Z');
  expect([run?.digest, run?.versions.length]).toEqual([bundle?.digest, 2]);
});

// GitHub's client waits seconds before it gives up on a server that fails.
test.each([
  ['run', 'gitlab', 'is gone', 404, 'not-found'],
  ['run', 'gitlab', 'is not public', 403, 'denied'],
  ['run', 'gitlab', 'fails', 502, 'server-error'],
  ['file', 'github', 'is gone', 404, 'not-found'],
  ['file', 'github', 'is not public', 403, 'denied'],
] as const)('what is known of a %s on %s that %s stays, and it says why', async (id, source, _, status, kind) => {
  const one = machine();
  const world = pipelineWorld();
  const walkthroughs = [WALKS[id]];
  const before = byId((await one.refresh(world, { walkthroughs })).pipelines)[id];
  const isFile = (url: string) => /\/repository\/files\/|\/contents\//.test(url);
  const fetch = instead(world, isFile, () => Response.json({ message: 'no' }, { status }));
  const { pipelines, problems } = await one.refresh(world, { afterMs: 2 * HOUR_MS, walkthroughs, fetch });
  expect(problems).toMatchObject([{ source, kind }]);
  expect(pipelines).toEqual([{ ...before, why: expect.stringContaining(String(status)) }]);
  const back = await one.refresh(world, { afterMs: 3 * HOUR_MS, walkthroughs });
  expect([back.pipelines[0]?.why, back.problems]).toEqual([null, []]);
});

test('a limit that is used up is one problem, and asks no more', async () => {
  const one = machine();
  const world = pipelineWorld();
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795183200' };
  const answer = () => Response.json({ message: 'API rate limit exceeded' }, { status: 403, headers });
  const fetch = instead(world, (url) => url.includes('/repos/'), answer);
  const { pipelines, problems } = await one.refresh(world, { walkthroughs: [WALKS.file], fetch });
  expect(problems).toMatchObject([{ source: 'github', kind: 'rate-limited' }]);
  expect(pipelines).toMatchObject([{ id: 'file', state: 'not-seen', digest: null, versions: [] }]);
});

test('a file whose commit cannot be had is read all the same', async () => {
  const one = machine();
  const world = pipelineWorld();
  const fetch = instead(
    world,
    (url) => url.includes('/commits'),
    () => new Response('{}', { status: 404 }),
  );
  const { run, file } = byId((await one.refresh(world, { fetch })).pipelines);
  expect(file).toMatchObject({ state: 'read', commit: null, changedAt: null });
  expect(run?.namedBy).toMatchObject({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), changedAt: null });
});

const PINNED = `quay.io/sample/catalog/none:1@sha256:${'0'.repeat(64)}`;
test.each<[string, string, RegExp]>([
  ['holds a Task', 'kind: Task\napiVersion: tekton.dev/v1\nmetadata: { name: a }\nspec: {}\n', /holds no/],
  ['is no YAML', 'a: [\n', /./],
  ['is empty', '\n', /./],
])('a file that %s is a problem, and the pipeline is not seen', async (_, text, why) => {
  const world = pipelineWorld({ files: committedFile('-1h', text) });
  const { pipelines, problems } = await machine().refresh(world, { walkthroughs: [WALKS.file] });
  expect(problems).toMatchObject([{ source: 'github', kind: 'unreadable' }]);
  expect(pipelines).toMatchObject([{ state: 'not-seen', why: expect.stringMatching(why) }]);
});

test('a circle in a pipeline is told each time, and the pipeline kept', async () => {
  const one = machine();
  const circle = `${pipelineText('coded', [])}    - { name: a, runAfter: [b], taskRef: { name: one } }
    - { name: b, runAfter: [a, b, none], taskRef: { name: one } }
`;
  const world = pipelineWorld({ files: committedFile('-1h', circle) });
  for (const afterMs of [0, 30 * MINUTE_MS, 90 * MINUTE_MS]) {
    const { pipelines, problems } = await one.refresh(world, { walkthroughs: [WALKS.file], afterMs });
    expect(pipelines).toMatchObject([{ state: 'read', why: null }]);
    expect(one.definition(pipelines[0])?.tasks).toHaveLength(2);
    expect(problems).toMatchObject([{ source: 'github', kind: 'unreadable' }]);
    expect(problems[0]?.message).toMatch(/pipeline file was read, and is not whole: .*circle/);
  }
});

test('a task bundle that is gone is a problem of its own, and the others are read', async () => {
  const one = machine();
  const text = pipelineText('coded', [PINNED, 'quay.io/sample/catalog/task-one:1', 'nonsense', '10.0.0.1/a@sha256:1']);
  const world = pipelineWorld({ files: committedFile('-1h', text) });
  const { pipelines, problems } = await one.refresh(world, { walkthroughs: [WALKS.file] });
  expect(pipelines).toMatchObject([{ state: 'read', why: null }]);
  expect(problems).toMatchObject([{ source: 'oci', kind: 'denied' }]);
  expect(problems[0]?.message).toContain('task bundle quay.io/sample/catalog/none:1');
  expect(one.upstream.size).toBe(2);
});

test('of 70 new task bundles 60 are read now and the rest next time', async () => {
  const one = machine();
  const names = Array.from({ length: 70 }, (_, index) => `task-${index}`);
  const tasks = Object.fromEntries(
    names.map((name) => [`sample/many/${name}:1`, bundleOf({ name, text: `# ${name}\n` })]),
  );
  const refs = Object.entries(tasks).map(([at, { digest }]) => `quay.io/${at}@${digest}`);
  const all = bundleOf({ kind: 'pipeline', name: 'all', text: pipelineText('all', refs) });
  const registry = bundleRegistry({ ...tasks, 'sample/many/all:1': all });
  const world = pipelineWorld();
  const handler = simulate(world);
  const fetch: Fetch = (request) => (request.url.includes('sample/many') ? registry(request) : handler(request));
  const walkthroughs = [walkOf('many', 'reads: { bundle: "quay.io/sample/many/all:1", name: all }')];
  await one.refresh(world, { walkthroughs, fetch });
  expect(one.upstream.size).toBe(61);
  await one.refresh(world, { walkthroughs, fetch, afterMs: HOUR_MS });
  expect(one.upstream.size).toBe(71);
});

test.each([
  ['hub', 'resolver: hub\n    params: [{ name: name, value: all }]', /by the resolver hub/],
  ['http', 'resolver: http\n    params: [{ name: url, value: "http://169.254.169.254/" }]', /by the resolver http/],
  [
    'a private registry',
    `resolver: bundles\n    params: [{ name: name, value: all }, { name: bundle, value: "169.254.169.254/a:b" }]`,
    /no public registry/,
  ],
  [
    'no bundle',
    `resolver: bundles\n    params: [{ name: name, value: all }, { name: bundle, value: "../../etc" }]`,
    /no address of a bundle/,
  ],
])('a run file that names %s cannot be followed, and nobody is asked', async (_, ref, why) => {
  const text = runText('x').replace(/resolver: bundles[\s\S]*$/, `${ref}\n`);
  const world = pipelineWorld({ files: committedFile('-1h', text) });
  const walk = walkOf(
    'run',
    'reads: { run: { forge: github, project: up/stream, branch: main, path: pipelines/all.yaml } }',
  );
  const { pipelines, asks } = await machine().refresh(world, { walkthroughs: [walk] });
  expect(pipelines).toMatchObject([{ state: 'not-seen', why: expect.stringMatching(why) }]);
  expect(asks.filter((one) => !one.includes('/repos/'))).toEqual([]);
});

test('a run file may hold its pipeline, or name a file of a repository', async () => {
  const holding = runText('x').replace(
    /pipelineRef:[\s\S]*$/,
    'pipelineSpec:\n    tasks: [{ name: only, taskRef: { name: one } }]\n',
  );
  const git = (url: string) =>
    `resolver: git\n    params: [{ name: url, value: "${url}" }, { name: revision, value: main }, { name: pathInRepo, value: pipelines/all.yaml }]\n`;
  const naming = runText('x').replace(/resolver: bundles[\s\S]*$/, git('https://github.com/up/stream.git'));
  const walkthroughs = [WALKS.run];
  for (const [text, names] of [
    [holding, ['only']],
    [naming, ['task-0']],
  ] as const) {
    const one = machine();
    const files = pushedRun('-1h').replace(/text: \|[\s\S]*$/, `text: |\n${text.replace(/^/gm, '      ')}\n`);
    const { pipelines, problems } = await one.refresh(pipelineWorld({ files }), { walkthroughs });
    expect(problems).toEqual([]);
    expect(pipelines).toMatchObject([{ state: 'read', kind: 'file', given: [{ name: 'hermetic' }] }]);
    expect(pipelines[0]?.namedBy?.url).toContain('.tekton/push.yaml');
    expect(one.definition(pipelines[0])?.tasks.map(({ name }) => name)).toEqual(names);
  }
});

test('what is not to be asked stays as it was', async () => {
  const one = machine();
  const world = pipelineWorld();
  const before = (await one.refresh(world)).pipelines;
  const changed = pipelineWorld({ tekton: pushed('-1h', pipelineText('all', [])) });
  const { pipelines, asks } = await one.refresh(changed, {
    afterMs: HOUR_MS,
    only: new Set(['quay', 'github'] as const),
  });
  expect(byId(pipelines)['bundle']).toEqual(byId(before)['bundle']);
  expect(byId(pipelines)['run']).toEqual(byId(before)['run']);
  expect(asks.every((one) => one.includes('/repos/'))).toBe(true);
});

test('a walkthrough that is no longer there takes its pipeline with it, and a new one is not seen before it was asked for', async () => {
  const one = machine();
  const world = pipelineWorld();
  await one.refresh(world);
  const { pipelines } = await one.refresh(world, {
    ...{ walkthroughs: [WALKS.file, walkOf('new', 'reads: { bundle: "quay.io/sample/catalog/task-one:1", name: x }')] },
    only: new Set(['quay', 'github'] as const),
  });
  expect(pipelines.map(({ id, state, why }) => [id, state, why])).toEqual([
    ['file', 'read', null],
    ['new', 'not-seen', 'It was not asked for yet.'],
  ]);
});

test('a definition that is damaged is read again', async () => {
  const one = machine();
  const world = pipelineWorld();
  const walkthroughs = [WALKS.file];
  const { pipelines } = await one.refresh(world, { walkthroughs });
  const name = `pipelines/${pipelines[0]?.digest?.slice(7)}.json`;
  const whole = one.records.get(name);
  await one.damage(name);
  await one.refresh(world, { walkthroughs, afterMs: 10 * MINUTE_MS });
  expect(one.records.get(name)).toBe(whole);
});

test('a registry that is lost costs none of the board', async () => {
  const world = pipelineWorld();
  const fetch = instead(
    world,
    (url) => url.includes('sample/catalog'),
    () => {
      throw new TypeError('fetch failed');
    },
  );
  const { snapshot, pipelines } = await machine().refresh(world, { fetch });
  expect(snapshot.images.map(({ verdict }) => verdict.state)).toEqual(['fresh', 'fresh']);
  expect(byId(pipelines)).toMatchObject({ bundle: { state: 'not-seen' }, file: { state: 'read' } });
});

test('where registries are not to be asked no task bundle is, though a file names some that are lacking', async () => {
  const one = machine();
  const only = new Set(['quay', 'github'] as const);
  const { pipelines, asks } = await one.refresh(pipelineWorld(), { walkthroughs: [WALKS.file], only });
  expect(pipelines).toMatchObject([{ state: 'read' }]);
  expect(asks.filter((ask) => ask.includes('sample/catalog'))).toEqual([]);
  expect(one.upstream.size).toBe(1);
});

test('what is wrong with a pipeline is told only where its source was to be asked; else it stays as it was told', async () => {
  const one = machine();
  const files = committedFile('-1h', pipelineText('coded', [], '    - { name: a, runAfter: [none] }\n'));
  const world = pipelineWorld({ files });
  const walkthroughs = [WALKS.file];
  const first = await one.refresh(world, { walkthroughs });
  expect(first.problems).toMatchObject([{ source: 'github', kind: 'unreadable' }]);
  const only = new Set(['quay', 'oci'] as const);
  const { snapshot } = await one.refresh(world, { walkthroughs, only, afterMs: HOUR_MS });
  expect(snapshot.problems).toEqual(first.snapshot.problems);
});
