import { expect, test } from 'vitest';
import { COMPONENT, messageOf, movingWorld, pipelineFile, reasonOf } from '../../../support/moving.ts';

const BUILT = `konflux-fedora/bootc-tenant/${COMPONENT}`;
const RELEASED = `bootc-devel/${COMPONENT}`;

const taskOf = (one: { metadata: { labels: Record<string, string> } }) =>
  one.metadata.labels['tekton.dev/pipelineTask'];

test('tasks of a build appear one after the other, run, and end', async () => {
  const world = movingWorld();
  await world.trigger();
  const [run] = await world.builds();
  const name = run?.metadata.name ?? '';
  world.pass(1);
  const early = await world.tasks(name);
  expect(early.map(taskOf)).toContain('init');
  expect(early.map(taskOf)).not.toContain('build-images');
  world.pass(3);
  const building = (await world.tasks(name)).filter((one) => taskOf(one) === 'build-images');
  expect(building.map(reasonOf)).toEqual(['Running', 'Running', 'Running', 'Running']);
  expect(building[0]?.status.steps?.some(({ running }) => running)).toBe(true);
  const [going] = await world.builds();
  expect(messageOf(going)).toMatch(/^Tasks Completed: 4 \(Failed: 0, Cancelled 0\), Incomplete: 12, Skipped: 1$/);
  expect(going?.status.childReferences).toHaveLength(8);
  world.pass(11);
  const [over] = await world.builds();
  expect(reasonOf(over)).toBe('Succeeded');
  expect(new Set((await world.tasks(name)).map(reasonOf))).toEqual(new Set(['Succeeded']));
  expect(over?.metadata.labels['pipelinesascode.tekton.dev/state']).toBe('completed');
});

test('a clock that jumps leaves what many small steps leave', async () => {
  const seen = async (steps: number[]) => {
    const world = movingWorld();
    await world.trigger();
    for (const minutes of steps) {
      world.pass(minutes);
      await world.builds();
    }
    const [run] = await world.builds();
    const plain = (value: unknown) => JSON.stringify(value).replace(/"resourceVersion":"\d+"/g, '');
    return [
      plain(run),
      plain(await world.tasks(run?.metadata.name ?? '')),
      plain(await world.studio('snapshots')),
      plain(await world.studio('releases')),
      (await world.image(RELEASED, 'latest'))?.digest,
    ];
  };
  expect(await seen([90])).toEqual(await seen(Array.from({ length: 90 }, () => 1)));
});

test('a good build pushes an image of all architectures, and a release gives it its tags', async () => {
  const world = movingWorld();
  const before = await world.image(RELEASED, 'latest');
  await world.trigger();
  world.pass(15);
  const [run] = await world.builds();
  const results = Object.fromEntries((run?.status.results ?? []).map(({ name, value }) => [name, value]));
  const image = await world.image(BUILT, run?.metadata.labels['pipelinesascode.tekton.dev/sha'] ?? '');
  expect(image?.digest).toBe(results['IMAGE_DIGEST']);
  expect(image?.body.manifests).toHaveLength(4);
  expect(await world.image(RELEASED, 'latest')).toEqual(before);
  world.pass(45);
  expect((await world.image(RELEASED, 'latest'))?.digest).toBe(image?.digest);
  const signature = await world.image(RELEASED, `${image?.digest?.replace(':', '-')}.sig`);
  expect(signature?.body.layers).toHaveLength(1);
});

test('who asks the registry first after a while sees what was pushed meanwhile', async () => {
  const world = movingWorld();
  const before = await world.image(RELEASED, 'latest');
  await world.trigger();
  world.pass(90);
  expect((await world.image(RELEASED, 'latest'))?.digest).not.toBe(before?.digest);
});

test('a build that is cancelled half way leaves what had begun, and no image', async () => {
  const world = movingWorld();
  await world.trigger();
  const [run] = await world.builds();
  const name = run?.metadata.name ?? '';
  world.pass(4);
  await world.cancel(name);
  world.pass(60);
  const [over] = await world.builds();
  expect([reasonOf(over), over?.status.completionTime]).toEqual(['Cancelled', '2026-11-20T14:11:00Z']);
  const tasks = await world.tasks(name);
  expect(tasks.filter((one) => taskOf(one) === 'build-images').map(reasonOf)).toEqual(
    Array.from({ length: 4 }, () => 'TaskRunCancelled'),
  );
  expect(tasks.map(taskOf)).not.toContain('build-image-index');
  expect(await world.image(BUILT, run?.metadata.labels['pipelinesascode.tekton.dev/sha'] ?? '')).toBeNull();
});

const KILLED = `  builds:
    - component: ${COMPONENT}
      memory: [{ step: sbom-syft-generate, arches: [x86_64], needs: 8Gi, has: 4Gi, log: "sample: Killed" }]
`;
const memory = (amount: string, task = 'build-images', step = 'sbom-syft-generate') => `
  taskRunSpecs:
    - pipelineTaskName: ${task}
      stepSpecs: [{ name: ${step}, computeResources: { limits: { memory: ${amount} } } }]
`;

test('a step that may use less memory than it needs is killed, as the log of its pod says', async () => {
  const world = movingWorld(KILLED);
  await world.trigger();
  world.pass(15);
  const [run] = await world.builds();
  expect(messageOf(run)).toMatch(/^Tasks Completed: 5 \(Failed: 1, Cancelled 0\), Skipped: 12$/);
  const [bad, ...more] = (await world.tasks(run?.metadata.name ?? '')).filter((one) => reasonOf(one) === 'Failed');
  expect(more).toEqual([]);
  expect(messageOf(bad)).toBe('"step-sbom-syft-generate" exited with code 137: OOMKilled');
  expect(bad?.status.steps?.at(-1)).toMatchObject({
    ...{ name: 'sbom-syft-generate', terminated: { exitCode: 137, reason: 'OOMKilled' } },
  });
  expect(await world.log(bad?.status.podName ?? '')).toContain('sample: Killed');
});

