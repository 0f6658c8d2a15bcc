import { expect, test } from 'vitest';
import { kindOf } from '#sim/kube/crd.ts';
import { COMPONENT, core, NAMESPACE, pretendCluster, snapshot, studio } from '../../../support/kube.ts';
import { REPOSITORIES, smallWorld } from '../../../support/world.ts';

const MINUTE_MS = 60_000;
const MERGE = 'application/merge-patch+json';
const PLAN = 'release-fedora-bootc-to-quay-io-45';
const WORLD = `${REPOSITORIES}
cluster:
  token: sample-token
  components:
    - component: ${COMPONENT}
      application: fedora-bootc-45
      repository: bootc-devel/fedora-bootc-45-standard
      tests: { sample-boot: TestPassed, sample-policy: TestFail }
      runs: [{ at: -5m, ends: never }]
`;
const SNAPSHOTS = studio('snapshots');
const RELEASES = studio('releases');
const RUNS = `/apis/tekton.dev/v1/namespaces/${NAMESPACE}/pipelineruns`;

type Cluster = ReturnType<typeof pretendCluster>;
const world = () => pretendCluster(undefined, smallWorld(WORLD));
const patch = (cluster: Cluster, path: string, body: object, role = 'admin') =>
  cluster.ask(path, { method: 'PATCH', type: MERGE, body, role });
const request = (word: string) => ({ metadata: { annotations: { 'build.appstudio.openshift.io/request': word } } });
const reasons = (object: { status?: { conditions?: { type: string; reason: string }[] } }) =>
  Object.fromEntries((object.status?.conditions ?? []).map(({ type, reason }) => [type, reason]));

async function ofComponent(cluster: Cluster) {
  const { body } = await cluster.ask(`${RUNS}?labelSelector=pipelinesascode.tekton.dev/event-type=incoming`);
  return body.items;
}

test('a build that is asked for runs, gives a Snapshot, which is tested and released', async () => {
  const cluster = world();
  const asked = await patch(cluster, studio(`components/${COMPONENT}`), request('trigger-pac-build'), 'maintainer');
  expect(asked.code).toBe(200);
  const component = await cluster.ask(studio(`components/${COMPONENT}`));
  expect(component.body.metadata.annotations).not.toHaveProperty(['build.appstudio.openshift.io/request']);
  const [run] = await ofComponent(cluster);
  expect(run.metadata.name).toMatch(/^fedora-bootc-45-standard-on-push-sample-[0-9a-f]{5}$/);
  expect(reasons(run)).toEqual({ Succeeded: 'Running' });
  cluster.pass(15 * MINUTE_MS);
  const [built] = await ofComponent(cluster);
  expect(reasons(built)).toEqual({ Succeeded: 'Succeeded' });
  const name = built.metadata.annotations['appstudio.openshift.io/snapshot'];
  const made = await cluster.ask(`${SNAPSHOTS}/${name}`);
  expect(made.body.spec.components[0].containerImage).toMatch(/@sha256:[0-9a-f]{64}$/);
  expect(made.body.metadata.annotations['test.appstudio.openshift.io/status']).toContain('InProgress');
  cluster.pass(12 * MINUTE_MS);
  const tested = await cluster.ask(`${SNAPSHOTS}/${name}`);
  expect(reasons(tested.body)).toEqual({
    ...{ AppStudioTestSucceeded: 'Passed', AppStudioIntegrationStatus: 'Finished' },
    ...{ AddedToGlobalCandidateList: 'Added', AutoReleased: 'AutoReleased' },
  });
  const promoted = await cluster.ask(studio(`components/${COMPONENT}`));
  expect(promoted.body.status.lastPromotedImage).toBe(made.body.spec.components[0].containerImage);
  const released = async () => {
    const { body } = await cluster.ask(RELEASES);
    return body.items.find((one: { spec: { snapshot: string } }) => one.spec.snapshot === name);
  };
  expect(reasons(await released())).toMatchObject({ Validated: 'Succeeded', Released: 'Progressing' });
  cluster.pass(20 * MINUTE_MS);
  expect(reasons(await released())).toMatchObject({ Released: 'Succeeded', ManagedPipelineProcessed: 'Succeeded' });
});

