import { expect, test } from 'vitest';
import { COMPONENT, movingWorld, pipelineFile, reasonOf } from '../../../support/moving.ts';

const CREATE = ['merge_request.create', 'merge_request.target=main'];
const PINNED = 'quay.io/bootc-devel/fedora-bootc-45-compose:sample';
const manifest = (name: string) => ({ 'standard/manifest.yaml': `packages:\n  - ${name}\n` });
const label = (name: string) => `pipelinesascode.tekton.dev/${name}`;

const named = (run: { metadata: { labels: Record<string, string> } } | undefined) =>
  run?.metadata.labels[label('original-prname')];

test('a push to the branch starts the files that are meant for it, with the labels of the commit', async () => {
  const world = movingWorld();
  const { commit } = await world.push('main', manifest('htop'));
  const [run, ...more] = await world.builds();
  expect(more).toEqual([]);
  expect(run?.metadata.name).toMatch(/^fedora-bootc-45-standard-on-push-sample-[0-9a-f]{5}$/);
  expect(run?.metadata.labels).toMatchObject({
    ...{ [label('sha')]: commit, [label('event-type')]: 'Push', [label('url-org')]: 'fedora-bootc' },
    'appstudio.openshift.io/component': COMPONENT,
  });
  expect(run?.metadata.annotations).toMatchObject({
    ...{ [label('url-org')]: 'fedora/bootc', [label('branch')]: 'main', [label('sha-title')]: 'A change' },
    'build.appstudio.redhat.com/commit_sha': commit,
  });
});

test('a push that changes nothing of the paths starts nothing, nor does one that says so', async () => {
  const world = movingWorld();
  await world.push('main', { 'README.md': 'other\n' });
  await world.push('main', manifest('htop'), [], 'A change [skip ci]\n');
  expect(await world.builds()).toEqual([]);
});

test('a branch alone starts nothing; git is told where a merge request can be opened', async () => {
  const world = movingWorld();
  const { lines } = await world.push('sample', manifest('htop'));
  expect(lines.join('\n')).toContain('To create a merge request for sample, visit:\n  https://gitlab.com/');
  expect(await world.builds()).toEqual([]);
});

test('a merge request is built, its image is thrown away, and nothing of it is released', async () => {
  const world = movingWorld();
  const { lines, commit } = await world.push('sample', manifest('htop'), CREATE);
  expect(lines).toContain('  https://gitlab.com/fedora/bootc/base-images/-/merge_requests/1');
  const [run] = await world.builds();
  expect([named(run), run?.metadata.labels[label('pull-request')], run?.metadata.labels[label('event-type')]]).toEqual([
    ...[`${COMPONENT}-on-pull-request`, '1', 'Merge_Request'],
  ]);
  world.pass(60);
  expect(reasonOf((await world.builds())[0])).toBe('Succeeded');
  const repository = `konflux-fedora/bootc-tenant/${COMPONENT}`;
  expect(await world.image(repository, `on-pr-${commit}`)).not.toBeNull();
  const sets = await world.studio('snapshots');
  const own = sets.find((one: { metadata: { labels: Record<string, string> } }) =>
    Object.hasOwn(one.metadata.labels, 'pac.test.appstudio.openshift.io/pull-request'),
  );
  expect(own).toBeDefined();
  const releases = await world.studio('releases');
  expect(releases.map((one: { spec: { snapshot: string } }) => one.spec.snapshot)).not.toContain(own.metadata.name);
});

test('a new commit of a merge request stops the build of the one before', async () => {
  const world = movingWorld();
  await world.push('sample', manifest('htopp'), CREATE);
  world.pass(2);
  await world.push('sample', manifest('htop'));
  expect((await world.builds()).map(reasonOf)).toEqual(['Running', 'Cancelled']);
});

test('the comment /retest starts what failed, and nothing that was good', async () => {
  const world = movingWorld(
    `  builds: [{ component: ${COMPONENT}, fails: [{ times: 1, log: "sample: no mirror" }] }]\n`,
  );
  await world.push('sample', manifest('htop'), CREATE);
  world.pass(20);
  const comment = (body: string) => world.gitlab('merge_requests/1/notes', 'POST', { body });
  expect((await comment('/retest')).code).toBe(201);
  world.pass(20);
  await comment('/retest');
  expect((await world.builds()).map(reasonOf)).toEqual(['Succeeded', 'Failed']);
  expect((await world.builds())[0]?.metadata.labels[label('event-type')]).toBe('retest-all-comment');
  await comment('please /retest');
  await comment('/retest nonsense');
  expect(await world.builds()).toHaveLength(2);
  await comment(`/test ${COMPONENT}-on-pull-request`);
  expect(await world.builds()).toHaveLength(3);
  await comment('/cancel');
  expect(reasonOf((await world.builds())[0])).toBe('Cancelled');
});

test('Konflux writes no comment; the commit tells what became of its build', async () => {
  const world = movingWorld();
  const { commit } = await world.push('sample', manifest('htopp'), CREATE);
  const states = async () => {
    const { body } = await world.gitlab(`repository/commits/${commit}/statuses`);
    return body.map(({ name, status }: Record<string, string>) => [name, status]);
  };
  const name = `Konflux kflux-fedora-01 / ${COMPONENT}-on-pull-request`;
  expect(await states()).toEqual([[name, 'running']]);
  world.pass(20);
  expect(await states()).toEqual([[name, 'failed']]);
  expect((await world.gitlab('merge_requests/1')).body).toMatchObject({
    ...{ state: 'opened', head_pipeline: { status: 'failed', source: 'external' }, user_notes_count: 0 },
  });
  expect((await world.gitlab('merge_requests/1/notes')).body).toEqual([]);
});

test.for([
  ['no YAML', 'kind: [', 'There was an issue validating the commit'],
  [
    'an amount that Kubernetes does not know',
    pipelineFile(
      'pull-request',
      '  taskRunSpecs: [{ pipelineTaskName: init, computeResources: { limits: { memory: 8GB } } }]\n',
      PINNED,
    ),
    'There was an error creating the PipelineRun',
  ],
  [
    'a condition that cannot be read',
    pipelineFile('pull-request', '', PINNED).replace('event ==', 'event =~'),
    'cannot be read here',
  ],
])('a file with %s starts nothing, and the commit says why', async ([, text = '', said = '']) => {
  const world = movingWorld();
  const { commit } = await world.push('sample', { '.tekton/pull-request.yaml': text }, CREATE);
  expect(await world.builds()).toEqual([]);
  const { body } = await world.gitlab(`repository/commits/${commit}/statuses`);
  expect(body).toHaveLength(1);
  expect(body[0]).toMatchObject({ status: 'failed', target_url: null });
  expect(body[0].description).toContain(said);
});

test('the newest commit of the branch is what a component is built from when that is asked for', async () => {
  const world = movingWorld();
  const { commit } = await world.push('main', { 'README.md': 'other\n' });
  await world.trigger();
  const [run] = await world.builds();
  expect([named(run), run?.metadata.labels[label('sha')], run?.metadata.labels[label('event-type')]]).toEqual([
    ...[`${COMPONENT}-on-push`, commit, 'incoming'],
  ]);
});

test('a repository whose files have no such pipeline starts nothing when a build is asked for', async () => {
  const world = movingWorld();
  const text = pipelineFile('push', '', PINNED).replaceAll(`${COMPONENT}-on-push`, 'other-on-push');
  await world.push('main', { '.tekton/push.yaml': text.replace('event == "push"', 'event == "none"') });
  await world.trigger();
  expect(await world.builds()).toEqual([]);
});
