import { expect, test } from 'vitest';
import { placeOf } from '#sources/pipelines/files.ts';
import { MARK } from '#sources/redact.ts';
import { machine, pipelineText, pipelineWorld, pushed, pushedRun, runText, WALKS } from '../../../support/pipelines.ts';

/** Files of repositories: what was read is kept, and asked for again only when it may have changed. */

const HOUR_MS = 3_600_000;
const NAME = 'forges/files.json';
const CATALOG = 'quay.io/sample/catalog';

const runFile = (text: string) =>
  pushedRun('-1h').replace(/text: \|[\s\S]*$/, `text: |\n${text.replace(/^/gm, '      ')}\n`);
const git = (url: string) =>
  `resolver: git\n    params: [{ name: url, value: "${url}" }, { name: revision, value: main }, { name: pathInRepo, value: pipelines/all.yaml }]\n`;
const namingGit = runText('x').replace(/resolver: bundles[\s\S]*$/, git('https://github.com/up/stream'));
const isForge = (ask: string) => /\/(repos|projects)\//.test(ask);

test.each([
  ['a file of another repository', namingGit, 4],
  ['a bundle by its tag', runText(`${CATALOG}/pipeline-all`), 2],
])('a run file that names %s is asked for hourly too, and only whether it has changed', async (_, text, first) => {
  const one = machine();
  const latest = pushed('-1h', pipelineText('all', [`${CATALOG}/task-one:1`])).replace('devel', 'latest');
  const world = pipelineWorld({ tekton: latest, files: runFile(text) });
  const walkthroughs = [WALKS.run];
  const cold = await one.refresh(world, { walkthroughs });
  expect([cold.problems, cold.asks.filter(isForge).length]).toEqual([[], first]);
  const soon = await one.refresh(world, { walkthroughs, afterMs: HOUR_MS / 2 });
  expect(soon.asks.filter(isForge)).toEqual([]);
  expect(soon.pipelines).toEqual(cold.pipelines);
  const late = await one.refresh(world, { walkthroughs, afterMs: HOUR_MS });
  expect(late.asks.filter(isForge)).toHaveLength(first / 2);
  expect(late.pipelines[0]?.readAt).toBe(late.snapshot.generatedAt);
});

test('what a run file gives to a name that tells of a secret is not shown on', async () => {
  const params =
    'params: [{ name: hermetic, value: "true" }, { name: registry-token, value: hunter2 }, { name: ssh-key, value: [abcd] }]';
  const text = runText(`${CATALOG}/pipeline-all:devel`).replace(/params: .*/, params);
  const { pipelines } = await machine().refresh(pipelineWorld({ files: runFile(text) }), { walkthroughs: [WALKS.run] });
  expect(pipelines[0]?.given).toEqual([
    { name: 'hermetic', value: 'true' },
    { name: 'registry-token', value: MARK },
    { name: 'ssh-key', value: [MARK] },
  ]);
});

test('a file that two walkthroughs name is read once', async () => {
  const walkthroughs = [
    { ...WALKS.run, id: 'a' },
    { ...WALKS.run, id: 'b' },
  ];
  const { asks, pipelines } = await machine().refresh(pipelineWorld(), { walkthroughs });
  expect(asks.filter(isForge)).toHaveLength(new Set(asks.filter(isForge)).size);
  expect(pipelines.map(({ state }) => state)).toEqual(['read', 'read']);
});

test('a change of the pipeline behind a run file that stays is seen', async () => {
  const one = machine();
  const files = runFile(namingGit);
  const walkthroughs = [WALKS.run];
  const before = await one.refresh(pipelineWorld({ files }), { walkthroughs });
  const changed = pipelineText('coded', [`${CATALOG}/task-one:1`]);
  const world = pipelineWorld({
    files: `${files}  - forge: github\n    project: up/stream\n    branch: main\n    path: pipelines/all.yaml\n    at: -10m\n    text: |\n${changed.replace(/^/gm, '      ')}\n`,
  });
  const { pipelines } = await one.refresh(world, { walkthroughs, afterMs: HOUR_MS });
  expect(pipelines[0]?.versions).toHaveLength(2);
  expect(pipelines[0]?.digest).not.toBe(before.pipelines[0]?.digest);
});

test('what a clock that ran ahead has written does not keep a file from being asked for', async () => {
  const one = machine();
  const world = pipelineWorld();
  await one.refresh(world, { walkthroughs: [WALKS.file], afterMs: 400 * 24 * HOUR_MS });
  const { asks, pipelines, snapshot } = await one.refresh(world, { walkthroughs: [WALKS.file] });
  expect(asks.filter(isForge)).toHaveLength(1);
  expect(pipelines[0]?.readAt).toBe(snapshot.generatedAt);
});

test('what is known of a file that nobody has asked for in a month is forgotten', async () => {
  const one = machine();
  const world = pipelineWorld();
  await one.refresh(world, { walkthroughs: [WALKS.file, WALKS.run] });
  await one.refresh(world, { walkthroughs: [WALKS.file], afterMs: 29 * 24 * HOUR_MS });
  expect(one.records.get(NAME)).toContain('push.yaml');
  await one.refresh(world, { walkthroughs: [WALKS.file], afterMs: 31 * 24 * HOUR_MS });
  expect(one.records.get(NAME)).not.toContain('push.yaml');
  expect(one.records.get(NAME)).toContain('all.yaml');
});

test('a file whose text is lost here is read again as a whole', async () => {
  const one = machine();
  const world = pipelineWorld();
  const { pipelines } = await one.refresh(world, { walkthroughs: [WALKS.file] });
  const name = `${pipelines[0]?.digest?.slice(7)}.yaml`;
  const text = one.upstream.get(name);
  one.forget(name);
  const again = await one.refresh(world, { walkthroughs: [WALKS.file], afterMs: HOUR_MS / 2 });
  expect([again.problems, one.upstream.get(name)]).toEqual([[], text]);
});

test('a bundle and a task whose texts are lost here are read again', async () => {
  const one = machine();
  const world = pipelineWorld();
  await one.refresh(world, { walkthroughs: [WALKS.bundle] });
  const all = [...one.upstream];
  for (const [name] of all) one.forget(name);
  await one.refresh(world, { walkthroughs: [WALKS.bundle], afterMs: HOUR_MS / 2 });
  expect([...one.upstream].sort()).toEqual(all.sort());
});

test.each([
  ['https://github.com/a/b', 'github', 'a/b'],
  ['https://github.com/a/b.git', 'github', 'a/b'],
  ['https://gitlab.com/a/b/c/d', 'gitlab', 'a/b/c/d'],
])('%s is a repository on %s', (url, forge, project) => {
  expect(placeOf(url, null, 'a.yaml')).toEqual({ forge, project, branch: 'main', path: 'a.yaml' });
});

test.each([
  ['https://github.com/a/b/c/d', 'a.yaml'],
  ['https://github.com/a', 'a.yaml'],
  ['https://gitlab.com/a/../b', 'a.yaml'],
  ['https://gitlab.com/a/..b', 'a.yaml'],
  ['http://github.com/a/b', 'a.yaml'],
  ['https://github.com.evil.example/a/b', 'a.yaml'],
  ['https://github.com/a/b', '../a.yaml'],
  ['https://github.com/a/b', '/a.yaml'],
  ['https://github.com/a/b', null],
  [null, 'a.yaml'],
])('%s with the path %s is nowhere that we ask', (url, path) => {
  expect(placeOf(url, 'main', path)).toBeNull();
});