test('all that follows a build comes also when nobody looked for hours, each at its time', async () => {
  const cluster = world();
  await patch(cluster, studio(`components/${COMPONENT}`), request('trigger-pac-build'));
  cluster.pass(5 * 60 * MINUTE_MS);
  const [run] = await ofComponent(cluster);
  expect(Date.parse(run.status.completionTime) - Date.parse(run.status.startTime)).toBeLessThan(15 * MINUTE_MS);
  const { body } = await cluster.ask(RELEASES);
  const [release] = body.items;
  expect(reasons(release)).toMatchObject({ Released: 'Succeeded' });
  expect(Date.parse(release.metadata.creationTimestamp)).toBeLessThan(
    Date.parse(run.status.startTime) + 60 * MINUTE_MS,
  );
});

test.for([
  ['configure-pac', '"state":"enabled"'],
  ['unconfigure-pac', '"state":"disabled"'],
  ['sample-nonsense', 'sample: there is no request sample-nonsense'],
])('the request %s is answered and taken away', async ([word = '', said = '']) => {
  const cluster = world();
  await patch(cluster, studio(`components/${COMPONENT}`), request(word));
  const { body } = await cluster.ask(studio(`components/${COMPONENT}`));
  expect(body.metadata.annotations['build.appstudio.openshift.io/status']).toContain(said);
  expect(body.metadata.annotations).not.toHaveProperty(['build.appstudio.openshift.io/request']);
});

test('a run that is cancelled ends, and so do its tasks', async () => {
  const cluster = world();
  const { body } = await cluster.ask(RUNS);
  const going = body.items.find((one: object) => reasons(one)['Succeeded'] === 'Running');
  await patch(cluster, `${RUNS}/${going.metadata.name}`, { spec: { status: 'CancelledRunFinally' } });
  const ended = await cluster.ask(`${RUNS}/${going.metadata.name}`);
  expect(reasons(ended.body)).toEqual({ Succeeded: 'Cancelled' });
  expect(ended.body.status.completionTime).toBe('2026-11-20T14:07:00Z');
  const tasks = await cluster.ask(
    `/apis/tekton.dev/v1/namespaces/${NAMESPACE}/taskruns?labelSelector=tekton.dev/pipelineRun=${going.metadata.name}`,
  );
  const all = new Set(tasks.body.items.map((one: object) => reasons(one)['Succeeded']));
  expect(all).toContain('TaskRunCancelled');
  expect(all).not.toContain('Running');
});

test('a run that is made by hand runs, and one that is pending waits', async () => {
  const cluster = world();
  const run = (name: string, spec: object) => ({
    ...{ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name }, spec },
  });
  await cluster.ask(RUNS, { method: 'POST', body: run('sample-a', {}) });
  await cluster.ask(RUNS, { method: 'POST', body: run('sample-b', { status: 'PipelineRunPending' }) });
  cluster.pass(20 * MINUTE_MS);
  expect(reasons((await cluster.ask(`${RUNS}/sample-a`)).body)).toEqual({ Succeeded: 'Succeeded' });
  expect(reasons((await cluster.ask(`${RUNS}/sample-b`)).body)).toEqual({});
});

test.for(['all', 'sample-policy', 'sample-policy-fedora-bootc-45'])(
  'tests run again for the label %s',
  async (word) => {
    const cluster = world();
    const { body } = await cluster.ask(SNAPSHOTS);
    const { name } = body.items[0].metadata;
    const path = `${SNAPSHOTS}/${name}`;
    const rows = async () => {
      const { body: now } = await cluster.ask(path);
      const all = JSON.parse(now.metadata.annotations['test.appstudio.openshift.io/status']);
      const states = all.map(({ scenario, status }: Record<string, string>) => [scenario, status]);
      return { states: Object.fromEntries(states), labels: now.metadata.labels, reasons: reasons(now) };
    };
    expect((await rows()).states['sample-policy']).toBe('TestFail');
    await patch(cluster, path, { metadata: { labels: { 'test.appstudio.openshift.io/run': word } } });
    const going = await rows();
    expect(going.labels).not.toHaveProperty(['test.appstudio.openshift.io/run']);
    expect(going.states['sample-policy']).toBe('InProgress');
    expect(going.states['sample-boot']).toBe(word === 'all' ? 'InProgress' : 'TestPassed');
    cluster.pass(15 * MINUTE_MS);
    const done = await rows();
    expect(done.states['sample-policy']).toBe('TestPassed');
    expect(done.reasons).toMatchObject({ AppStudioTestSucceeded: 'Passed' });
  },
);

test('a label that names no scenario stays', async () => {
  const cluster = world();
  const { body } = await cluster.ask(SNAPSHOTS);
  const path = `${SNAPSHOTS}/${body.items[0].metadata.name}`;
  await patch(cluster, path, { metadata: { labels: { 'test.appstudio.openshift.io/run': 'sample-typo' } } });
  const after = await cluster.ask(path);
  expect(after.body.metadata.labels['test.appstudio.openshift.io/run']).toBe('sample-typo');
});

