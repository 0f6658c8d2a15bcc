import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isLabelled } from '#sim/cluster/list.ts';
import { simulate } from '#sim/index.ts';
import { parseWorld } from '#world/parse.ts';
import { REPOSITORIES, smallWorld } from '../../support/world.ts';

const TOKEN = 'sample-token';
const WORLD = `${REPOSITORIES}
cluster:
  token: ${TOKEN}
  components:
    - component: fedora-bootc-45-standard
      application: fedora-bootc-45
      repository: bootc-devel/fedora-bootc-45-standard
      checks: WARNING
      tests: { boot: TestPassed, policy: InProgress }
      promotion: { ends: failed, attempts: 2 }
      runs:
        - { at: -30m, arches: [s390x], reason: OOMKilled }
        - { at: -5m, ends: never }
        - { at: -2m, ends: queued }
        - { at: -40m, ends: cancelled }
        - { at: -50m, task: sample-policy }
`;
const handler = simulate(smallWorld(WORLD));

async function list(service: string, kind: string, query = '') {
  const group = /runs$/.test(kind) ? 'tekton.dev/v1' : 'appstudio.redhat.com/v1alpha1';
  const address = `https://x.example/${service}/apis/${group}/namespaces/bootc-tenant/${kind}${query}`;
  const answer = await handler(new Request(address, { headers: { authorization: `Bearer ${TOKEN}` } }));
  return answer.json();
}

const CRDS = new URL('../../../../shared/data/konflux/crds/', import.meta.url);
const lacking = existsSync(CRDS) ? null : 'the definitions are not beside this checkout';
// Only checks: formats of Kubernetes and rules in CEL are no part of JSON Schema.
const ajv = new Ajv({ strict: false, validateFormats: false });

test.for([
  ['pipelineruns', 'tekton.dev_pipelineruns', 'v1'],
  ['taskruns', 'tekton.dev_taskruns', 'v1'],
  ['snapshots', 'appstudio.redhat.com_snapshots', 'v1alpha1'],
  ['releases', 'appstudio.redhat.com_releases', 'v1alpha1'],
  ['components', 'appstudio.redhat.com_components', 'v1alpha1'],
])('pretend %s are such as their definition allows', async ([kind = '', file, version], { skip }) => {
  if (lacking) skip(lacking);
  const { spec } = parse(readFileSync(new URL(`${file}.yaml`, CRDS), 'utf8'));
  const schema = spec.versions.find(({ name }: { name: string }) => name === version).schema.openAPIV3Schema;
  const isValid = ajv.compile(closed(schema));
  const { items } = await list('konflux', kind);
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect([isValid(item), isValid.errors]).toEqual([true, null]);
});

/** Kubernetes drops fields that a definition does not name: here they are a fault. */
function closed(schema: unknown): object {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!schema || typeof schema !== 'object') return schema as unknown as object;
  const inner = Object.fromEntries<unknown>(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const isOpen = 'x-kubernetes-preserve-unknown-fields' in inner || 'additionalProperties' in inner;
  const isMetadata = !('properties' in inner);
  return 'type' in inner && inner['type'] === 'object' && !isOpen && !isMetadata
    ? { ...inner, additionalProperties: false }
    : inner;
}

test('what ended is in the archive, what runs is not, and the cluster forgets', async () => {
  const names = async (service: string) =>
    (await list(service, 'pipelineruns', '?limit=100')).items.map(
      (one: { status: { conditions: { reason: string }[] } }) => one.status.conditions[0]?.reason,
    );
  // By name, as a real cluster lists; the archive gives the newest first.
  expect(await names('konflux')).toEqual(['PipelineRunPending', 'Failed', 'Cancelled', 'Running', 'Failed']);
  expect(await names('kubearchive')).toEqual(['Failed', 'Cancelled', 'Failed', 'Succeeded', 'Succeeded']);
});

