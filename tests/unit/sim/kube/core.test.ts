import { expect, test } from 'vitest';
import { resourceOf } from '#sim/kube/kind.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { pruned } from '#sim/kube/prune.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { COMPONENT, core, NAMESPACE, pretendCluster, studio } from '../../../support/kube.ts';
import { REPOSITORIES, smallWorld } from '../../../support/world.ts';

const WORLD = `${REPOSITORIES}
cluster:
  token: sample-token
  tokens: { sample-robot: builder-bot-actions }
  components:
    - component: ${COMPONENT}
      application: fedora-bootc-45
      repository: bootc-devel/fedora-bootc-45-standard
      tests: { sample-policy: TestPassed }
      promotion: {}
      runs:
        - { at: -30m, arches: [s390x], step: build, reason: OOMKilled, log: "sample: killed" }
  objects:
    - { apiVersion: v1, kind: Secret, metadata: { name: sample-own, namespace: bootc-tenant, creationTimestamp: -30m } }
    - { apiVersion: v1, kind: ServiceAccount, metadata: { name: build-pipeline-${COMPONENT}, namespace: bootc-tenant } }
    - apiVersion: appstudio.redhat.com/v1alpha1
      kind: Release
      metadata: { name: sample-own, namespace: bootc-tenant, creationTimestamp: 2026-11-20T10:00:00Z }
      spec: { snapshot: sample, releasePlan: sample }
      status: { startTime: -2h }
`;
const small = () => pretendCluster(undefined, smallWorld(WORLD));

test('a tenant has one of each, whole', async () => {
  const cluster = small();
  const { body } = await cluster.ask(studio('releaseplans'));
  expect(body.items).toHaveLength(1);
  const [plan] = body.items;
  expect(plan.metadata.name).toBe('release-fedora-bootc-to-quay-io-45');
  const releases = await cluster.ask(studio('releases'));
  const named = releases.body.items.map((one: { spec: { releasePlan: string } }) => one.spec.releasePlan);
  expect(new Set(named)).toEqual(new Set([plan.metadata.name, 'sample']));
  const repository = await cluster.ask(studio(`imagerepositories/${COMPONENT}`));
  expect(repository.body.status.state).toBe('ready');
  const scenarios = await cluster.ask(
    `/apis/appstudio.redhat.com/v1beta2/namespaces/${NAMESPACE}/integrationtestscenarios`,
  );
  expect(scenarios.body.items.map((one: { metadata: { name: string } }) => one.metadata.name)).toEqual([
    'sample-policy',
  ]);
  const secret = await cluster.ask(core(`secrets/${COMPONENT}-sample-image-push`));
  expect(atob(secret.body.data['.dockerconfigjson'])).toContain(btoa('sample:sample'));
});

test('the pod of a task that was killed says so', async () => {
  const cluster = small();
  const { body } = await cluster.ask(core('pods'));
  const killed = body.items.filter((pod: object) => JSON.stringify(pod).includes('OOMKilled'));
  expect(killed).toHaveLength(1);
  const [{ metadata, status }] = killed;
  expect(metadata.labels).toHaveProperty(['tekton.dev/taskRun']);
  expect(status.phase).toBe('Failed');
  const last = status.containerStatuses.at(-1);
  expect(last).toMatchObject({ name: 'step-build', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } });
  const log = await cluster.raw(core(`pods/${metadata.name}/log?container=step-build`));
  expect(await log.text()).toContain('sample: killed');
});

test('objects of the world stand in the place of those of their name, with times that count from its now', async () => {
  const cluster = small();
  const secret = await cluster.ask(core('secrets/sample-own'));
  expect(secret.body.metadata.creationTimestamp).toBe('2026-11-20T13:37:00Z');
  const account = await cluster.ask(core(`serviceaccounts/build-pipeline-${COMPONENT}`));
  expect(account.body.secrets).toBeUndefined();
  const release = await cluster.ask(studio('releases/sample-own'));
  expect(release.body.metadata.creationTimestamp).toBe('2026-11-20T10:00:00Z');
  expect(release.body.status.startTime).toBe('2026-11-20T12:07:00Z');
});

test('a world may give a token a role of its own', async () => {
  const cluster = small();
  const runs = `/apis/tekton.dev/v1/namespaces/${NAMESPACE}/pipelineruns`;
  expect((await cluster.ask(runs, { role: 'robot' })).code).toBe(200);
  expect((await cluster.ask(core('pods'), { role: 'robot' })).code).toBe(403);
});

test('every object of a practice tenant is such as its kind allows', async () => {
  const cluster = small();
  let count = 0;
  for (const namespace of [NAMESPACE, 'sample-managed'])
    for (const kind of KINDS.filter(({ isNamespaced, kind: name }) => isNamespaced && name !== 'Event')) {
      const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
      const role = namespace === NAMESPACE ? 'token' : 'managed';
      const { code, body } = await cluster.ask(`${root}/namespaces/${namespace}/${kind.plural}`, { role });
      if (code !== 200) continue;
      for (const one of body.items) {
        count += 1;
        expect([resourceOf(kind), faultsOf(kind, one), pruned(kind, one).unknown]).toEqual([resourceOf(kind), [], []]);
      }
    }
  expect(count).toBeGreaterThan(30);
});