test('an override Snapshot sets what the component counts as good', async () => {
  const cluster = world();
  const containerImage = `quay.io/sample/c@sha256:${'a'.repeat(64)}`;
  const made = snapshot('sample-override', {
    metadata: { name: 'sample-override', labels: { 'test.appstudio.openshift.io/type': 'override' } },
    spec: { application: 'fedora-bootc-45', components: [{ name: COMPONENT, containerImage }] },
  });
  await cluster.ask(SNAPSHOTS, { method: 'POST', body: made });
  const { body } = await cluster.ask(studio(`components/${COMPONENT}`));
  expect(body.status.lastPromotedImage).toBe(containerImage);
  const stored = await cluster.ask(`${SNAPSHOTS}/sample-override`);
  expect(reasons(stored.body)).toMatchObject({ AddedToGlobalCandidateList: 'Added' });
});

async function refusedWith(cluster: Cluster, spec: object, labels = {}): Promise<string> {
  const { body } = await cluster.ask(RELEASES, {
    method: 'POST',
    body: {
      ...{ apiVersion: 'appstudio.redhat.com/v1alpha1', kind: 'Release' },
      ...{ metadata: { name: 'sample-release', labels }, spec },
    },
  });
  const { body: now } = await cluster.ask(`${RELEASES}/${body.metadata.name}`);
  const [valid] = now.status.conditions;
  return `${valid.type} ${valid.status}: ${valid.message}`;
}

test('a Release that is not fit is refused in the words of the release service', async () => {
  const good = async (cluster: Cluster) => (await cluster.ask(SNAPSHOTS)).body.items[0].metadata.name;
  const plan = studio(`releaseplans/${PLAN}`);
  const missing = world();
  expect(await refusedWith(missing, { snapshot: 'sample-no', releasePlan: PLAN })).toMatch(
    /False: sample: there is no S/,
  );
  const noPlan = world();
  expect(await refusedWith(noPlan, { snapshot: 'x', releasePlan: 'sample-no' })).toMatch(
    /False: sample: there is no R/,
  );
  const other = world();
  await other.ask(SNAPSHOTS, { method: 'POST', body: snapshot('of-other', { spec: { application: 'sample-other' } }) });
  expect(await refusedWith(other, { snapshot: 'of-other', releasePlan: PLAN })).toBe(
    'Validated False: different Application referenced in ReleasePlan and Snapshot',
  );
  const anonymous = world();
  await patch(anonymous, plan, {
    metadata: { labels: { 'release.appstudio.openshift.io/standing-attribution': null } },
  });
  const automated = { 'release.appstudio.openshift.io/automated': 'true' };
  expect(await refusedWith(anonymous, { snapshot: await good(anonymous), releasePlan: PLAN }, automated)).toBe(
    'Validated False: no author in the ReleasePlan found for automated release',
  );
  const nowhere = world();
  await patch(nowhere, plan, { spec: { target: null } });
  expect(await refusedWith(nowhere, { snapshot: await good(nowhere), releasePlan: PLAN })).toBe(
    'Validated False: releasePlan has no target',
  );
  const lonely = world();
  await patch(lonely, plan, { spec: { target: 'sample-elsewhere' } });
  expect(await refusedWith(lonely, { snapshot: await good(lonely), releasePlan: PLAN })).toBe(
    'Validated False: no ReleasePlanAdmission found in namespace (sample-elsewhere) with the origin (bootc-tenant)',
  );
  const blocked = world();
  const admission =
    '/apis/appstudio.redhat.com/v1alpha1/namespaces/sample-managed/releaseplanadmissions/sample-admission';
  const block = { metadata: { labels: { 'release.appstudio.openshift.io/block-releases': 'true' } } };
  expect((await patch(blocked, admission, block, 'managed')).code).toBe(200);
  expect(await refusedWith(blocked, { snapshot: await good(blocked), releasePlan: PLAN })).toBe(
    "Validated False: found ReleasePlanAdmission 'sample-admission' with block-releases label set to true",
  );
});