test('a list goes on where it stopped, and takes the selectors of Kubernetes', async () => {
  const first = await list('konflux', 'pipelineruns', '?limit=2');
  const second = await list(
    'konflux',
    'pipelineruns',
    `?limit=4&continue=${encodeURIComponent(first.metadata.continue)}`,
  );
  expect([first.items.length, second.items.length, second.metadata.continue]).toEqual([2, 3, undefined]);
  const [one] = first.items;
  expect(
    (await list('konflux', 'pipelineruns', `?fieldSelector=metadata.name%3D${one.metadata.name}`)).items,
  ).toHaveLength(1);
  const after = encodeURIComponent('2026-11-20T13:30:00Z');
  expect((await list('kubearchive', 'pipelineruns', `?creationTimestampAfter=${after}`)).items).toHaveLength(1);
});

test.each([
  ['a=1', true],
  ['a==1,b', true],
  ['a!=1', false],
  ['c!=1', true],
  ['a in (2, 1),b in (x)', true],
  ['a notin (1,2)', false],
  ['!c', true],
  ['!a', false],
  ['c', false],
  ['', true],
])('the selector %s: %s', (selector, is) => {
  expect(isLabelled({ a: '1', b: 'x' }, selector)).toBe(is);
});

test('everything that a sample cluster names says that it is a sample', async () => {
  for (const kind of ['pipelineruns', 'taskruns', 'snapshots', 'releases'])
    for (const { metadata } of (await list('konflux', kind)).items) expect(metadata.name).toContain('sample');
});

interface Ran {
  metadata: { name: string; labels: Record<string, string> };
  status: { completionTime?: string; conditions: { reason: string }[]; steps?: { terminated: { reason: string } }[] };
}

test('a run and its tasks name their pipeline once it has begun', async () => {
  const runs: Ran[] = (await list('konflux', 'pipelineruns')).items;
  const named = runs.map(({ metadata }) => metadata.labels['tekton.dev/pipeline'] ?? null);
  expect(named).toEqual([null, ...runs.slice(1).map(() => 'sample-pipeline')]);
  for (const { metadata } of (await list('konflux', 'taskruns')).items)
    expect(metadata.labels).toMatchObject({ 'tekton.dev/pipeline': 'sample-pipeline' });
});

async function tasksOf(reason: string): Promise<Ran[]> {
  const runs: Ran[] = (await list('konflux', 'pipelineruns')).items;
  const run = runs.find(({ status }) => status.conditions[0]?.reason === reason)?.metadata.name;
  return (await list('konflux', 'taskruns', `?labelSelector=tekton.dev%2FpipelineRun%3D${run}`)).items;
}

test('a run that runs on has done what comes before its builds', async () => {
  const tasks = await tasksOf('Running');
  const open = tasks.filter(({ status }) => !status.completionTime);
  expect(open).toHaveLength(4);
  expect(open.every(({ metadata }) => metadata.labels['tekton.dev/pipelineTask'] === 'build-images')).toBe(true);
  expect(tasks.length).toBeGreaterThan(4);
});

test('a run that was cancelled has builds whose last step was cancelled, and nothing after them', async () => {
  const tasks = await tasksOf('Cancelled');
  const cut = tasks.filter(({ status }) => status.conditions[0]?.reason === 'TaskRunCancelled');
  expect(cut.length).toBeGreaterThan(0);
  for (const { status } of cut) expect(status.steps?.at(-1)?.terminated.reason).toBe('TaskRunCancelled');
  expect(tasks.some(({ metadata }) => metadata.labels['tekton.dev/pipelineTask'] === 'build-image-index')).toBe(false);
});

test('a component without a repository is a fault of the world', () => {
  const world = smallWorld(
    WORLD.replace('repository: bootc-devel/fedora-bootc-45-standard', 'repository: bootc-devel/none'),
  );
  expect(() => simulate(world)).toThrow('there is no repository bootc-devel/none');
  expect(() => simulate(smallWorld(WORLD.replace('application: fedora-bootc-45', '')))).toThrow('has no "application"');
});

test('a world without a cluster has nobody there', async () => {
  const nobody = simulate(smallWorld());
  expect((await nobody(new Request('https://x.example/konflux/apis'))).status).toBe(501);
});

test('a broken cluster section names its field', () => {
  const text = readFileSync('content/worlds/fresh.yaml', 'utf8');
  expect(() => parseWorld(`${text}\ncluster: { token: x, components: [{ component: 7 }] }\n`, 'x.yaml')).toThrow(
    /cluster\.components\.0\.component/,
  );
});