test.for([
  ['8Gi', 'build-images', 'sbom-syft-generate', 'Succeeded', ''],
  ['8589934592', 'build-images', 'sbom-syft-generate', 'Succeeded', ''],
  ['8G', 'build-images', 'sbom-syft-generate', 'Failed', 'OOMKilled'],
  ['16Gi', 'build-images', 'push', 'Failed', 'OOMKilled'],
  ['8Gi', 'build-images', 'nonsense', 'Failed', 'invalid StepOverride: No Step named nonsense'],
  ['8Gi', 'nonsense', 'sbom-syft-generate', 'InvalidTaskRunSpecs', 'wrong taskName: "nonsense"'],
])('with a limit of %s for %s/%s a build ends as %s', async ([amount = '', task, step, reason, said = '']) => {
  const world = movingWorld(KILLED);
  await world.push('main', {
    '.tekton/push.yaml': pipelineFile(
      'push',
      memory(amount, task, step),
      'quay.io/bootc-devel/fedora-bootc-45-compose:sample',
    ),
  });
  world.pass(15);
  const [run] = await world.builds();
  expect(reasonOf(run)).toBe(reason);
  const tasks = await world.tasks(run?.metadata.name ?? '');
  expect([run, ...tasks].map(messageOf).join('\n')).toContain(said);
});

test('a mirror that fails once fails once', async () => {
  const world = movingWorld(`  builds:
    - component: ${COMPONENT}
      fails: [{ times: 1, arches: [s390x], log: "sample: no mirror" }]
`);
  const outcomes: (string | undefined)[] = [];
  for (let nth = 0; nth < 3; nth++) {
    await world.trigger();
    world.pass(20);
    outcomes.push(reasonOf((await world.builds())[0]));
  }
  expect(outcomes).toEqual(['Failed', 'Succeeded', 'Succeeded']);
});

test.for([
  [
    'a compose image that the registry does not hold',
    'quay.io/bootc-devel/fedora-bootc-45-compose:gone',
    'manifest unknown',
  ],
  [
    'a digest that nobody has',
    `quay.io/bootc-devel/fedora-bootc-45-compose:sample@sha256:${'0'.repeat(64)}`,
    'manifest unknown',
  ],
])('%s fails the build on all platforms', async ([, image = '', said = '']) => {
  const world = movingWorld();
  await world.push('main', { '.tekton/push.yaml': pipelineFile('push', '', image) });
  world.pass(15);
  const [run] = await world.builds();
  const bad = (await world.tasks(run?.metadata.name ?? '')).filter((one) => reasonOf(one) === 'Failed');
  expect(bad).toHaveLength(4);
  expect(await world.log(bad[0]?.status.podName ?? '')).toContain(said);
});

test.for([
  ['packages:\n  - bootc\n  - htop\n', 'Succeeded', ''],
  ['packages:\n  - bootc\n  - htopp\n', 'Failed', 'error: Packages not found: htopp'],
  ['packages: [bootc\n', 'Failed', 'standard/manifest.yaml is no YAML'],
  ['include: ../absent.yaml\n', 'Failed', 'absent.yaml is not there'],
  ['include: manifest.yaml\n', 'Failed', 'includes itself'],
])('the manifest %j makes a build that has %s', async ([text = '', reason, said = '']) => {
  const world = movingWorld();
  await world.push('main', { 'standard/manifest.yaml': text });
  world.pass(15);
  const [run] = await world.builds();
  expect(reasonOf(run)).toBe(reason);
  const bad = (await world.tasks(run?.metadata.name ?? '')).find((one) => reasonOf(one) === 'Failed');
  expect(bad ? await world.log(bad.status.podName) : '').toContain(said);
});

test('a run ends when its own limit of time is over', async () => {
  const world = movingWorld();
  await world.push('main', {
    '.tekton/push.yaml': pipelineFile(
      'push',
      '  timeouts: { pipeline: 5m }\n',
      'quay.io/bootc-devel/fedora-bootc-45-compose:sample',
    ),
  });
  world.pass(15);
  const [run] = await world.builds();
  expect([reasonOf(run), run?.status.completionTime]).toEqual(['PipelineRunTimeout', '2026-11-20T14:12:00Z']);
});

test('a platform that no machine has fails the build', async () => {
  const world = movingWorld();
  const file = pipelineFile('push', '', 'quay.io/bootc-devel/fedora-bootc-45-compose:sample');
  await world.push('main', { '.tekton/push.yaml': file.replace('linux/s390x', 'linux/sample') });
  world.pass(15);
  const [run] = await world.builds();
  const [bad] = (await world.tasks(run?.metadata.name ?? '')).filter((one) => reasonOf(one) === 'Failed');
  expect(await world.log(bad?.status.podName ?? '')).toContain('no hosts configured for platform linux/sample');
});

test('the run of a release has task runs, in the namespace that only its own people see', async () => {
  const world = movingWorld();
  await world.trigger();
  world.pass(45);
  const path = '/apis/tekton.dev/v1/namespaces/sample-managed/taskruns';
  const { items } = await world.kube(path, 'GET', undefined, '', 'managed');
  expect(items.map(taskOf)).toContain('verify-conforma');
  expect((await world.kube(path)).reason).toBe('Forbidden');
});