test('a new component is given a repository, and is watched after that', async () => {
  const cluster = world();
  const component = {
    ...{ apiVersion: 'appstudio.redhat.com/v1alpha1', kind: 'Component' },
    metadata: { name: 'sample-new', annotations: request('configure-pac').metadata.annotations },
    spec: {
      ...{ application: 'fedora-bootc-45', componentName: 'sample-new' },
      source: { git: { url: 'https://gitlab.com/fedora/bootc/base-images', revision: 'main' } },
    },
  };
  await cluster.ask(studio('components'), { method: 'POST', body: component });
  const before = await cluster.ask(studio('components/sample-new'));
  expect(before.body.metadata.annotations).toHaveProperty(['build.appstudio.openshift.io/request']);
  await cluster.ask(studio('imagerepositories'), {
    method: 'POST',
    body: {
      ...{ apiVersion: 'appstudio.redhat.com/v1alpha1', kind: 'ImageRepository' },
      metadata: {
        name: 'sample-new',
        labels: { 'appstudio.redhat.com/component': 'sample-new' },
        annotations: { 'image-controller.appstudio.redhat.com/update-component-image': 'true' },
      },
      spec: { image: { visibility: 'public' } },
    },
  });
  const repository = await cluster.ask(studio('imagerepositories/sample-new'));
  const url = 'quay.io/konflux-fedora/bootc-tenant/sample-new';
  expect(repository.body.status).toMatchObject({ state: 'ready', image: { url, visibility: 'public' } });
  const after = await cluster.ask(studio('components/sample-new'));
  expect(after.body.spec.containerImage).toBe(url);
  expect(after.body.metadata.annotations['build.appstudio.openshift.io/status']).toContain('enabled');
  const account = await cluster.ask(core('serviceaccounts/build-pipeline-sample-new'));
  expect(account.body.secrets).toEqual([{ name: 'sample-new-sample-image-push' }]);
});

test('a plan without an admission is told so', async () => {
  const cluster = world();
  await cluster.ask(studio('releaseplans'), {
    method: 'POST',
    body: {
      ...{ apiVersion: 'appstudio.redhat.com/v1alpha1', kind: 'ReleasePlan', metadata: { name: 'sample-plan' } },
      spec: { application: 'sample-other', target: 'sample-managed' },
    },
  });
  const { body } = await cluster.ask(studio('releaseplans/sample-plan'));
  expect(body.status.conditions).toMatchObject([{ type: 'Matched', status: 'False' }]);
});

/** Kinds that take anything, so that the controllers meet what no schema would let through. */
const hostile = [
  ['appstudio.redhat.com', 'v1alpha1', 'Component'],
  ['appstudio.redhat.com', 'v1alpha1', 'Snapshot'],
  ['appstudio.redhat.com', 'v1alpha1', 'Release'],
  ['appstudio.redhat.com', 'v1alpha1', 'ReleasePlan'],
  ['appstudio.redhat.com', 'v1alpha1', 'ReleasePlanAdmission'],
  ['appstudio.redhat.com', 'v1alpha1', 'ImageRepository'],
  ['tekton.dev', 'v1', 'PipelineRun'],
] as const;
const PLURALS: Readonly<Record<string, string>> = { ImageRepository: 'imagerepositories' };

test.for(hostile)('controllers survive a %3$s of %1$s with any shape', async ([group, version, kind]) => {
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const open = kindOf({
    kind: 'CustomResourceDefinition',
    spec: { group, scope: 'Namespaced', names: { kind, plural }, versions: [{ name: version, served: true, schema }] },
  });
  const cluster = pretendCluster(open, smallWorld(WORLD));
  const path = `/apis/${group}/${version}/namespaces/${NAMESPACE}/${plural}`;
  const shapes = [null, 7, 'x', [], [null], { components: 'x', params: 3, image: [], source: null }, { status: {} }];
  for (const [index, shape] of shapes.entries())
    for (const status of [undefined, 'x', { conditions: 'x' }]) {
      const annotations = {
        'build.appstudio.openshift.io/request': 'trigger-pac-build',
        'test.appstudio.openshift.io/status': '{"a":[',
        'image-controller.appstudio.redhat.com/update-component-image': 'true',
      };
      const labels = { 'test.appstudio.openshift.io/type': 'override', 'test.appstudio.openshift.io/run': 'all' };
      const metadata = { name: `sample-${index}-${typeof status}`, annotations, labels };
      const { code } = await cluster.ask(path, {
        method: 'POST',
        body: { apiVersion: `${group}/${version}`, kind, metadata, spec: shape, ...(status ? { status } : {}) },
      });
      expect([201, 400, 403, 422]).toContain(code);
    }
  cluster.pass(10 * 60 * MINUTE_MS);
  const { code } = await cluster.ask(path, { role: 'viewer' });
  expect(code).toBe(200);
});
